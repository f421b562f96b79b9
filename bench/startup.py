"""How long from the launch of a kernel to the answer of its first cells.

Each contender is one kernel specification and a few cells. The contenders run in turn, so that
whatever else the machine does falls on all of them alike. Printed are the medians and the ratio of
each to the first one.

    python bench/startup.py --rounds 7 NAME=KERNEL_JSON:CELL;CELL ...

KERNEL_JSON is a kernel.json; a cell that begins with @ is read from that file.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

from jupyter_client.manager import KernelManager


class Contender:
    def __init__(self, text):
        self.name, _, rest = text.partition("=")
        spec, _, cells = rest.partition(":")
        self.spec = json.loads(Path(spec).read_text())
        self.resources = str(Path(spec).resolve().parent)
        self.cells = [c for c in cells.split(";") if c]
        self.seconds, self.resident, self.cpu = [], [], []

    def run(self):
        manager = KernelManager()
        manager.kernel_spec.argv = [
            part.replace("{resource_dir}", self.resources) for part in self.spec["argv"]
        ]
        manager.kernel_spec.env = dict(self.spec.get("env") or {})
        manager.kernel_spec.interrupt_mode = self.spec.get("interrupt_mode", "signal")
        manager.kernel_spec.metadata = dict(self.spec.get("metadata") or {})
        start = time.perf_counter()
        manager.start_kernel(env={**os.environ, **manager.kernel_spec.env})
        client = manager.client()
        try:
            client.start_channels(hb=False, control=False, stdin=False)
            answer(client, client.kernel_info())
            for cell in self.cells:
                reply = answer(client, client.execute(cell))
                if reply["content"]["status"] != "ok":
                    sys.exit(f"{self.name}: cell failed: {cell}\n{reply['content']}")
            self.seconds.append(time.perf_counter() - start)
            self.resident.append(resident_mb(manager.provisioner.pid))
            self.cpu.append(cpu_seconds(manager.provisioner.pid))
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def answer(client, request):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        message = client.get_shell_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request:
            return message
    raise TimeoutError("the kernel did not answer in 60 s")


def family(pid):
    """A process and all that descend from it (Linux only; elsewhere itself alone)."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from family(int(child))


def resident_mb(pid):
    try:
        pages = sum(int(Path(f"/proc/{p}/statm").read_text().split()[1]) for p in family(pid))
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu_seconds(pid):
    try:
        fields = [Path(f"/proc/{p}/stat").read_text().rpartition(")")[2].split() for p in family(pid)]
    except OSError:
        return float("nan")
    return sum(int(f[11]) + int(f[12]) for f in fields) / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("contender", nargs="+")
    options = parser.parse_args()
    contenders = [Contender(text) for text in options.contender]
    for _ in range(options.rounds):
        for contender in contenders:
            contender.run()
    base = statistics.median(contenders[0].seconds)
    print(f"{'':24} {'median':>8} {'least':>8} {'most':>8} {'ratio':>7} {'cpu':>7} {'memory':>8}")
    for c in contenders:
        median = statistics.median(c.seconds)
        print(
            f"{c.name:24} {median:7.2f}s {min(c.seconds):7.2f}s {max(c.seconds):7.2f}s "
            f"{median / base:7.2f} {statistics.median(c.cpu):6.2f}s {statistics.median(c.resident):5.0f} MB"
        )


if __name__ == "__main__":
    main()
