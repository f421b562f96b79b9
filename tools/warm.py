"""Makes the class archive that lets the kernel start fast (JDK: application class data sharing).

    python tools/warm.py ARCHIVE KERNEL_FOLDER

A real kernel session runs what a first notebook runs, on loopback and without privileges, and the
JVM lists the classes that it loads; a second JVM then writes those classes, parsed, into the archive.
A cell that fails costs only its classes.
"""

import json
import os
import re
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
    "%open {visit}",
    "%tls",
    "%serve stop",
]

# An archive holds neither classes older than Java 6 (picocli's) nor those of signed jars (Bouncy
# Castle's); JDK 17 crashes on lambdas that have to do with them. If it still does, none is listed.
OLD_OR_SIGNED = re.compile(r"@lambda-proxy .*(picocli|bouncycastle)")
ALL_LAMBDAS = re.compile(r"@lambda-proxy ")


def main():
    archive, folder = Path(sys.argv[1]), Path(sys.argv[2])
    spec = json.loads((folder / "kernel.json").read_text())
    java, *options = [part for part in spec["argv"] if not part.startswith(("-Xshare", "-XX:SharedArchiveFile"))]
    with tempfile.TemporaryDirectory() as work:
        classes, new = Path(work) / "classes", Path(work) / "archive"
        session([java, "-Xshare:off", f"-XX:DumpLoadedClassList={classes}", *options], spec["env"], Path(work))
        # Everything up to the main class; only the G1 collector writes heap objects into an archive.
        common = [part for part in options[: options.index("-cp") + 2] if not part.endswith("SerialGC")]
        command = [java, "-Xshare:dump", "-XX:+UseG1GC", f"-XX:SharedClassListFile={classes}",
                   f"-XX:SharedArchiveFile={new}", *common]
        listed = classes.read_text().splitlines(keepends=True)
        for unfit in (OLD_OR_SIGNED, ALL_LAMBDAS):
            classes.write_text("".join(line for line in listed if not unfit.match(line)))
            done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300, cwd=work)
            if new.is_file() and done.returncode == 0:
                break
        else:
            raise RuntimeError(f"java -Xshare:dump ended with {done.returncode}")
        archive.with_suffix(".new").write_bytes(new.read_bytes())
    os.replace(archive.with_suffix(".new"), archive)


def session(argv, env, work):
    with kernel(argv=argv, env=env, cwd=work, stderr=subprocess.DEVNULL) as running:
        for cell in CELLS:
            result = running.run(cell.format(visit=work / "visit.pcapng"))
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
