"""Makes the class archives that let the kernel and the shell commands start fast (JDK: application
class data sharing).

    python tools/warm.py ARCHIVE KERNEL_FOLDER SHELL_ARCHIVE JAVA SHELL_OPTIONS

A real kernel session runs what a first notebook runs, on loopback and without privileges, and the
JVM lists the classes that it loads; a second JVM then writes those classes, parsed, into the archive.
The visit recorded in it is then read by shell commands, whose classes go into an archive of their own.
A cell or a command that fails costs only its classes.
"""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from kernel_session import kernel

CELLS = [
    "1 + 1",
    "%serve start",
    "%capture www.lab.test --source relay",
    "%dns",
    "%http",
    "%tcp --limit 3",
    "%states",
    "%tls",
    "%timings",
    "%fields 0",
    "%chain",
    "%verify 0",
    "%chart ladder",
    "%chart waterfall",
    "%ca",
    "%tls --help",
    "%save {visit}",
    "%save {plain}",
    "%open {visit}",
    "%tls",
    "%serve stop",
    "%serve start --tls 1.3",
    "%capture www.lab.test --source relay",
    "%tls",
    "%save {later}",
    "%serve stop",
    "%simulate lost-syn",
    "%simulate https",
    "%chart states",
]

# An archive holds neither classes older than Java 6 (picocli's) nor those of signed jars (Bouncy
# Castle's); JDK 17 crashes on lambdas that have to do with them. If it still does, none is listed.
OLD_OR_SIGNED = re.compile(r"@lambda-proxy .*(picocli|bouncycastle)")
NUMBER = re.compile(r" id: \d+$")
ALL_LAMBDAS = re.compile(r"@lambda-proxy ")


# Each with a capture behind it: the visit with its keys.
COMMANDS = [
    ["tls", "--format", "json"],
    ["tcp", "--format", "json"],
    ["tls", "--format", "csv"],
    ["tcp"],
    ["states"],
    ["http", "--format", "json"],
    ["timings"],
    ["fields", "0"],
    ["open"],
]

# The files of the visits: TLS 1.2 with its keys, without them, and TLS 1.3 without.
FILES = {"visit": "visit.pcapng", "plain": "visit.pcap", "later": "later.pcap"}

# The same with a visit as others record it. Without keys connections are read side by side, by other classes.
WITHOUT_KEYS = [
    ["tls", "--format", "json"],
    ["tls", "--format", "csv"],
    ["tls"],
]


def main():
    archive, folder, shell_archive = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    java, shell_options = sys.argv[4], Path(sys.argv[5])
    spec = json.loads((folder / "kernel.json").read_text())
    with tempfile.TemporaryDirectory() as work:
        kernel_java, *options = without_archive(spec["argv"])
        visit, plain, later = (Path(work) / name for name in FILES.values())
        classes = Path(work) / "classes"
        session([kernel_java, "-Xshare:off", f"-XX:DumpLoadedClassList={classes}", *options], spec["env"], Path(work))
        # Everything up to the main class.
        write_archive(archive, kernel_java, options[: options.index("-cp") + 2], classes.read_text().splitlines(), work)
        options = without_archive([f"@{shell_options}"])
        lists = []
        for command, capture in [(c, visit) for c in COMMANDS] + [(c, f) for c in WITHOUT_KEYS for f in (plain, later)]:
            subprocess.run([java, *options, "-Xshare:off", f"-XX:DumpLoadedClassList={classes}", "io.handshakelab.cli.Main",
                            *command, capture], check=False, capture_output=True, timeout=60, cwd=work)
            # Newer JVMs number the classes, in each run anew; the numbers are for what class loaders of one's own load.
            lists += [NUMBER.sub("", line) for line in classes.read_text().splitlines() if " source: " not in line]
        write_archive(shell_archive, java, options, list(dict.fromkeys(lists)), work)


def without_archive(command):
    """A command without its archive; what it takes from a file stands there in its place."""
    words = []
    for part in command:
        words += shlex.split(Path(part[1:]).read_text()) if part.startswith("@") else [part]
    return [word for word in words if not word.startswith(("-Xshare", "-XX:SharedArchiveFile"))]


def write_archive(archive, java, options, listed, work):
    classes, new = Path(work) / "listed", Path(work) / "archive"
    # Only the G1 collector writes heap objects into an archive.
    common = [part for part in options if not part.endswith("SerialGC")]
    command = [java, *common, "-Xshare:dump", "-XX:+UseG1GC", f"-XX:SharedClassListFile={classes}", f"-XX:SharedArchiveFile={new}"]
    for unfit in (OLD_OR_SIGNED, ALL_LAMBDAS):
        classes.write_text("".join(f"{line}\n" for line in listed if not unfit.match(line)))
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300, cwd=work)
        if new.is_file() and done.returncode == 0:
            break
    else:
        raise RuntimeError(f"java -Xshare:dump ended with {done.returncode}")
    archive.with_suffix(".new").write_bytes(new.read_bytes())
    os.replace(archive.with_suffix(".new"), archive)
    new.unlink()


def session(argv, env, work):
    with kernel(argv=argv, env=env, cwd=work, stderr=subprocess.DEVNULL) as running:
        for cell in CELLS:
            result = running.run(cell.format(**{name: work / file for name, file in FILES.items()}))
            if result.status != "ok" and os.environ.get("HANDSHAKELAB_VERBOSE"):
                print(f"warm-up: {cell}: {result.error.get('ename')}: {result.error.get('evalue')}")
        running.client.execute("System.exit(0);")
        running.manager.provisioner.process.wait(timeout=60)


if __name__ == "__main__":
    try:
        main()
    except (OSError, RuntimeError, TimeoutError, subprocess.SubprocessError) as error:
        print(f"lab: {str(error).splitlines()[0][:200]}", file=sys.stderr)
        sys.exit(1)
