package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of the authorities whose certificates are welcome.
 *
 * <pre>
 * opaque DistinguishedName&lt;1..2^16-1&gt;;
 * DistinguishedName authorities&lt;3..2^16-1&gt;;    // RFC 8446 §4.2.4
 * </pre>
 *
 * @param names each in DER
 */
public record CertificateAuthorities(ExtensionType type, List<Bytes> names) implements Extension {
  public CertificateAuthorities {
    names = List.copyOf(names);
  }

  static CertificateAuthorities parse(ExtensionType type, FieldReader in) throws Malformed {
    return new CertificateAuthorities(type, names(in.vector16("authorities")));
  }

  /** The names in this vector, as in a CertificateRequest too. */
  static List<Bytes> names(FieldReader list) throws Malformed {
    List<Bytes> names = new ArrayList<>();
    while (list.hasRemaining()) {
      FieldReader one = list.element(names.size());
      Bytes name = one.opaque16("name", "distinguished name of an authority, in DER");
      DistinguishedName.note(one, name);
      names.add(name);
    }
    return names;
  }

  @Override
  public String summary() {
    return names.size() + " certificate authorities";
  }
}
