package io.handshakelab.capture;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that captures packets and writes them to its standard output. */
enum CaptureProgram {
  DUMPCAP("dropped on interface .*?: \\d+/(\\d+)") {
    @Override
    List<String> command(String program, String device, String filter, int bufferMebibytes) {
      List<String> command =
          new ArrayList<>(List.of(program, "-q", "-i", device, "-B", "" + bufferMebibytes));
      if (!filter.isEmpty()) {
        command.addAll(List.of("-f", filter));
      }
      command.addAll(List.of("-w", "-"));
      return command;
    }
  },
  TCPDUMP("(\\d+) packets? dropped by kernel") {
    @Override
    List<String> command(String program, String device, String filter, int bufferMebibytes) {
      List<String> command =
          new ArrayList<>(List.of(program, "-n", "-U", "-s", "0", "-i", device, "-w", "-", "-B"));
      command.add("" + bufferMebibytes * 1024);
      command.add("--time-stamp-precision=nano");
      if (!filter.isEmpty()) {
        command.add(filter);
      }
      return command;
    }
  };

  /** Where system programs lie that an ordinary user's path may leave out. */
  private static final List<String> MORE_DIRECTORIES =
      List.of(
          "/usr/bin",
          "/usr/sbin",
          "/sbin",
          "/usr/local/bin",
          "/usr/local/sbin",
          "/opt/homebrew/bin",
          "/Applications/Wireshark.app/Contents/MacOS",
          "C:\\Program Files\\Wireshark");

  private final Pattern dropped;

  CaptureProgram(String dropped) {
    this.dropped = Pattern.compile(dropped);
  }

  abstract List<String> command(String program, String device, String filter, int bufferMebibytes);

  /** As a person types it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where it is installed, if it is. */
  Optional<Path> find() {
    List<String> directories = new ArrayList<>();
    String path = System.getenv("PATH");
    if (path != null) {
      directories.addAll(Arrays.asList(path.split(Pattern.quote(File.pathSeparator), -1)));
    }
    directories.addAll(MORE_DIRECTORIES);
    String suffix = File.separatorChar == '\\' ? ".exe" : "";
    for (String directory : directories) {
      Path program = Path.of(directory, label() + suffix);
      if (!directory.isEmpty() && Files.isExecutable(program) && !Files.isDirectory(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  /** How many packets it lost, by what it printed at its end. */
  long dropped(String printed) {
    long sum = 0;
    Matcher match = dropped.matcher(printed);
    while (match.find()) {
      sum += Long.parseLong(match.group(1));
    }
    return sum;
  }
}
