package io.handshakelab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the one-way flow of data: a package may use those before it in {@link #ORDER} only. */
class ArchitectureTest {
  private static final List<String> ORDER =
      List.of(
          "problem",
          "text",
          "bytes",
          "capture",
          "packet",
          "tcp",
          "tls",
          "dns",
          "http",
          "x509",
          "analysis",
          "lab",
          "simulate",
          "table",
          "chart",
          "magic",
          "kernel",
          "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.handshakelab");

  static Stream<String> packages() {
    return ORDER.stream();
  }

  @Test
  void everyPackageWasSeenAndHasItsPlaceInTheOrder() {
    List<String> seen = CLASSES.stream().map(ArchitectureTest::top).distinct().sorted().toList();
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(Stream.concat(ORDER.stream(), Stream.of("")).toList());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyThoseBeforeIt(String name) {
    String[] later =
        ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).stream()
            .map(p -> "io.handshakelab." + p + "..")
            .toArray(String[]::new);
    if (later.length == 0) {
      assertThat(name).isEqualTo("cli");
      return;
    }
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("io.handshakelab." + name + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later);
    rule.check(CLASSES);
  }

  @Test
  void certificatesKnowNothingOfTls() {
    noClasses()
        .that()
        .resideInAPackage("io.handshakelab.x509..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.handshakelab.tls..", "io.handshakelab.tcp..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.handshakelab.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheKernelPackageKnowsTheKernels() {
    onlyIn(new String[] {"kernel"}, "org.dflib.jjava..", "io.github.spencerpark..");
  }

  @Test
  void onlyTablesAndWhatShowsThemKnowTablesaw() {
    onlyIn(new String[] {"table", "chart", "magic", "kernel", ""}, "tech.tablesaw..");
  }

  @Test
  void onlyChartsKnowXChart() {
    onlyIn(new String[] {"chart"}, "org.knowm.xchart..", "de.erichseifert..");
  }

  @Test
  void onlyTheCommandLineWritesToStandardOutput() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.handshakelab.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  private static void onlyIn(String[] where, String... libraries) {
    List<String> allowed = List.of(where);
    long users =
        CLASSES.stream()
            .filter(c -> allowed.contains(top(c)))
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .filter(
                d ->
                    Stream.of(libraries)
                        .anyMatch(
                            l -> d.getTargetClass().getName().startsWith(l.replace("..", "."))))
            .count();
    assertThat(users)
        .as("uses of %s, so that the rule is about something", List.of(libraries))
        .isPositive();
    noClasses()
        .that(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are outside " + allowed, (JavaClass c) -> !allowed.contains(top(c))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(CLASSES);
  }

  private static String top(JavaClass c) {
    String rest = c.getPackageName().replaceFirst("^io\\.handshakelab\\.?", "");
    return rest.replaceFirst("\\..*$", "");
  }
}
