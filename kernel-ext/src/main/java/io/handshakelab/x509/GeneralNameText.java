package io.handshakelab.x509;

import io.handshakelab.bytes.Hex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Names of all kinds (RFC 5280 §4.2.1.6) as text. */
final class GeneralNameText {
  private GeneralNameText() {}

  static List<String> of(GeneralNames names) {
    List<String> texts = new ArrayList<>();
    for (GeneralName name : names.getNames()) {
      texts.add(of(name));
    }
    return texts;
  }

  /** Such as {@code host www.lab.test} or {@code address 127.0.0.1}. */
  static String of(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.dNSName -> "host " + string(name);
      case GeneralName.rfc822Name -> "mail address " + string(name);
      case GeneralName.uniformResourceIdentifier -> "URI " + string(name);
      case GeneralName.iPAddress ->
          "address " + address(ASN1OctetString.getInstance(name.getName()).getOctets());
      case GeneralName.directoryName ->
          "name " + NameText.rfc4514(X500Name.getInstance(name.getName()));
      case GeneralName.registeredID -> "registered number " + name.getName();
      default -> "kind " + name.getTagNo() + ": " + der(name);
    };
  }

  private static String string(GeneralName name) {
    return name.getName() instanceof ASN1String text ? text.getString() : der(name);
  }

  /** Four or sixteen bytes; twice as many where a mask follows (RFC 5280 §4.2.1.10). */
  private static String address(byte[] bytes) {
    try {
      if (bytes.length == 8 || bytes.length == 32) {
        int half = bytes.length / 2;
        return host(Arrays.copyOf(bytes, half))
            + " under mask "
            + host(Arrays.copyOfRange(bytes, half, bytes.length));
      }
      return host(bytes);
    } catch (UnknownHostException e) {
      return "of " + bytes.length + " bytes: " + Hex.of(bytes);
    }
  }

  private static String host(byte[] bytes) throws UnknownHostException {
    return InetAddress.getByAddress(bytes).getHostAddress();
  }

  private static String der(GeneralName name) {
    try {
      return Hex.of(name.getName().toASN1Primitive().getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      return "not readable";
    }
  }
}
