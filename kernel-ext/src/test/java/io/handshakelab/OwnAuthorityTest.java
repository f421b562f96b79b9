package io.handshakelab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.chart.Picture;
import io.handshakelab.lab.LabServers;
import io.handshakelab.lab.ca.Member;
import io.handshakelab.magic.Session;
import io.handshakelab.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An authority that is kept in the session, by the Java twins of {@code ca}. */
class OwnAuthorityTest {
  @BeforeEach
  @AfterEach
  void startAnew() {
    Session.shared().close();
  }

  @Test
  void whatIsIssuedAndRevokedIsInTheTree() {
    assertThat(HandshakeLab.demoAuthority().title()).isEqualTo("Who certified whom");
    Member member = HandshakeLab.issue("new.demo.test", "--by", "Demo Web CA", "--days", "7");
    assertThat(member.issuer()).isEqualTo("Demo Web CA");
    assertThat(HandshakeLab.ca().text()).contains("new.demo.test");
    HandshakeLab.revoke("new.demo.test", "--reason", "keyCompromise");
    assertThat(HandshakeLab.ca().text()).contains("✗ revoked: keyCompromise");
    Picture leak = HandshakeLab.ca("--compromise", "Demo Web CA");
    assertThat(leak.text()).contains("api.demo.test").contains("if the root signs all");
    assertThatThrownBy(() -> HandshakeLab.revoke("nobody")).isInstanceOf(Problem.class);
  }

  @Test
  void whileTheLabRunsItsAuthoritySigns() {
    try (LabServers lab = HandshakeLab.serve()) {
      Member member = HandshakeLab.issue("shop.lab.test");
      assertThat(member.issuer()).isEqualTo("Handshake Lab Intermediate CA");
      assertThat(member.above().get(1)).isEqualTo(lab.authority().root());
      assertThat(HandshakeLab.ca().text())
          .containsPattern("├─ www.lab.test")
          .containsPattern("└─ shop.lab.test");
      assertThatThrownBy(
              () -> HandshakeLab.issue("Sub CA", "--ca", "--by", "Handshake Lab Intermediate CA"))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("path length 0");
    }
  }

  @Test
  void withNothingThereARootIsMadeFirst() {
    assertThat(HandshakeLab.issue("a.test").issuer()).isEqualTo("My Intermediate CA");
  }
}
