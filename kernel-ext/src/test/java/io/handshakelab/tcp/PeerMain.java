package io.handshakelab.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Another host: accepts one connection, and closes it when it is told to on standard input. */
final class PeerMain {
  private PeerMain() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    InetAddress here = InetAddress.getByName(arguments[0]);
    try (ServerSocket listener = new ServerSocket(Integer.parseInt(arguments[1]), 1, here)) {
      System.out.println("ready");
      try (Socket socket = listener.accept()) {
        System.out.println("accepted");
        orders.readLine();
        socket.shutdownOutput();
        System.out.println("closed");
        orders.readLine();
      }
    }
  }
}
