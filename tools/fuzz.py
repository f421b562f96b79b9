"""Fuzzes the parsers with Jazzer: `./lab test --fuzz [SECONDS] [TARGET…]` calls this.

Each target starts from its checked-in corpus and from what earlier runs kept under target/fuzz. What
is found stays there as well; the exit status is 1 then.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "kernel-ext/src/test/resources/io/handshakelab/fuzz"
WORK = ROOT / "target/fuzz"
DEFAULT_SECONDS = 60

# An input that takes longer than this is a finding; the first one also loads all classes.
SLOW_SECONDS = 30
START_SECONDS = 120


def fail(what, advice):
    print(f"lab: {what}\n     {advice}", file=sys.stderr)
    sys.exit(2)


def targets():
    return sorted(directory.name for directory in CORPUS.iterdir() if directory.is_dir())


def class_path():
    """Compiles the tests, and says where everything is that they need."""
    out = WORK / "classpath.txt"
    maven = ["mvn", "-B", "-ntp", "-q", "-pl", "kernel-ext", "-Dspotless.check.skip=true"]
    goals = ["test-compile", "dependency:build-classpath", f"-Dmdep.outputFile={out}"]
    done = subprocess.run(maven + goals, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        fail("The Maven build failed.", "See the lines above.")
    compiled = ROOT / "kernel-ext/target"
    return os.pathsep.join([str(compiled / "test-classes"), str(compiled / "classes"), out.read_text().strip()])


def java():
    home = os.environ.get("JAVA_HOME")
    return str(Path(home, "bin/java")) if home else "java"


def fuzz(target, seconds, path):
    """Whether nothing was found."""
    place = WORK / target
    kept = place / "corpus"
    kept.mkdir(parents=True, exist_ok=True)
    command = [java(), "-XX:+UseSerialGC", "-Xmx1g", "-cp", path, "com.code_intelligence.jazzer.Jazzer"]
    command += ["--target_class=io.handshakelab.fuzz.Fuzz", f"--target_args={target}"]
    # Coverage of our own classes is what guides it; Jazzer's hooks look for other kinds of bugs.
    command += ["--instrumentation_includes=io.handshakelab.**", "--custom_hook_excludes=**"]
    command += [f"--reproducer_path={place}", f"-artifact_prefix={place}/", "-print_final_stats=1"]
    command += [f"-max_total_time={seconds}", f"-timeout={SLOW_SECONDS}", "-rss_limit_mb=0"]
    command += [str(kept), str(CORPUS / target)]
    log = place / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=place, stdout=out, stderr=subprocess.STDOUT)
        try:
            status = process.wait(seconds + SLOW_SECONDS + START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            status = "no end"
    text = log.read_text(errors="replace")
    runs = re.search(r"number_of_executed_units: (\d+)", text)
    if status == 0:
        print(f"lab: {target}: nothing found in {runs.group(1) if runs else '?'} runs", flush=True)
        return True
    shown = [line for line in text.splitlines() if re.match(r"== |\tat io\.handshakelab|Caused by|ERROR|Test unit", line)]
    print("\n".join(shown[:20]))
    print(f"lab: {target}: FOUND something (status {status}); see {log}")
    for found in sorted(place.glob("*-*")):
        if found.name.startswith(("crash-", "timeout-", "oom-", "slow-unit-")):
            print(f"     mend it, then keep the input: cp {found} {CORPUS / target}/")
    sys.stdout.flush()
    return False


def main(arguments):
    seconds = DEFAULT_SECONDS
    if arguments and arguments[0].isdigit():
        seconds = int(arguments.pop(0))
    known = targets()
    for name in arguments:
        if name not in known:
            fail(f"there is no fuzz target called {name}.", "The targets are: " + ", ".join(known))
    if seconds < 1:
        fail("fuzzing needs a second at least.", "It is: ./lab test --fuzz [SECONDS] [TARGET…]")
    WORK.mkdir(parents=True, exist_ok=True)
    if not shutil.which("mvn"):
        fail("Maven was not found.", "Install it (Debian: apt-get install maven).")
    path = class_path()
    good = [fuzz(target, seconds, path) for target in arguments or known]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
