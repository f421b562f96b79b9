package io.handshakelab.lab;

import io.handshakelab.x509.TrustStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client believes, and what it shows to be believed.
 *
 * @param check whether servers are judged; null judges the lab's own alone
 * @param identity the client's certificate, or null
 */
record Credence(@Nullable Boolean check, @Nullable Issued identity) {

  /**
   * @param wanted see {@link Visit#clientCertificate}
   * @param lab whose authority makes certificates, if it runs
   */
  static Credence of(@Nullable Boolean check, @Nullable String wanted, @Nullable LabServers lab) {
    if (wanted == null) {
      return new Credence(check, null);
    }
    return new Credence(check, ClientCertificate.of(wanted, lab == null ? null : lab.authority()));
  }

  /**
   * Who judges this server, if anybody does. Elsewhere than in the lab nothing is fetched for it: a
   * browser does not either.
   *
   * @param lab whose server it is, or null
   */
  @Nullable BrowserCheck checkOf(
      VisitTarget at, @Nullable LabServers lab, BrowserCheck.Library library) {
    boolean wanted = check == null ? lab != null : check;
    if (!wanted) {
      return null;
    }
    return lab == null
        ? new BrowserCheck(at.host(), TrustStore.jdk(), url -> java.util.Optional.empty())
        : new BrowserCheck(at.host(), TrustStore.of(List.of(lab.trustRoot())), library);
  }
}
