"""The JMH benchmarks that stand beside the tests: parser, reassembly, messages, decryption.

    python bench/jmh.py [PATTERN] [JMH OPTION…]      `-h` lists the options

The normal build compiles them with the tests; JMH's own code for them is made here.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
WORK = HOME / "target" / "bench" / "jmh"
SHORT = ["-f", "1", "-wi", "3", "-w", "1", "-i", "5", "-r", "1"]


def tool(name):
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / name) if home else name


def main(arguments):
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    paths = WORK / "class-path"
    subprocess.run(["mvn", "-q", "-B", "-ntp", "test-compile", "dependency:build-classpath", "-Dspotless.check.skip=true",
                    "-DincludeScope=test", f"-Dmdep.outputFile={paths}"], check=True, cwd=HOME)
    module = HOME / "kernel-ext"
    class_path = os.pathsep.join([str(module / "target" / "test-classes"), str(module / "target" / "classes"), paths.read_text().strip()])
    sources = [str(path) for path in (module / "src" / "test" / "java").rglob("*Benchmark.java")]
    subprocess.run([tool("javac"), "-nowarn", "-processor", "org.openjdk.jmh.generators.BenchmarkProcessor",
                    "-cp", class_path, "-d", WORK, *sources], check=True)
    java = [tool("java"), "-cp", f"{WORK}{os.pathsep}{class_path}", "org.openjdk.jmh.Main"]
    return subprocess.run([*java, *(SHORT if not arguments or arguments[-1:] == arguments[:1] else []), *arguments], cwd=WORK).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
