package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.Sender;

/**
 * One TLS message: a handshake message, or a ChangeCipherSpec, Alert or run of ApplicationData.
 *
 * @param number from 0 in the order of the {@code tls} table
 * @param connection number of the TCP connection
 * @param frame where its last byte arrives
 * @param timeNanos of that frame, nanoseconds since 1970
 * @param sender which end sent it
 * @param type the RFC's name (see the design's list), {@code EncryptedHandshake} without keys
 * @param version such as {@code TLS 1.2}: the negotiated one where known, else the record's
 * @param length octets of the body (without the handshake header of 4)
 * @param offset in the sender's TCP stream, of the record that carries its first byte
 * @param seq relative sequence number of the segment that carries its first byte
 * @param ack relative acknowledgement number in that segment, -1 if none
 * @param encrypted whether it travelled encrypted
 * @param decrypted whether we have its plaintext nevertheless
 * @param summary in one line; not escaped for display
 * @param evidence as of the segment with its first byte
 * @param bytes the message with its header, in plaintext where decrypted
 */
public record TlsMessage(
    int number,
    int connection,
    int frame,
    long timeNanos,
    Sender sender,
    String type,
    String version,
    int length,
    long offset,
    long seq,
    long ack,
    boolean encrypted,
    boolean decrypted,
    String summary,
    Evidence evidence,
    Bytes bytes) {}
