"""What the tests share: the script `lab`, a running kernel, and a real capture of nginx and openssl."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME / "tools"))
os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"


def program(name):
    """The path of a program; a test that needs one which is missing fails, it is not skipped."""
    found = shutil.which(name)
    assert found, f"this test needs the program {name}: install it (.ci/run lists the packages)"
    return found


def free_port():
    """A port for a server that is started later: below those which the kernel gives to clients meanwhile."""
    while True:
        port = random.randrange(10_000, 32_768)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


def wait_until(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(0.02)


def listens(port):
    """Asks the system, not the server: a connection for asking could end in a recording that begins later."""
    wanted = f"0100007F:{port:04X}"
    rows = (row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return any(row[1] == wanted and row[3] == "0A" for row in rows)


@contextmanager
def process(command, **options):
    """A program that runs for the length of a block and is ended, by its own id, after it."""
    started = subprocess.Popen(command, **options)
    try:
        yield started
    finally:
        if started.poll() is None:
            started.send_signal(signal.SIGINT)
            try:
                started.wait(timeout=30)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


@pytest.fixture(scope="session")
def lab():
    """Runs `./lab ARGUMENTS…` to its end."""

    def run(*arguments, cwd=HOME, timeout=200, **environment):
        return subprocess.run(
            [str(HOME / "lab"), *map(str, arguments)],
            cwd=cwd, timeout=timeout, capture_output=True, text=True, stdin=subprocess.DEVNULL,
            env={**os.environ, **environment},
        )

    return run


@pytest.fixture(scope="session")
def https_server(tmp_path_factory):
    """nginx on loopback with a certificate of its own, made by openssl."""
    folder = tmp_path_factory.mktemp("nginx")
    subprocess.run(
        [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=www.lab.test",
         "-addext", "subjectAltName=DNS:www.lab.test", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )
    port = free_port()
    temporary = "\n".join(
        f"  {kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(f"""
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; lingering_close always;
{temporary}
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    location / {{ return 200 "hello\\n"; }}
  }}
}}
""")
    with process([program("nginx"), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]) as nginx:
        wait_until(lambda: nginx.poll() is not None or listens(port), "nginx listens")
        assert nginx.poll() is None, (folder / "error.log").read_text()
        yield SimpleNamespace(port=port, certificate=folder / "cert.pem")


@pytest.fixture(scope="session")
def visit(tmp_path_factory, https_server):
    """A TLS 1.2 visit by openssl s_client, recorded by tcpdump, with its key log."""
    return record(tmp_path_factory.mktemp("visit"), https_server, "-tls1_2")


@pytest.fixture(scope="session")
def visit13(tmp_path_factory, https_server):
    """The same with TLS 1.3."""
    return record(tmp_path_factory.mktemp("visit13"), https_server, "-tls1_3")


def record(folder, server, version):
    capture, keys, log = folder / "visit.pcap", folder / "keys.txt", folder / "tcpdump.log"
    with log.open("w") as err:
        command = [program("tcpdump"), "-i", "lo", "-U", "-B", "16384", "-w", str(capture), f"tcp port {server.port}"]
        with process(command, stderr=err) as tcpdump:
            wait_until(lambda: tcpdump.poll() is not None or "listening on" in log.read_text(), "tcpdump listens")
            assert tcpdump.poll() is None, f"tcpdump may not record here (it needs root): {log.read_text()}"
            subprocess.run(
                [program("openssl"), "s_client", "-connect", f"127.0.0.1:{server.port}", "-servername", "www.lab.test",
                 version, "-keylogfile", str(keys), "-quiet", "-ign_eof"],
                input=b"GET / HTTP/1.0\r\nHost: www.lab.test\r\n\r\n", timeout=60, capture_output=True, check=True,
            )
            wait_until(lambda: is_over(capture), "both ends have closed")
    return SimpleNamespace(capture=capture, keys=keys)


def is_over(capture):
    """Two FINs have been sent, and the last one has been acknowledged."""
    listing = subprocess.run([program("tcpdump"), "-nr", str(capture)], capture_output=True, text=True, check=False)
    flags = [line.split("Flags [")[1].split("]")[0] for line in listing.stdout.splitlines() if "Flags [" in line]
    return sum("F" in each for each in flags) >= 2 and flags[-1] in (".", "R", "R.")


@pytest.fixture(scope="module")
def kernel_session():
    """A running `java` kernel of this environment."""
    from kernel_session import kernel

    with kernel(cwd=HOME / "notebooks", stderr=subprocess.DEVNULL) as session:
        yield session
