package io.handshakelab.tls.message;

/** The message in which an extension stands: its shape depends on that (RFC 8446 §4.2). */
enum Place {
  CLIENT_HELLO,
  SERVER_HELLO,
  HELLO_RETRY_REQUEST,
  ENCRYPTED_EXTENSIONS,
  CERTIFICATE,
  CERTIFICATE_REQUEST,
  NEW_SESSION_TICKET
}
