package io.handshakelab.tcp;

import io.handshakelab.capture.LinkType;
import io.handshakelab.packet.PacketDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the frames that might hold TCP segments and could not be read. */
final class UnreadFrames {
  private final Map<Integer, Integer> unknown = new TreeMap<>();
  private int broken;
  private int firstBroken;

  void add(int frame, LinkType type, PacketDecoder packet) {
    if (!PacketDecoder.knows(type)) {
      unknown.merge(type.number(), 1, Integer::sum);
    } else if (packet.isTcp() && !packet.isFragment()) {
      firstBroken = broken++ == 0 ? frame : firstBroken;
    }
  }

  /** Each in one line. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    unknown.forEach(
        (type, count) ->
            warnings.add(
                type == LinkType.NONE.number()
                    ? count + " frames are blocks of the file that hold no packet"
                    : count + " frames of link-layer type " + name(type) + " cannot be read here"));
    if (broken > 0) {
      warnings.add(
          broken
              + " TCP headers are cut off or malformed, the first one in frame "
              + firstBroken
              + ": they have no row");
    }
    return warnings;
  }

  private static String name(int type) {
    String known =
        switch (type) {
          case 105 -> "IEEE 802.11";
          case 127 -> "IEEE 802.11 with radiotap header";
          case 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162 ->
              "of a user's own";
          case 187, 201 -> "Bluetooth";
          case 189, 220, 249 -> "USB";
          case 195, 230 -> "IEEE 802.15.4";
          case 239 -> "Linux netfilter log";
          case 252 -> "exported protocol data of Wireshark";
          default -> null;
        };
    return known == null ? "" + type : type + " (" + known + ")";
  }
}
