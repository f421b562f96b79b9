#!/usr/bin/env python3
"""Makes captures of this machine's own TCP over a bad line.

    impaired_network.py SEED FILE.pcap [profile]

Two network namespaces, each with a TUN device; this process is the line between them and loses,
delays, doubles, reorders and records what goes over it, at the client's end. Needs root. The
captures under kernel-ext/src/test/resources/captures were made by it; the seed decides what the
line does, but not when the two ends send, so that no capture comes out twice.
"""

import ctypes
import fcntl
import heapq
import os
import random
import select
import socket
import struct
import subprocess
import sys
import threading
import time

CLIENT, SERVER = "10.99.0.1", "10.99.0.2"
CLIENT6, SERVER6 = "fd99::1", "fd99::2"
SECONDS = float(os.environ.get("SECONDS_TO_RUN", "9"))

# loss, duplication, reordering: probabilities; delay, jitter: seconds; sysctl of both ends
PROFILES = {
    "lossy": dict(loss=0.06, double=0.01, late=0.02, delay=0.004, jitter=0.001),
    "reordering": dict(loss=0.0, double=0.03, late=0.15, delay=0.006, jitter=0.0005),
    "slow": dict(loss=0.03, double=0.02, late=0.05, delay=0.060, jitter=0.005),
    "plain": dict(
        loss=0.05, double=0.02, late=0.05, delay=0.002, jitter=0.001,
        sysctl=["net.ipv4.tcp_sack=0", "net.ipv4.tcp_timestamps=0",
                "net.ipv4.tcp_window_scaling=0", "net.ipv4.tcp_early_retrans=0"]),
    "clean": dict(loss=0.0, double=0.0, late=0.0, delay=0.001, jitter=0.0),
}


def namespace(address, address6, sysctl):
    """Goes into a new namespace; gives the TUN device that is its only way out."""
    if ctypes.CDLL(None, use_errno=True).unshare(0x40000000):
        raise OSError(ctypes.get_errno(), "unshare: are you root?")
    tun = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tun, 0x400454CA, struct.pack("16sH14x", b"line", 0x1001))
    for command in (
        "ip link set lo up", f"ip addr add {address}/24 dev line",
        f"ip addr add {address6}/64 dev line nodad", "ip link set line up mtu 1500",
    ):
        subprocess.run(command.split(), check=True)
    for setting in sysctl:
        name, value = setting.split("=")
        with open("/proc/sys/" + name.replace(".", "/"), "w") as file:
            file.write(value)
    return tun


def text(size):
    return (b"All of this was sent over a bad line. " * (size // 38 + 1))[:size]


def quiet(job):
    def run(*arguments):
        try:
            job(*arguments)
        except OSError:
            pass
    return run


@quiet
def serve(connection, kind):
    connection.settimeout(SECONDS)
    if kind == "download":
        connection.recv(100)
        connection.sendall(text(60_000))
    elif kind == "upload":
        while connection.recv(4096):
            pass
        connection.sendall(b"thanks")
    elif kind == "sleepy":  # the window closes, and opens again
        time.sleep(3)
        while connection.recv(3000):
            time.sleep(0.05)
    elif kind == "pingpong":
        while True:
            data = connection.recv(2000)
            if not data:
                break
            connection.sendall(data[::-1])
    elif kind == "reset":
        connection.recv(10)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif kind == "alive":
        connection.recv(10)
        time.sleep(SECONDS - 2)
    elif kind == "half":
        while connection.recv(1000):
            pass
        for _ in range(5):
            connection.sendall(text(2000))
            time.sleep(0.05)
    connection.close()


@quiet
def visit(family, address, port, kind, source, dice):
    talk = socket.socket(family)
    talk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if source:
        talk.bind(("", source))
    if kind == "alive":
        talk.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        talk.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
        talk.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
    talk.settimeout(SECONDS)
    talk.connect((address, port))
    if kind == "download":
        talk.sendall(b"go")
        while talk.recv(4096):
            pass
    elif kind == "upload":
        for _ in range(10):
            talk.sendall(text(4000))
            time.sleep(dice.random() * 0.02)
        talk.shutdown(socket.SHUT_WR)
        talk.recv(10)
    elif kind == "sleepy":
        talk.sendall(text(40_000))
        talk.shutdown(socket.SHUT_WR)
        talk.recv(10)
    elif kind == "pingpong":
        talk.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for i in range(25):
            talk.sendall(text(1 + dice.randrange(50)))
            if dice.random() < 0.3:
                talk.sendall(text(1))
            talk.recv(2000)
    elif kind == "reset":
        talk.sendall(b"hello")
        talk.recv(10)
    elif kind == "alive":
        talk.sendall(b"hello")
        talk.recv(10)
    elif kind == "half":
        talk.sendall(text(3000))
        talk.shutdown(socket.SHUT_WR)
        while talk.recv(500):
            pass
    talk.close()


KINDS = ["download", "upload", "sleepy", "pingpong", "reset", "alive", "half"]


def server(tun_out, sysctl):
    tun = namespace(SERVER, SERVER6, sysctl)
    for number, kind in enumerate(KINDS):
        for family, address in ((socket.AF_INET, SERVER), (socket.AF_INET6, SERVER6)):
            listener = socket.socket(family)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if kind == "sleepy":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4000)
            listener.bind((address, 47000 + number))
            listener.listen(50)

            def accept(listener=listener, kind=kind):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=serve, args=(connection, kind), daemon=True).start()

            threading.Thread(target=accept, daemon=True).start()
    socket.send_fds(tun_out, [b"x"], [tun])
    time.sleep(SECONDS + 1)


def client(tun_out, sysctl, seed):
    tun = namespace(CLIENT, CLIENT6, sysctl)
    socket.send_fds(tun_out, [b"x"], [tun])
    time.sleep(0.3)
    dice = random.Random(seed)
    for i in range(3):
        for number, kind in enumerate(KINDS + ["refused"]):
            if kind in ("alive", "sleepy") and i > 0:
                continue
            six = dice.random() < 0.3
            family, address = (socket.AF_INET6, SERVER6) if six else (socket.AF_INET, SERVER)
            # The same port again: a reset connection leaves no TIME-WAIT behind.
            source = 5555 if kind in ("reset", "refused") and not six else 0
            arguments = (family, address, 47000 + number, kind, source, random.Random(seed + i))
            threading.Thread(target=visit, args=arguments, daemon=True).start()
            time.sleep(dice.random() * 0.2)
    time.sleep(SECONDS - 1)


def child(job, *arguments):
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        ours.close()
        job(theirs, *arguments)
        os._exit(0)
    _, fds, _, _ = socket.recv_fds(ours, 1, 1)
    return pid, fds[0]


def main(seed, file, profile):
    line = PROFILES[profile]
    sysctl = line.get("sysctl", [])
    dice = random.Random(seed)
    far, far_tun = child(server, sysctl)
    near, near_tun = child(client, sysctl, seed)
    waiting, order = [], 0
    end = time.monotonic() + SECONDS
    with open(file, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, 262144, 101))

        def record(packet):
            nanos = time.time_ns()
            out.write(struct.pack("<IIII", nanos // 10**9, nanos % 10**9, len(packet), len(packet)))
            out.write(packet)

        while time.monotonic() < end:
            patience = max(0, waiting[0][0] - time.monotonic()) if waiting else 0.05
            ready, _, _ = select.select([far_tun, near_tun], [], [], patience)
            for tun in ready:
                packet = os.read(tun, 65536)
                ours = packet[0] >> 4 == 4 and packet[9] == 6 or packet[0] >> 4 == 6 and packet[6] == 6
                if not ours:
                    continue
                if tun == near_tun:
                    record(packet)
                if dice.random() < line["loss"]:
                    continue
                for _ in range(2 if dice.random() < line["double"] else 1):
                    delay = line["delay"] + dice.random() * line["jitter"]
                    if dice.random() < line["late"]:
                        delay += dice.choice([0.0005, 0.002, 0.01, 0.03])
                    order += 1
                    target = near_tun if tun == far_tun else far_tun
                    heapq.heappush(waiting, (time.monotonic() + delay, order, target, packet))
            while waiting and waiting[0][0] <= time.monotonic():
                _, _, target, packet = heapq.heappop(waiting)
                if target == near_tun:
                    record(packet)
                os.write(target, packet)
    for pid in (near, far):
        os.kill(pid, 9)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "lossy")
