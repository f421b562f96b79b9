"""The script itself: nothing is done twice, and what is missing is named."""

import json
import os
import resource
from pathlib import Path

import pytest
from conftest import HOME


def test_a_second_start_does_nothing_and_takes_seconds(lab):
    lab("build", timeout=300)
    start = seconds_of_the_processor()
    done = lab("build")
    assert done.returncode == 0
    assert done.stderr.strip() == "lab: everything is built"
    assert seconds_of_the_processor() - start < 3


def seconds_of_the_processor():
    """What all programs have taken that were started here and have ended: others may keep the machine busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_it_runs_from_any_directory(lab, tmp_path):
    done = lab("doctor", "--help", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_it_runs_through_a_symbolic_link(lab, tmp_path):
    import subprocess

    (tmp_path / "mylab").symlink_to(HOME / "lab")
    done = subprocess.run([tmp_path / "mylab", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout.startswith("usage: ./lab")


def without(program, tmp_path):
    """A PATH on which one program is missing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for directory in ("/bin", "/usr/bin"):
        for path in Path(directory).iterdir():
            target = folder / path.name
            if path.name != program and not target.is_symlink():
                target.symlink_to(path)
    return str(folder)


def test_a_machine_without_java_is_told_so(lab, tmp_path):
    done = lab("build", PATH=without("java", tmp_path), JAVA_HOME="")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == "lab: Java was not found."
    assert "JDK" in done.stderr.splitlines()[1]


def test_the_kernel_specification_starts_one_jvm_and_keeps_the_stock_one():
    prefix = Path(os.environ.get("HANDSHAKELAB_PREFIX", HOME / ".venv"))
    folder = prefix / "share" / "jupyter" / "kernels" / "java"
    spec = json.loads((folder / "kernel.json").read_text())
    assert "org.dflib.jjava.distro.JJava" in spec["argv"] and spec["interrupt_mode"] == "message"
    assert not any("launcher" in part for part in spec["argv"])
    assert set(spec["env"]) == {"HANDSHAKELAB_PYTHON", "HANDSHAKELAB_HOME"}
    assert "jjava-launcher" in (folder / "stock.json").read_text()


@pytest.mark.parametrize("name", ["missing.ipynb", "not-a-notebook.ipynb"])
def test_run_fails_for_what_is_no_notebook(lab, tmp_path, name):
    path = tmp_path / name
    if name.startswith("not"):
        path.write_text("{")
    done = lab("run", path)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert name in done.stdout + done.stderr


def test_run_names_the_cell_that_failed(lab, tmp_path):
    cell = dict(cell_type="code", id="a", metadata={}, execution_count=None, outputs=[])
    kernel = dict(kernelspec=dict(name="java", display_name="Java", language="java"))
    cells = [{**cell, "source": "1 + 1"}, {**cell, "id": "b", "source": "throw new IllegalStateException(\"on purpose\");"}]
    path = tmp_path / "failing.ipynb"
    path.write_text(json.dumps(dict(cells=cells, metadata=kernel, nbformat=4, nbformat_minor=5)))
    done = lab("run", path)
    assert done.returncode == 1
    assert "FAILED failing.ipynb" in done.stdout
    assert "code cell 2" in done.stdout and "on purpose" in done.stdout
    for leftover in ("failing.ipynb", "failing.html"):
        (HOME / "out" / leftover).unlink()
