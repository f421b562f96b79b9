"""A capture of thousands of real TLS handshakes on loopback: nginx, openssl s_time and tcpdump."""

import contextlib
import shutil
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

PACKETS = 100_000
NGINX = """
daemon off; pid {work}/nginx.pid; error_log {work}/error.log; worker_processes 1; user root;
events {{ worker_connections 1024; }}
http {{ access_log off; server {{
  listen 127.0.0.1:{port} ssl; ssl_certificate {work}/server.crt; ssl_certificate_key {work}/server.key;
  ssl_protocols TLSv1.2 TLSv1.3; location / {{ return 200 "hello world\\n"; }} }} }}
"""


def capture(path):
    """Makes the file, unless it is there, and says how many packets it holds."""
    if not path.exists():
        for tool in ("nginx", "openssl", "tcpdump"):
            if not shutil.which(tool):
                sys.exit(f"lab: this measurement needs {tool}\n     Install it (Debian: apt-get install {tool}).")
        work = path.parent / "nginx"
        work.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        print(f"making {path.name}: at least {PACKETS:,} packets of handshakes", flush=True)
        with server(work) as port, recorder(new, port):
            record(new, port)
        keep_first(new, path)
    return count(path)


@contextlib.contextmanager
def server(work):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", work / "server.key", "-out",
                    work / "server.crt", "-subj", "/CN=www.lab.test", "-days", "30"], check=True, capture_output=True)
    (work / "nginx.conf").write_text(NGINX.format(work=work, port=port))
    process = subprocess.Popen(["nginx", "-c", work / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: connects(port), "nginx")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextlib.contextmanager
def recorder(path, port):
    process = subprocess.Popen(["tcpdump", "-i", "lo", "-B", "65536", "-s", "0", "-U", "-w", path, f"tcp port {port}"],
                               stderr=subprocess.PIPE, text=True)
    try:
        line = process.stderr.readline()
        if "listening on" not in line and "listening on" not in process.stderr.readline():
            sys.exit(f"lab: tcpdump cannot record: {line.strip()}\n     Give it the right to, or run as root.")
        yield
    finally:
        time.sleep(1)
        process.terminate()
        process.wait(timeout=20)


def record(path, port):
    for version in ["-tls1_2", "-tls1_3"] * 30:
        subprocess.run(["openssl", "s_time", "-connect", f"127.0.0.1:{port}", "-new", "-time", "2", "-www", "/", version],
                       check=False, capture_output=True, timeout=60)
        if path.stat().st_size > PACKETS * 260:
            return


def keep_first(path, target, packets=PACKETS + 14_000):
    """So many packets at most, so that every machine measures about the same."""
    data = path.read_bytes()
    at, kept = 24, 0
    while at < len(data) and kept < packets:
        at += 16 + struct.unpack_from("<I", data, at + 8)[0]
        kept += 1
    target.write_bytes(data[:at])
    path.unlink()


def count(path):
    data = path.read_bytes()
    at, packets = 24, 0
    while at < len(data):
        at += 16 + struct.unpack_from("<I", data, at + 8)[0]
        packets += 1
    return packets


def connects(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_for(condition, what):
    deadline = time.monotonic() + 20
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"lab: {what} did not start\n     See target/bench/nginx/error.log.")
        time.sleep(0.05)


if __name__ == "__main__":
    print(capture(Path(sys.argv[1])))
