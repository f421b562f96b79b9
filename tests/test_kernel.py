"""Magics in the real kernel: each result once, typed when assigned, errors as cards, interrupts."""

import os
import time
from pathlib import Path

import pytest
from conftest import wait_until


@pytest.fixture
def notebook(kernel_session, visit):
    """The kernel, with the capture of nginx and openssl as the current one."""
    opened = kernel_session.run(f"%open {visit.capture} --keylog {visit.keys}")
    assert opened.status == "ok", opened.error
    return kernel_session


def shown(result):
    assert result.status == "ok", result.error
    return len(result.bundles)


def test_the_kernel_is_one_process_with_the_extension_on_its_class_path(kernel_session):
    pid = kernel_session.manager.provisioner.pid
    assert Path(f"/proc/{pid}/task/{pid}/children").read_text().split() == []
    assert os.readlink(f"/proc/{pid}/exe").endswith("/bin/java")


def test_plain_java_still_works(kernel_session):
    assert kernel_session.run("1 + 1").text() == "2"


def test_a_magic_alone_in_a_cell_shows_its_table_once(notebook):
    result = notebook.run("%tls")
    assert shown(result) == 1
    assert "ClientHello" in result.html() and "ClientHello" in result.text()


def test_a_magic_before_other_code_shows_its_table_once(notebook):
    result = notebook.run("%tls\nint seven = 7;")
    assert shown(result) == 1 and "ClientHello" in result.text()


def test_a_magic_after_other_code_shows_its_table_once(notebook):
    result = notebook.run("int eight = 8;\n%tls")
    assert shown(result) == 1 and "ClientHello" in result.text()


def test_two_magics_in_a_cell_show_both_tables_in_order(notebook):
    result = notebook.run("%tcp\n%tls")
    assert shown(result) == 2
    assert "SYN" in result.bundles[0]["text/plain"] and "ClientHello" in result.bundles[1]["text/plain"]


def test_an_assigned_magic_shows_nothing_and_is_typed(notebook):
    assert shown(notebook.run("tech.tablesaw.api.Table messages = %tls")) == 0
    result = notebook.run("messages.columnNames().contains(\"summary\")")
    assert result.text() == "true"


def test_an_assigned_capture_can_be_named_in_the_next_magic(notebook, visit):
    assert shown(notebook.run(f"io.handshakelab.capture.Capture mine = %open {visit.capture}")) == 0
    assert "SYN,ACK" in notebook.run("%tcp mine").text()


def test_a_chart_is_a_png_with_an_alternative_in_words(notebook):
    (bundle,) = notebook.run("%chart ladder").bundles
    assert bundle["image/png"].startswith("iVBOR")
    assert bundle["text/plain"].strip()


def test_help_tells_about_the_arguments(kernel_session):
    result = kernel_session.run("%tls --help")
    assert shown(result) == 1 and "--keylog" in result.text()


def test_an_unknown_option_gets_a_card_with_a_suggestion_and_a_short_failure(notebook):
    result = notebook.run("%tls --keylgo x")
    assert result.status == "error"
    assert len(result.bundles) == 1 and "--keylog" in result.text()
    assert "--keylgo" in result.error["evalue"]
    assert "Caused by" not in "\n".join(result.error["traceback"])


def test_after_a_failed_cell_the_kernel_answers_on(kernel_session):
    assert kernel_session.run("%open /no/such/file.pcap").status == "error"
    assert kernel_session.run("2 + 2").text() == "4"


def test_html_in_what_the_network_sent_is_escaped(kernel_session):
    result = kernel_session.run('%open "/tmp/<script>alert(1)</script>.pcap"')
    assert result.status == "error"
    assert "<script>" not in result.html()


def test_python_runs_beside_java(kernel_session):
    result = kernel_session.run("%%python\nimport cryptography\nprint(6 * 7)")
    assert result.status == "ok", result.error
    assert "42" in result.text() + result.streams["stdout"]


def test_a_failing_python_cell_fails_with_its_last_line(kernel_session):
    result = kernel_session.run("%%python\n1 / 0")
    assert result.status == "error" and "ZeroDivisionError" in result.error["evalue"]


def test_an_interrupt_ends_a_magic_that_waits(kernel_session, tmp_path):
    begun = tmp_path / "begun"
    request = kernel_session.client.execute(f"%%python\nimport time\nopen({str(begun)!r}, 'w').close()\ntime.sleep(50)")
    wait_until(begun.exists, "the cell runs")
    start = time.monotonic()
    kernel_session.manager.interrupt_kernel()
    assert kernel_session.collect(request).status == "error"
    assert time.monotonic() - start < 30
    assert kernel_session.run("3 + 3").text() == "6"


def test_a_simulation_says_what_to_look_for_and_its_tables_follow(kernel_session):
    told = kernel_session.run("%simulate syn-flood --count 300")
    assert shown(told) == 3 and "look for" in told.html()
    assert "half_open" in told.bundles[2]["text/plain"]
    assert shown(kernel_session.run("Capture visit = %simulate https --tls 1.3 --seed 7")) == 0
    assert "CertificateVerify" in kernel_session.run("%tls").text()
    assert "TIME-WAIT" in kernel_session.run("%states visit").text()


def test_the_lab_is_visited_without_a_network(kernel_session):
    assert shown(kernel_session.run("%serve start")) == 1
    assert shown(kernel_session.run("%capture www.lab.test --source relay")) >= 1
    result = kernel_session.run("%tls --conn 1")
    for name in ("ClientHello", "ServerKeyExchange", "NewSessionTicket", "Finished", "ApplicationData"):
        assert name in result.text()
    assert kernel_session.run("%serve stop").status == "ok"
