"""`./lab NAME …` in a shell: tables as JSON and CSV, exit statuses, and what bad input gets."""

import csv
import io
import json
import socket
import subprocess
import threading

import pytest
from conftest import free_port, program

# The columns of every table, and the JSON types of their values.
NUMBER, WHOLE, TEXT, TRUTH = (int, float), int, str, bool
COLUMNS = {
    "tcp": dict(frame=WHOLE, time=NUMBER, conn=WHOLE, sender=TEXT, src=TEXT, dst=TEXT, flags=TEXT, seq=WHOLE, ack=WHOLE,
                len=WHOLE, win=WHOLE, seq_raw=WHOLE, ack_raw=WHOLE, client_state=TEXT, server_state=TEXT, note=TEXT,
                evidence=TEXT),
    "states": dict(conn=WHOLE, time=NUMBER, endpoint=TEXT, to=TEXT, event=TEXT, frame=WHOLE, rfc=TEXT, evidence=TEXT,
                   **{"from": TEXT}),
    "tls": dict(conn=WHOLE, frame=WHOLE, time=NUMBER, sender=TEXT, type=TEXT, version=TEXT, length=WHOLE, offset=WHOLE,
                seq=WHOLE, ack=WHOLE, encrypted=TRUTH, decrypted=TRUTH, summary=TEXT, evidence=TEXT),
    "http": dict(conn=WHOLE, frame=WHOLE, time=NUMBER, sender=TEXT, line=TEXT, header=TEXT, body_length=WHOLE),
    "timings": dict(conn=WHOLE, phase=TEXT, start=NUMBER, end=NUMBER, ms=NUMBER, round_trips=NUMBER, evidence=TEXT),
    "chain": dict(conn=WHOLE, index=WHOLE, category=TEXT, subject=TEXT, issuer=TEXT, serial=TEXT, not_before=TEXT,
                  not_after=TEXT, key=TEXT, signature_algorithm=TEXT, der_sha256=TEXT, sent=TRUTH, trusted=TRUTH),
}
EVIDENCE = {"wire", "kernel", "socket", "inferred"}


def rows(lab, name, visit, *more, status=0):
    done = lab(name, visit.capture, "--keylog", visit.keys, "--format", "json", *more)
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["tcp", "states", "tls", "http", "timings"])
def test_a_table_as_json_has_the_columns_of_the_contract(lab, visit, name):
    table = rows(lab, name, visit)
    assert table
    for row in table:
        for key, value in row.items():
            assert key in COLUMNS[name]
            assert isinstance(value, COLUMNS[name][key]), (key, value)
            assert not (COLUMNS[name][key] is WHOLE and isinstance(value, bool))
        assert row.get("evidence", "wire") in EVIDENCE


def test_the_tcp_table_shows_the_handshake_with_relative_numbers(lab, visit):
    syn, syn_ack, ack, *rest = rows(lab, "tcp", visit)
    assert (syn["flags"], syn["seq"], syn["client_state"]) == ("SYN", 0, "SYN-SENT")
    assert (syn_ack["flags"], syn_ack["seq"], syn_ack["ack"], syn_ack["server_state"]) == ("SYN,ACK", 0, 1, "SYN-RCVD")
    assert (ack["flags"], ack["seq"], ack["ack"]) == ("ACK", 1, 1)
    assert ack["client_state"] == ack["server_state"] == "ESTABLISHED"
    assert any("TIME-WAIT" in (row["client_state"], row["server_state"]) for row in rest)


def test_the_tls_table_shows_every_message_in_order_and_decrypts(lab, visit):
    messages = [(row["sender"], row["type"]) for row in rows(lab, "tls", visit)]
    assert messages[:11] == [
        ("client", "ClientHello"), ("server", "ServerHello"), ("server", "Certificate"), ("server", "ServerKeyExchange"),
        ("server", "ServerHelloDone"), ("client", "ClientKeyExchange"), ("client", "ChangeCipherSpec"),
        ("client", "Finished"), ("server", "NewSessionTicket"), ("server", "ChangeCipherSpec"), ("server", "Finished"),
    ]
    assert ("server", "ApplicationData") in messages[11:]
    finished = [row for row in rows(lab, "tls", visit) if row["type"] == "Finished"]
    assert all(row["encrypted"] and row["decrypted"] for row in finished)


def test_tls_1_3_is_decrypted_too(lab, visit13):
    types = [row["type"] for row in rows(lab, "tls", visit13)]
    assert types[:2] == ["ClientHello", "ServerHello"]
    assert {"EncryptedExtensions", "Certificate", "CertificateVerify", "Finished"} <= set(types)


def test_without_keys_the_locked_messages_say_so(lab, visit):
    done = lab("tls", visit.capture, "--format", "json")
    types = [row["type"] for row in json.loads(done.stdout)]
    assert "EncryptedHandshake" in types and "Finished" not in types


def test_http_is_read_from_the_decrypted_bytes(lab, visit):
    lines = [row["line"] for row in rows(lab, "http", visit)]
    assert lines == ["GET / HTTP/1.0", "HTTP/1.1 200 OK"]


def test_the_chain_of_an_untrusted_server_is_a_negative_finding(lab, visit):
    (end_user,) = rows(lab, "chain", visit, status=1)
    assert set(end_user) <= set(COLUMNS["chain"])
    assert end_user["subject"] == end_user["issuer"] and end_user["sent"] and not end_user["trusted"]


def test_the_chain_of_tls_1_3_can_be_read_with_the_keys(lab, visit13):
    (end_user,) = rows(lab, "chain", visit13, status=1)
    assert end_user["subject"] == "CN=www.lab.test"
    assert lab("chain", visit13.capture).returncode == 2, "without the keys nobody can"


def test_csv_has_one_header_line_and_as_many_rows_as_json(lab, visit):
    done = lab("tcp", visit.capture, "--format", "csv")
    table = list(csv.reader(io.StringIO(done.stdout)))
    assert table[0] == list(COLUMNS["tcp"])
    assert len(table) - 1 == len(rows(lab, "tcp", visit))


def test_limit_and_conn_choose_rows(lab, visit):
    assert len(rows(lab, "tcp", visit, "--limit", "3")) == 3
    assert rows(lab, "tcp", visit, "--conn", "7") == []


@pytest.mark.parametrize("kind", ["ladder", "states", "machine"])
def test_a_chart_goes_into_a_file(lab, visit, tmp_path, kind):
    picture = tmp_path / "chart.png"
    done = lab("chart", kind, visit.capture, "--keylog", visit.keys, "--save", picture)
    assert done.returncode == 0, done.stderr
    assert picture.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_the_rules_of_the_state_machine_are_a_table(lab):
    done = lab("states", "--rules", "--format", "json")
    rules = json.loads(done.stdout)
    assert {"from": "LISTEN", "event": "recv SYN", "action": "send SYN,ACK", "to": "SYN-RCVD", "rfc": "RFC 9293 §3.10.7.2"} in rules


def test_a_state_that_is_not_told_has_a_sentence_that_says_why(lab, tmp_path):
    capture, picture = tmp_path / "rst.pcapng", tmp_path / "rst.png"
    assert lab("simulate", "rst", "--vantage", "middle", "--save", capture).returncode == 0
    done = lab("states", capture, "--conn", "1")
    why = (
        "note: connection 1: the state of the client is not known from 1.560000 s on: no segment proves "
        "whether this happened there, or when: recv RST; it may be CLOSED or ESTABLISHED"
    )
    assert done.stderr.splitlines() == [why]
    assert lab("chart", "states", capture, "--conn", "1", "--save", picture).stderr.splitlines() == [why]


def refused(done):
    """Status 2, and on standard error one line and then the advice. Returns that line."""
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)
    lines = done.stderr.strip().splitlines()
    assert len(lines) >= 2, done.stderr
    assert "Exception" not in done.stderr and "\tat " not in done.stderr
    return lines[0]


def test_a_file_that_is_no_capture_is_refused(lab, tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("this is a shopping list, and no capture\n" * 9)
    refused(lab("tls", text))


def test_a_missing_file_is_refused(lab, tmp_path):
    assert "nowhere.pcap" in refused(lab("tls", tmp_path / "nowhere.pcap"))


def test_a_cut_off_file_gives_the_rows_up_to_the_cut_and_a_warning(lab, visit, tmp_path):
    cut = tmp_path / "cut.pcap"
    cut.write_bytes(visit.capture.read_bytes()[:-20])
    done = lab("tcp", cut, "--format", "json")
    assert len(json.loads(done.stdout)) == len(rows(lab, "tcp", visit)) - 1
    assert "cut off" in refused(done)


def test_a_wrong_key_log_says_that_no_line_matched(lab, visit, visit13):
    done = lab("tls", visit.capture, "--keylog", visit13.keys, "--format", "json")
    assert "EncryptedHandshake" in done.stdout
    assert "match" in done.stderr


def test_an_unknown_host_is_refused(lab):
    refused(lab("capture", "no-such-host.invalid", "--timeout", "20s"))


def test_a_closed_port_is_refused(lab):
    refused(lab("capture", f"127.0.0.1:{free_port()}", "--timeout", "20s"))


@pytest.fixture
def odd_server():
    """A server that accepts, says what it is told to say, and then does nothing more."""
    opened = []

    def start(greeting):
        server = socket.create_server(("127.0.0.1", 0))
        opened.append(server)

        def serve():
            try:
                while True:
                    connection, _ = server.accept()
                    opened.append(connection)
                    connection.sendall(greeting)
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        return server.getsockname()[1]

    yield start
    for each in opened:
        each.close()


def test_a_server_that_speaks_no_tls_is_refused(lab, odd_server):
    refused(lab("capture", f"127.0.0.1:{odd_server(b'220 mail.example ESMTP')}", "--timeout", "20s"))


def test_a_server_that_hangs_is_given_up_at_the_deadline(lab, odd_server):
    refused(lab("capture", f"127.0.0.1:{odd_server(b'')}", "--timeout", "2s", timeout=100))


def test_a_simulated_visit_opens_decrypted_here_and_in_tshark(lab, tmp_path):
    file = tmp_path / "visit.pcapng"
    told = lab("simulate", "https", "--tls", "1.2", "--rtt", "40ms", "--loss", "0.05", "--seed", "42", "--save", file)
    assert told.returncode == 0, told.stderr
    assert "simulated from seed 42" in told.stdout and "look for" in told.stdout and str(file) in told.stdout
    messages = json.loads(lab("tls", file, "--format", "json").stdout)
    assert messages and all(row["decrypted"] for row in messages if row["encrypted"])
    codes = subprocess.run(
        [program("tshark"), "-nr", file, "-Y", "http.response", "-T", "fields", "-e", "http.response.code"],
        capture_output=True, text=True, check=True,
    )
    assert codes.stdout.split() == ["302", "200"]


def test_the_scenarios_are_listed_and_a_slip_gets_a_suggestion(lab):
    scenarios = json.loads(lab("simulate", "--list", "--format", "json").stdout)
    assert {"three-way", "syn-flood", "https"} <= {row["scenario"] for row in scenarios}
    assert all(row["look_for"] for row in scenarios)
    done = lab("simulate", "lost-snack")
    refused(done)
    assert "lost-synack" in done.stderr


def test_an_unknown_option_gets_a_suggestion(lab, visit):
    done = lab("tls", visit.capture, "--keylgo", visit.keys)
    assert "--keylgo" in refused(done)
    assert "--keylog" in done.stderr


def test_an_unknown_command_gets_a_suggestion(lab):
    done = lab("chian")
    refused(done)
    assert "chain" in done.stderr


@pytest.mark.parametrize("name", ["doctor", "capture", "tcp", "tls", "chain", "verify", "chart", "serve", "simulate"])
def test_every_command_explains_itself(lab, name):
    done = lab(name, "--help")
    assert done.returncode == 0 and f"lab {name}" in done.stdout
