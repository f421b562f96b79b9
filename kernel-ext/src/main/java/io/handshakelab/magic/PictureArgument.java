package io.handshakelab.magic;

import io.handshakelab.chart.Picture;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --svg} and {@code --save}, for commands that give a picture. */
final class PictureArgument {
  @Option(names = "--svg", description = "Shows it as SVG too, which can be enlarged.")
  private boolean svg;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Writes the picture to a file: SVG if the name ends in .svg, else PNG.")
  private @Nullable Path file;

  /** In a shell only the file is told of, if it is written to one. */
  Answer answer(Session session, Picture picture) {
    Path where = file;
    if (where != null) {
      write(picture, where);
      if (session.isShell()) {
        return Answer.of(new Text(where + ": " + picture.title()));
      }
    }
    return Answer.of(svg ? new SvgPicture(picture) : picture);
  }

  private static void write(Picture picture, Path file) {
    try {
      if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
        Files.writeString(file, picture.svg(), StandardCharsets.UTF_8);
      } else {
        Files.write(file, picture.png());
      }
    } catch (IOException e) {
      throw new Problem(
          "the picture cannot be written to " + file, "choose a place you may write to", e);
    }
  }
}
