package io.handshakelab.x509;

import static io.handshakelab.x509.ExtensionReaders.parse;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyQualifierInfo;
import org.bouncycastle.asn1.x509.UserNotice;
import org.jspecify.annotations.Nullable;

/** What the rarer and the longer extensions say. */
final class MoreExtensionReaders {
  private static final String[] NETSCAPE = {
    "TLS client",
    "TLS server",
    "mail",
    "signing of programs",
    "reserved",
    "authority for TLS",
    "authority for mail",
    "authority for programs"
  };

  private MoreExtensionReaders() {}

  static List<String> nameConstraints(byte[] value) throws IOException {
    NameConstraints constraints = NameConstraints.getInstance(parse(value));
    List<String> lines = new ArrayList<>();
    subtrees("only below ", constraints.getPermittedSubtrees(), lines);
    subtrees("never below ", constraints.getExcludedSubtrees(), lines);
    return lines;
  }

  private static void subtrees(String what, GeneralSubtree @Nullable [] trees, List<String> lines) {
    if (trees != null) {
      for (GeneralSubtree tree : trees) {
        lines.add(what + GeneralNameText.of(tree.getBase()));
      }
    }
  }

  static List<String> distributionPoints(byte[] value) throws IOException {
    List<String> lines = new ArrayList<>();
    for (DistributionPoint point : CRLDistPoint.getInstance(parse(value)).getDistributionPoints()) {
      DistributionPointName name = point.getDistributionPoint();
      if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
        lines.addAll(GeneralNameText.of(GeneralNames.getInstance(name.getName())));
      } else if (name != null) {
        lines.add("a name relative to the issuer's");
      }
      if (point.getCRLIssuer() != null) {
        GeneralNameText.of(point.getCRLIssuer()).forEach(n -> lines.add("signed by " + n));
      }
    }
    return lines;
  }

  static List<String> policies(byte[] value) throws IOException {
    List<String> lines = new ArrayList<>();
    CertificatePolicies policies = CertificatePolicies.getInstance(parse(value));
    for (PolicyInformation policy : policies.getPolicyInformation()) {
      lines.add(ObjectNames.of(policy.getPolicyIdentifier().getId()));
      ASN1Sequence qualifiers = policy.getPolicyQualifiers();
      if (qualifiers != null) {
        for (ASN1Encodable qualifier : qualifiers) {
          lines.add("   " + qualifier(PolicyQualifierInfo.getInstance(qualifier)));
        }
      }
    }
    return lines;
  }

  private static String qualifier(PolicyQualifierInfo qualifier) {
    String kind = ObjectNames.of(qualifier.getPolicyQualifierId().getId());
    if (qualifier.getQualifier() instanceof ASN1String text) {
      return kind + ": " + text.getString();
    }
    try {
      UserNotice notice = UserNotice.getInstance(qualifier.getQualifier());
      return notice.getExplicitText() == null
          ? kind
          : kind + ": " + notice.getExplicitText().getString();
    } catch (RuntimeException e) {
      return kind;
    }
  }

  static List<String> policyMappings(byte[] value) throws IOException {
    List<String> lines = new ArrayList<>();
    for (ASN1Encodable pair : ASN1Sequence.getInstance(parse(value))) {
      ASN1Sequence two = ASN1Sequence.getInstance(pair);
      lines.add(number(two.getObjectAt(0)) + " counts as " + number(two.getObjectAt(1)));
    }
    return lines;
  }

  private static String number(ASN1Encodable oid) {
    return ObjectNames.of(ASN1ObjectIdentifier.getInstance(oid).getId());
  }

  static List<String> policyConstraints(byte[] value) throws IOException {
    PolicyConstraints constraints = PolicyConstraints.getInstance(parse(value));
    List<String> lines = new ArrayList<>();
    BigInteger explicit = constraints.getRequireExplicitPolicyMapping();
    BigInteger inhibit = constraints.getInhibitPolicyMapping();
    if (explicit != null) {
      lines.add("rules must be named after " + explicit + " more certificates");
    }
    if (inhibit != null) {
      lines.add("rules of others count no more after " + inhibit + " more certificates");
    }
    return lines;
  }

  static List<String> access(byte[] value) throws IOException {
    List<String> lines = new ArrayList<>();
    for (AccessDescription access :
        AuthorityInformationAccess.getInstance(parse(value)).getAccessDescriptions()) {
      lines.add(
          ObjectNames.of(access.getAccessMethod().getId())
              + ": "
              + GeneralNameText.of(access.getAccessLocation()));
    }
    return lines;
  }

  static List<String> statements(byte[] value) throws IOException {
    List<String> lines = new ArrayList<>();
    for (ASN1Encodable statement : ASN1Sequence.getInstance(parse(value))) {
      lines.add(number(ASN1Sequence.getInstance(statement).getObjectAt(0)));
    }
    return lines;
  }

  /** Numbers of TLS extensions that the server must understand. */
  static List<String> features(byte[] value) throws IOException {
    List<String> lines = new ArrayList<>();
    for (ASN1Encodable feature : ASN1Sequence.getInstance(parse(value))) {
      int number = ASN1Integer.getInstance(feature).intValueExact();
      lines.add(
          number == 5
              ? "status_request (5)"
              : number == 17 ? "status_request_v2 (17)" : "TLS extension " + number);
    }
    return lines;
  }

  /** RFC 6962 §3.3: a list of vectors, each in turn a vector. */
  static List<String> timestamps(byte[] value) throws IOException, Malformed {
    byte[] octets = ASN1OctetString.getInstance(parse(value)).getOctets();
    ByteReader whole = Bytes.wrap(octets).reader();
    ByteReader list = whole.vector16("timestamps");
    whole.end("timestamps");
    List<String> lines = new ArrayList<>();
    while (list.hasRemaining()) {
      ByteReader one = list.vector16("timestamp");
      int version = one.u8("version");
      if (version != 0) {
        lines.add("version " + (version + 1L) + ", which is not known");
        continue;
      }
      Bytes log = one.bytes(32, "log");
      Instant when = Instant.ofEpochMilli(one.i64("time"));
      lines.add("log " + log.hex() + ": written down at " + when);
    }
    return lines;
  }

  static List<String> netscapeType(byte[] value) throws IOException {
    byte[] bits = ASN1BitString.getInstance(parse(value)).getBytes();
    return ExtensionReaders.named(bits, NETSCAPE, "none");
  }
}
