package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.lab.LabServers;
import io.handshakelab.lab.Visit;
import io.handshakelab.lab.VisitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes visits for those commands that take a host. */
final class Visits {
  private Visits() {}

  /** What a visit gave, kept in the session. */
  record Made(Analysis analysis, VisitResult result) {
    Answer judged(Answer answer) {
      return answer.with(warnings()).with(result.problem());
    }

    private List<String> warnings() {
      return new ArrayList<>(result.capture().warnings());
    }
  }

  /** Prepares a visit; the lab is started if the target lies in it and it does not run yet. */
  static Visit to(Session session, String target) {
    LabServers lab = inLab(target) ? session.startedLab() : session.lab();
    return Visit.to(target).servers(lab);
  }

  /** Makes the visit, whose capture becomes the current one. */
  static Made whole(Session session, Visit visit) throws InterruptedException {
    VisitResult result = run(visit);
    return new Made(session.keep(result.capture()), result);
  }

  /** Makes a part of a visit, whose capture becomes current only if there is none yet. */
  static Made part(Session session, Visit visit) throws InterruptedException {
    VisitResult result = run(visit);
    return new Made(session.keepAside(result.capture()), result);
  }

  private static VisitResult run(Visit visit) throws InterruptedException {
    VisitResult result = visit.run();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return result;
  }

  private static boolean inLab(String target) {
    String host = host(target);
    return host != null && LabServers.isLabName(host);
  }

  /** The host of a target; null if it has none. */
  static @Nullable String host(String target) {
    String rest = target.strip().toLowerCase(Locale.ROOT);
    int scheme = rest.indexOf("://");
    String authority = scheme < 0 ? rest : rest.substring(scheme + 3);
    int end = authority.indexOf('/');
    String bare = end < 0 ? authority : authority.substring(0, end);
    if (bare.startsWith("[")) {
      int close = bare.indexOf(']');
      return close < 0 ? null : bare.substring(1, close);
    }
    int colon = bare.indexOf(':');
    boolean port = colon >= 0 && colon == bare.lastIndexOf(':');
    String host = port ? bare.substring(0, colon) : bare;
    return host.isEmpty() ? null : host;
  }
}
