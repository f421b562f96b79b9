"""The tables of a capture of thousands of handshakes, ours and those of others, side by side and in turn.

    python bench/engine.py [--rounds N] [--only PART]     parts: shell, kernel, large, scapy

Times are wall-clock seconds of whole processes, and in brackets the processor time that they took
(which is what is left to compare while other programs run). Of each the best of all rounds counts.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
BENCH = HOME / "target" / "bench"
LAB = str(HOME / "lab")
LARGE = 1_000_000_000
sys.path[:0] = [str(HOME / "tools"), str(HOME / "bench")]

HANDSHAKE = "-e frame.number -e tcp.stream -e tls.handshake.type -e tls.handshake.length".split()
TLS = ("-e frame.number -e frame.time_relative -e tcp.stream -e ip.src -e tcp.srcport -e tcp.seq -e tcp.ack"
       " -e tls.record.content_type -e tls.record.version -e tls.record.length -e tls.handshake.type"
       " -e tls.handshake.length -e tls.handshake.version -e tls.handshake.random -e tls.handshake.session_id_length"
       " -e tls.handshake.ciphersuite -e tls.handshake.extension.type -e tls.handshake.extensions_supported_group"
       " -e tls.handshake.ja3 -e tls.handshake.extensions.supported_version -e tls.handshake.extensions_server_name"
       " -e tls.handshake.extensions_alpn_str -e tls.handshake.extensions_ec_point_format"
       " -e tls.handshake.extensions_key_share_group -e tls.handshake.extensions_key_share_key_exchange_length"
       " -e tls.handshake.sig_hash_alg -e tls.handshake.sig_len -e tls.handshake.server_named_curve"
       " -e tls.handshake.server_point_len -e tls.handshake.server_point -e tls.handshake.client_point"
       " -e tls.handshake.session_ticket_lifetime_hint -e tls.handshake.session_ticket_length"
       " -e tls.handshake.certificate_length -e tls.alert_message.level -e tls.alert_message.desc").split()
TCP = ("-e frame.number -e frame.time_relative -e tcp.stream -e ip.src -e tcp.srcport -e ip.dst -e tcp.dstport"
       " -e tcp.flags -e tcp.seq -e tcp.ack -e tcp.len -e tcp.window_size -e tcp.seq_raw -e tcp.ack_raw"
       " -e tcp.analysis.flags").split()


# In one cell, so that it is the kernel that is measured and not the way to it.
CELL = """long[] micros = new long[ROUNDS];
for (int i = 0; i < micros.length; i++) {
  long begun = System.nanoTime();
  io.handshakelab.HandshakeLab.tls(io.handshakelab.HandshakeLab.open("CAPTURE")).rowCount();
  micros[i] = (System.nanoTime() - begun) / 1000;
}
System.out.print(java.util.Arrays.toString(micros));"""


def tshark(capture, shown, fields):
    return ["tshark", "-r", str(capture), "-Y", shown, "-T", "fields", *fields]


def tshark_json(capture, shown):
    return ["tshark", "-r", str(capture), "-Y", shown, "-T", "json"]


def ours(capture, table):
    return [LAB, table, str(capture), "--format", "json"]


class Cost:
    """What one process took."""

    def __init__(self, command):
        with open(os.devnull, "w") as nowhere:
            begun = time.perf_counter()
            process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
            _, status, used = os.wait4(process.pid, 0)
            self.wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"lab: {' '.join(command[:6])} … ended with {process.returncode}\n     Run it by hand to see why.")
        self.processor = used.ru_utime + used.ru_stime
        self.resident = used.ru_maxrss / 1024

    def __str__(self):
        return f"{self.wall:6.2f} s ({self.processor:5.2f} s)"


def in_turn(commands, rounds):
    """The best of all rounds for each command, by wall-clock and by processor time."""
    best = {}
    for _ in range(rounds):
        for name, command in commands.items():
            cost = Cost(command)
            known = best.setdefault(name, cost)
            known.wall, known.processor = min(known.wall, cost.wall), min(known.processor, cost.processor)
    return best


def against(best, peer, name):
    theirs, own = best[peer], best[name]
    print(f"  {peer:42} {theirs}\n  {name:42} {own}   {theirs.wall / own.wall:5.1f} times as fast"
          f" ({theirs.processor / own.processor:.1f} by processor time)", flush=True)


def shell(capture, rounds):
    commands = {
        "tshark -Y tls.handshake, four fields": tshark(capture, "tls.handshake", HANDSHAKE),
        "tshark -Y tls, the facts of our columns": tshark(capture, "tls", TLS),
        "tshark -Y tls.handshake -T json": tshark_json(capture, "tls.handshake"),
        "./lab tls --format json": ours(capture, "tls"),
        "tshark -Y tcp, the facts of our columns": tshark(capture, "tcp", TCP),
        "./lab tcp --format json": ours(capture, "tcp"),
    }
    best = in_turn(commands, rounds)
    first, second, third, tls, fourth, tcp = commands
    against(best, first, tls)
    against(best, second, tls)
    against(best, third, tls)
    against(best, fourth, tcp)
    return best[first].wall, best[third].wall


def kernel(capture, rounds, theirs):
    from kernel_session import kernel as started

    with started(stderr=subprocess.DEVNULL) as session:

        def took(*cells):
            begun = time.perf_counter()
            results = [(cell, session.run(cell)) for cell in cells]
            time_taken = time.perf_counter() - begun
            for cell, result in results:
                if result.status != "ok":
                    sys.exit(f"{cell}: {json.dumps(result.error)}")
            return time_taken, results[-1][1]

        many = max(12, 4 * rounds)
        shown = [took(f"%open {capture}", "%tls")[0] for _ in range(many)]
        nothing = min(took("1", "1")[0] for _ in range(many))
        cell = CELL.replace("ROUNDS", str(many)).replace("CAPTURE", str(capture))
        inside = min(json.loads(took(cell)[1].streams["stdout"])) / 1e6
    fields, as_json = theirs
    for what, time_taken in (("open and tls table, in one cell", inside), ("%open and %tls, shown", min(shown))):
        print(f"  a warm kernel, {what:32} {time_taken:6.3f} s   {fields / time_taken:5.1f} times as fast as tshark with"
              f" four fields, {as_json / time_taken:.1f} times as with -T json", flush=True)
    print(f"  two cells that do nothing                      {nothing:6.3f} s; %open and %tls for the first time"
          f" {shown[0]:.2f} s", flush=True)


def large(capture, packets, rounds):
    from multiply import multiply

    path = BENCH / "large.pcap"
    if not path.exists():
        print(f"  making {path.name}: {LARGE:,} octets", flush=True)
        multiply(capture, path.with_suffix(".new"), LARGE)
        path.with_suffix(".new").rename(path)
    many = packets * path.stat().st_size / capture.stat().st_size
    for table in ("tls", "tcp"):
        small = in_turn({"": ours(capture, table)}, max(3, rounds))[""]
        whole = Cost(ours(path, table))
        each, all_of_them = small.wall / packets, whole.wall / many
        print(f"  ./lab {table}, {path.stat().st_size / 1e9:.2f} GB, {many / 1e6:.1f} million packets  {whole}"
              f"   {all_of_them * 1e6:.2f} µs a packet, {all_of_them / each:.2f} of that of the small file"
              f" ({whole.processor / many / (small.processor / packets):.2f} by processor time);"
              f" {whole.resident:.0f} MB resident at most", flush=True)


def scapy(capture, packets, theirs):
    if subprocess.run([sys.executable, "-c", "import scapy"], capture_output=True).returncode:
        print("  scapy is not installed here")
        return
    some = 4000
    program = ("import sys; from scapy.all import PcapReader, load_layer; load_layer('tls')\n"
               f"for i, p in zip(range({some}), PcapReader(sys.argv[1])): p.haslayer('TLS')")
    nothing = Cost([sys.executable, "-c", program.split(chr(10))[0], str(capture)])
    cost = Cost([sys.executable, "-c", program, str(capture)])
    whole = nothing.wall + (cost.wall - nothing.wall) * packets / some
    print(f"  scapy, from its first {some} packets             {whole:6.1f} s   tshark is {whole / theirs:.0f} times as fast")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=["shell", "kernel", "large", "scapy"])
    chosen = parser.parse_args()
    if not shutil.which("tshark"):
        sys.exit("lab: this measurement needs tshark\n     Install it (Debian: apt-get install tshark).")
    from handshakes import capture as made

    BENCH.mkdir(parents=True, exist_ok=True)
    capture = BENCH / "handshakes.pcap"
    packets = made(capture)
    print(f"  {capture.name}: {packets:,} packets, {capture.stat().st_size / 1e6:.0f} MB", flush=True)
    subprocess.run([LAB, "build"], check=True)
    theirs = None
    if chosen.only in (None, "shell"):
        theirs = shell(capture, chosen.rounds)
    if chosen.only in (None, "kernel", "scapy"):
        theirs = theirs or (
            Cost(tshark(capture, "tls.handshake", HANDSHAKE)).wall, Cost(tshark_json(capture, "tls.handshake")).wall)
    if chosen.only in (None, "kernel"):
        kernel(capture, chosen.rounds, theirs)
    if chosen.only in (None, "large"):
        large(capture, packets, chosen.rounds)
    if chosen.only in (None, "scapy"):
        scapy(capture, packets, theirs[0])


if __name__ == "__main__":
    main()
