"""`./lab test --fuzz`: that it fuzzes, and that a finding is told and fails."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_a_target_is_fuzzed_for_the_time_that_is_given(lab):
    done = lab("test", "--fuzz", "2", "keylog", timeout=1000)
    assert done.returncode == 0, done.stdout + done.stderr
    runs = int(done.stdout.split("nothing found in ")[1].split()[0])
    assert runs > 500, done.stdout


def test_a_target_that_is_not_there_is_refused(lab):
    done = lab("test", "--fuzz", "2", "nonsense")
    assert done.returncode == 2
    assert "no fuzz target called nonsense" in done.stderr
    assert "certificates" in done.stderr


def test_what_is_found_fails_and_is_told(tmp_path, monkeypatch, capsys):
    spec = importlib.util.spec_from_file_location("fuzz", ROOT / "tools/fuzz.py")
    fuzz = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fuzz)
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho '== Java Exception: planted'\ntouch crash-1234\nexit 77\n")
    java.chmod(0o755)
    monkeypatch.setattr(fuzz, "java", lambda: str(java))
    monkeypatch.setattr(fuzz, "WORK", tmp_path)
    assert not fuzz.fuzz("dns", 1, "")
    told = capsys.readouterr().out
    assert "== Java Exception: planted" in told
    assert "dns: FOUND something" in told
    assert "cp " + str(tmp_path / "dns/crash-1234") in told
