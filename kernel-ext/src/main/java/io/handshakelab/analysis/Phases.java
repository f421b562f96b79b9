package io.handshakelab.analysis;

import io.handshakelab.capture.Evidence;
import io.handshakelab.http.HttpAnalysis;
import io.handshakelab.http.HttpExchange;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Segments;
import io.handshakelab.tls.TlsMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tells the phases of a visit from the rows of its capture.
 *
 * <ul>
 *   <li>{@code dns}: from the first query for a name to the last response about it.
 *   <li>{@code tcp}: from the first SYN to the ACK that ends the handshake.
 *   <li>{@code redirect}: from the first byte of a request in the clear to the last byte of the
 *       response that sends the client elsewhere (3xx).
 *   <li>{@code tls}: from the first byte of the ClientHello to the last Finished.
 *   <li>{@code request}: from the first to the last byte of any other request.
 *   <li>{@code first_byte}: from there to the first byte of its response.
 *   <li>{@code close}: from the first FIN or close_notify to the connection's last segment.
 * </ul>
 *
 * Times are those of the capture, so a phase lasts as long as it does where the capture was taken.
 */
final class Phases {
  private Phases() {}

  /** By the time at which they begin. */
  static List<Phase> of(Analysis analysis) {
    List<Phase> phases = new ArrayList<>(DnsPhases.of(analysis.dns()));
    Segments segments = analysis.tcp().segments();
    List<Connection> connections = analysis.tcp().connections();
    List<List<Integer>> rows = new ArrayList<>();
    List<List<TlsMessage>> messages = new ArrayList<>();
    connections.forEach(connection -> rows.add(new ArrayList<>()));
    connections.forEach(connection -> messages.add(new ArrayList<>()));
    for (int row = 0; row < segments.size(); row++) {
      rows.get(segments.connection(row)).add(row);
    }
    for (TlsMessage message : analysis.tls().messages()) {
      messages.get(message.connection()).add(message);
    }
    for (Connection connection : connections) {
      int number = connection.number();
      phases.addAll(
          ConnectionPhases.of(connection, segments, rows.get(number), messages.get(number)));
    }
    for (HttpExchange exchange : HttpAnalysis.exchanges(analysis.tcp(), analysis.tls())) {
      phases.addAll(http(exchange));
    }
    phases.sort(Comparator.comparingLong(Phase::startNanos));
    return List.copyOf(phases);
  }

  private static List<Phase> http(HttpExchange exchange) {
    int connection = exchange.request().connection();
    Evidence evidence = exchange.evidence();
    long start = exchange.requestStartNanos();
    long sent = exchange.requestEndNanos();
    boolean answered = exchange.response() != null;
    if (answered && exchange.status() / 100 == 3 && !exchange.encrypted()) {
      return List.of(
          new Phase(connection, "redirect", start, exchange.responseEndNanos(), 1, evidence));
    }
    List<Phase> phases = new ArrayList<>();
    phases.add(new Phase(connection, "request", start, sent, 0, evidence));
    if (answered) {
      long answer = exchange.responseStartNanos();
      phases.add(new Phase(connection, "first_byte", Math.min(sent, answer), answer, 1, evidence));
    }
    return phases;
  }
}
