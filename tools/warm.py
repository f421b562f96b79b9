"""Makes the class archive that lets the kernel start fast (JDK: application class data sharing).

    python tools/warm.py ARCHIVE KERNEL_FOLDER

A real kernel session runs what a first notebook runs, on loopback and without privileges; at its
orderly end the JVM writes the classes that it had loaded. A cell that fails costs only its classes.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from kernel_session import kernel

CELLS = [
    "1 + 1",
    "%serve start",
    "%capture www.lab.test --source relay",
    "%dns",
    "%http",
    "%tcp",
    "%states",
    "%tls",
    "%timings",
    "%fields 1",
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


def main():
    archive, folder = Path(sys.argv[1]), Path(sys.argv[2])
    spec = json.loads((folder / "kernel.json").read_text())
    training = archive.with_suffix(".new")
    argv = []
    for part in spec["argv"]:
        argv.append(f"-XX:ArchiveClassesAtExit={training}" if part.startswith("-XX:SharedArchiveFile") else part)
    visit = archive.with_suffix(".pcapng")
    with kernel(argv=argv, env=spec["env"], cwd=archive.parent, stderr=subprocess.DEVNULL) as session:
        for cell in CELLS:
            result = session.run(cell.format(visit=visit))
            if result.status != "ok" and os.environ.get("HANDSHAKELAB_VERBOSE"):
                print(f"warm-up: {cell}: {result.error.get('ename')}: {result.error.get('evalue')}")
        session.client.execute("System.exit(0);")
        session.manager.provisioner.process.wait(timeout=120)
    visit.unlink(missing_ok=True)
    os.replace(training, archive)


if __name__ == "__main__":
    main()
