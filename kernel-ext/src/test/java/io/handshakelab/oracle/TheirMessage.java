package io.handshakelab.oracle;

import java.util.ArrayList;
import java.util.List;

/** One message as tshark lists it under a frame. */
final class TheirMessage {
  enum Kind {
    HANDSHAKE,
    CLOSED_HANDSHAKE,
    ALERT,
    CLOSED_ALERT,
    CHANGE_CIPHER_SPEC,
    APPLICATION_DATA,
    CLOSED,
    HEARTBEAT
  }

  final Kind kind;
  final int recordLength;
  final int recordVersion;
  int type = -1;
  int length = -1;
  int base;
  int alertLevel = -1;
  int alertDescription = -1;
  String ja3 = "";
  final List<TheirLeaf> leaves = new ArrayList<>();

  TheirMessage(Kind kind, int recordLength, int recordVersion) {
    this.kind = kind;
    this.recordLength = recordLength;
    this.recordVersion = recordVersion;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case HANDSHAKE -> "handshake " + type + " of " + length;
      case ALERT -> "alert " + alertLevel + " " + alertDescription;
      case CHANGE_CIPHER_SPEC -> "change cipher spec";
      case APPLICATION_DATA -> "application data";
      case HEARTBEAT -> "heartbeat";
      case CLOSED_HANDSHAKE -> "closed handshake of " + recordLength;
      case CLOSED_ALERT -> "closed alert of " + recordLength;
      case CLOSED -> "closed of " + recordLength;
    };
  }
}
