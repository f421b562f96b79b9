"""What `./lab bench` measures. Each measurement is a program of its own in this folder.

    ./lab bench            all of them
    ./lab bench startup    one
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME / "tools"))


def startup(rounds="7"):
    """From launch to the first table, beside the stock kernel's 1+1 and ipykernel with scapy."""
    kernels = Path(sys.prefix) / "share" / "jupyter" / "kernels"
    with tempfile.TemporaryDirectory() as folder:
        visit = Path(folder) / "visit.pcapng"
        record(visit)
        subprocess.run(
            [sys.executable, HOME / "bench" / "startup.py", "--rounds", rounds,
             f"stock JJava, 1+1={kernels}/java/stock.json:1+1",
             f"ours, %open and %tls={kernels}/java/kernel.json:%open {visit};%tls",
             f"ours, 1+1={kernels}/java/kernel.json:1+1",
             f"ipykernel, import scapy={kernels}/python3/kernel.json:import scapy.all"],
            check=True, stderr=subprocess.DEVNULL,
        )


def record(visit):
    from kernel_session import kernel

    with kernel(stderr=subprocess.DEVNULL) as session:
        for cell in ("%serve start", "%capture www.lab.test --source relay", f"%save {visit}"):
            result = session.run(cell)
            if result.status != "ok":
                sys.exit(f"{cell}: {json.dumps(result.error)}")


def tutorial(rounds="5"):
    """The first tutorial, executed whole: seconds, and the kernel's resident memory after it."""
    subprocess.run([sys.executable, HOME / "bench" / "tutorial.py", "--rounds", rounds], check=True)


def engine(*options):
    """The tables of thousands of handshakes, beside tshark and scapy; warm; of 1 GB. Takes minutes."""
    subprocess.run([sys.executable, HOME / "bench" / "engine.py", *options], check=True)


def jmh(*options):
    """The stages of the engine by themselves, with JMH: `./lab bench jmh Decryption` runs some of them."""
    subprocess.run([sys.executable, HOME / "bench" / "jmh.py", *options], check=True)


def simulate(*options):
    """Simulations in a warm kernel: an HTTPS visit, and 10,000 stories of TCP with their tables."""
    subprocess.run([sys.executable, HOME / "bench" / "simulate.py", *options], check=True)


MEASUREMENTS = {"startup": startup, "tutorial": tutorial, "engine": engine, "jmh": jmh, "simulate": simulate}


def main(arguments):
    name, *rest = arguments or [None]
    if name is not None and name not in MEASUREMENTS:
        print(f"lab: there is no measurement {name}\n     There are: {', '.join(MEASUREMENTS)}.", file=sys.stderr)
        return 2
    for each in [name] if name else MEASUREMENTS:
        print(f"{each}: {MEASUREMENTS[each].__doc__}", flush=True)
        MEASUREMENTS[each](*rest)
        print(flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
