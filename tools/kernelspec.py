"""Writes the kernel specification `java`: one JVM with Handshake Lab on its class path.

    python tools/kernelspec.py PREFIX HOME JAVA OPTIONS_FILE ARCHIVE CLASS_PATH

The specification that came with the jjava package is kept beside it as stock.json: the benchmark
measures against it.
"""

import json
import sys
from pathlib import Path

# C1 only and a serial collector: a notebook's work is short, and its memory small.
JVM = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "-Djava.awt.headless=true"]
# JJava reads JShell's snippets by reflection.
OPENS = ["--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED"]
MAIN = "org.dflib.jjava.distro.JJava"


def archived(archive):
    """Classes come parsed from an archive, once there is one: a newer JVM complains of one that is missing."""
    if not Path(archive).is_file():
        return []
    return ["-Xshare:auto", f"-XX:SharedArchiveFile={archive}", "-Xlog:disable", "-Xlog:all=error:stderr"]


def specification(prefix, home, java, options_file, archive_options, class_path):
    return {
        "argv": [java, f"@{options_file}", *JVM, *archive_options, *OPENS, "-cp", class_path, MAIN, "{connection_file}"],
        "display_name": "Java (Handshake Lab)",
        "language": "java",
        "interrupt_mode": "message",
        "env": {
            "HANDSHAKELAB_PYTHON": str(Path(prefix) / "bin" / "python"),
            "HANDSHAKELAB_HOME": home,
        },
        "metadata": {},
    }


def main():
    prefix, home, java, options_file, archive, class_path = sys.argv[1:]
    folder = Path(prefix) / "share" / "jupyter" / "kernels" / "java"
    path = folder / "kernel.json"
    present = path.read_text()
    if "jjava-launcher" in present:
        (folder / "stock.json").write_text(present)
    spec = specification(prefix, home, java, options_file, archived(archive), class_path)
    path.write_text(json.dumps(spec, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
