"""How long `./lab run notebooks/01-…` takes, and how much memory its kernel holds at the end.

    python bench/tutorial.py --rounds 5
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import nbformat

HOME = Path(__file__).resolve().parent.parent
NOTEBOOK = HOME / "notebooks" / "01-https-walkthrough.ipynb"
sys.path[:0] = [str(HOME / "tools"), str(HOME / "bench")]


def memory_after():
    from kernel_session import kernel
    from startup import family, resident_mb

    cells = [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]
    with kernel(cwd=NOTEBOOK.parent, stderr=subprocess.DEVNULL) as session:
        for cell in cells:
            result = session.run(cell)
            if result.status != "ok":
                sys.exit(f"{cell}: {result.error['evalue']}")
        pid = session.manager.provisioner.pid
        return resident_mb(pid), len(list(family(pid)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run([HOME / "lab", "run", NOTEBOOK], check=True, env=os.environ, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    print(f"./lab run {NOTEBOOK.name}: median {statistics.median(times):.1f} s of {rounds} (most {max(times):.1f} s)")
    memory, processes = memory_after()
    print(f"kernel after it: {memory:.0f} MB resident, {processes} process(es)")


if __name__ == "__main__":
    main()
