"""`./lab chain` in a shell: for which moment, with whose roots, which logs and lists; openssl says the same."""

import base64
import datetime
import hashlib
import json
import struct
import subprocess
from types import SimpleNamespace

import pytest
from conftest import program
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PEM = serialization.Encoding.PEM
START = datetime.datetime(2026, 1, 1)
LOGGED = datetime.datetime(2025, 12, 31)
END = datetime.datetime(2027, 1, 1)
INSIDE, BEFORE, AFTER = "2026-06-01", "2025-12-31T23:59:59Z", "2027-01-01T00:00:01Z"


def name(text):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def builder(subject, key, authority):
    return (
        x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name("A Root")).public_key(key.public_key())
        .serial_number(4711 if authority else 4712).not_valid_before(START).not_valid_after(END)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
    )


def key_der(key):
    return key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def timestamp_list(log, root_key, certificate):
    """RFC 6962 §3.2 and §3.3: one timestamp over a certificate as it is without it."""
    moment = struct.pack(">Q", int(LOGGED.replace(tzinfo=datetime.timezone.utc).timestamp() * 1000))
    tbs = certificate.tbs_certificate_bytes
    entry = b"\0\1" + hashlib.sha256(key_der(root_key)).digest() + len(tbs).to_bytes(3, "big") + tbs
    signature = log.sign(b"\0\0" + moment + entry + b"\0\0", ec.ECDSA(hashes.SHA256()))
    log_id = hashlib.sha256(key_der(log)).digest()
    sct = b"\0" + log_id + moment + b"\0\0" + b"\4\3" + struct.pack(">H", len(signature)) + signature
    whole = struct.pack(">HH", len(sct) + 2, len(sct)) + sct
    return b"\4" + bytes([0x81, len(whole)] if len(whole) > 127 else [len(whole)]) + whole


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pki")
    root_key, leaf_key, log, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(4))
    root = builder("A Root", root_key, True).sign(root_key, hashes.SHA256())
    plain = builder("www.lab.test", leaf_key, False).add_extension(
        x509.SubjectAlternativeName([x509.DNSName("www.lab.test")]), critical=False)
    timestamps = x509.UnrecognizedExtension(
        x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"),
        timestamp_list(log, root_key, plain.sign(root_key, hashes.SHA256())))
    leaf = plain.add_extension(timestamps, critical=False).sign(root_key, hashes.SHA256())
    revoked = x509.RevokedCertificateBuilder().serial_number(4712).revocation_date(START)
    crl = (
        x509.CertificateRevocationListBuilder().issuer_name(name("A Root")).last_update(START).next_update(END)
        .add_revoked_certificate(revoked.build()).sign(root_key, hashes.SHA256())
    )
    files = {
        "root.pem": root.public_bytes(PEM), "leaf.pem": leaf.public_bytes(PEM), "crl.pem": crl.public_bytes(PEM),
        "logs.json": json.dumps({"operators": [{"logs": [{"key": base64.b64encode(key_der(log)).decode()}]}]}).encode(),
        "other.pem": other.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
    }
    for file, content in files.items():
        (folder / file).write_bytes(content)
    return SimpleNamespace(**{file.split(".")[0]: folder / file for file in files})


def openssl_accepts(pki, when, *more):
    moment = datetime.datetime.fromisoformat(when.rstrip("Z")).replace(tzinfo=datetime.timezone.utc)
    command = [program("openssl"), "verify", "-CAfile", pki.root, "-attime", str(int(moment.timestamp())), *more, pki.leaf]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("when", [INSIDE, BEFORE, AFTER])
def test_at_is_the_moment_for_which_a_chain_is_judged(lab, pki, when):
    done = lab("chain", pki.leaf, "--trust", pki.root, "--at", when, "--checks")
    assert done.returncode == (0 if openssl_accepts(pki, when) else 1), done.stdout + done.stderr
    assert done.returncode == (0 if when == INSIDE else 1)
    assert ("ERR_CERT_DATE_INVALID" in done.stdout) == (when != INSIDE)
    assert done.stdout.count("A browser would") + done.stderr.count("A browser would") == 1


def test_a_moment_that_is_none_is_refused(lab, pki):
    done = lab("chain", pki.leaf, "--at", "tomorrow")
    assert done.returncode == 2 and "tomorrow is no time" in done.stderr


def test_trust_says_whose_roots_are_believed(lab, pki):
    believed = lab("chain", pki.leaf, "--trust", pki.root, "--at", INSIDE, "--format", "json")
    assert believed.returncode == 0, believed.stderr
    assert [row["trusted"] for row in json.loads(believed.stdout)] == [False, True]
    for others in ("system", "jdk"):
        done = lab("chain", pki.leaf, "--trust", others, "--at", INSIDE, "--checks")
        assert done.returncode == 1
        assert "ERR_CERT_AUTHORITY_INVALID" in done.stdout


def test_the_roots_of_the_system_are_believed_when_asked_for(lab, tmp_path):
    bundle = open("/etc/ssl/certs/ca-certificates.crt", encoding="ascii").read()
    end = "-----END CERTIFICATE-----\n"
    (tmp_path / "one.pem").write_text(bundle[:bundle.index(end) + len(end)])
    done = lab("chain", tmp_path / "one.pem", "--trust", "system", "--format", "json")
    assert [row["trusted"] for row in json.loads(done.stdout)] == [True]


def test_logs_verify_their_timestamps(lab, pki):
    def transparency(*more):
        done = lab("chain", pki.leaf, "--trust", pki.root, "--at", INSIDE, "--checks", *more)
        assert done.returncode == 0, done.stdout + done.stderr
        return next(line for line in done.stdout.splitlines() if line.startswith("ok transparency"))

    assert "1 timestamp: 1 verified, 0 of logs" in transparency("--ct-logs", pki.logs)
    assert "at 2025-12-31T00:00:00Z in the certificate (verified)" in transparency("--ct-logs", pki.logs)
    assert "1 timestamp: 0 verified, 1 of logs" in transparency("--ct-logs", pki.other)
    assert "1 timestamp: 0 verified, 1 of logs" in transparency()
    wrong = lab("chain", pki.leaf, "--ct-logs", pki.leaf)
    assert wrong.returncode == 2 and "holds no key of a log" in wrong.stderr


def test_a_list_of_revoked_certificates_is_looked_into(lab, pki):
    done = lab("chain", pki.leaf, "--trust", pki.root, "--at", INSIDE, "--checks", "--crl", pki.crl)
    assert done.returncode == 1
    assert done.stdout.startswith("!! revocation") and "ERR_CERT_REVOKED" in done.stdout
    assert openssl_accepts(pki, INSIDE) and not openssl_accepts(pki, INSIDE, "-crl_check", "-CRLfile", pki.crl)
    wrong = lab("chain", pki.leaf, "--crl", pki.leaf)
    assert wrong.returncode == 2 and "holds no list of revoked certificates" in wrong.stderr


def test_details_tell_every_extension(lab, pki):
    done = lab("chain", pki.leaf, "--trust", pki.root, "--at", INSIDE, "--details")
    assert done.returncode == 0, done.stderr
    for words in ("basicConstraints", "subjectAltName", "www.lab.test", "1.3.6.1.4.1.11129.2.4.2", "2026-01-01"):
        assert words in done.stdout, done.stdout
    text = subprocess.run([program("openssl"), "x509", "-in", pki.leaf, "-noout", "-serial"], capture_output=True, text=True)
    assert text.stdout.strip().split("=")[1].lower() in done.stdout.lower()


def test_an_authority_in_a_directory_withdraws_what_it_has_issued(lab, tmp_path):
    lab("ca", "issue", "www.lab.test", "--dir", "my-ca", "--out", "www.pem", cwd=tmp_path)
    judge = ("chain", "www.pem", "--trust", "my-ca/roots.pem", "--crl", "my-ca/crls.pem", "--checks")
    good = lab(*judge, cwd=tmp_path)
    assert good.returncode == 0 and "it is not in its issuer's CRL" in good.stdout, good.stdout + good.stderr
    lab("ca", "revoke", "www.lab.test", "--dir", "my-ca", "--reason", "superseded", cwd=tmp_path)
    bad = lab(*judge, cwd=tmp_path)
    assert bad.returncode == 1 and "(superseded), says the CRL of its issuer" in bad.stdout
