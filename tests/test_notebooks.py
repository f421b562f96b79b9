"""The tutorials: they run to the end, they show tables and pictures, and they keep to their form."""

import json

import pytest
from conftest import HOME

NOTEBOOKS = sorted((HOME / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def executed(lab):
    """All tutorials, run by the command that a person would use."""
    done = lab("run", timeout=1500)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_all_tutorials_are_there():
    assert {
        "01-https-walkthrough",
        "02-tcp-states",
        "06-certificate-chain",
        "07-mutual-tls",
        "08-ca-tree",
        "09-when-it-goes-wrong",
    } <= set(NAMES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_is_kept_without_outputs(path):
    for cell in code_cells(read(path)):
        assert cell["outputs"] == [] and cell["execution_count"] is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_cell_has_at_most_five_lines_of_code(path):
    for cell in code_cells(read(path)):
        lines = [line for line in cell["source"] if line.strip() and not line.startswith("%%")]
        assert len(lines) <= 5, cell["source"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_every_code_cell_is_introduced_in_words(path):
    cells = read(path)["cells"]
    for before, cell in zip(cells, cells[1:]):
        if cell["cell_type"] == "code" and before["cell_type"] == "code":
            assert "".join(cell["source"]).startswith("%%python"), "only the Python beside a step needs no words"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_runs_to_its_end_and_every_cell_shows_something(executed, path):
    assert f"ok     {path.name}" in executed
    for cell in code_cells(read(HOME / "out" / path.name)):
        kinds = {output["output_type"] for output in cell["outputs"]}
        assert "error" not in kinds
        assert kinds, cell["source"]


def outputs_of(name):
    return [
        output["data"]
        for cell in code_cells(read(HOME / "out" / name))
        for output in cell["outputs"]
        if "data" in output
    ]


def test_the_walkthrough_holds_tables_and_two_pictures(executed):
    data = outputs_of("01-https-walkthrough.ipynb")
    assert sum("image/png" in bundle for bundle in data) >= 2
    assert sum("<table" in "".join(bundle.get("text/html", "")) for bundle in data) >= 8
    page = (HOME / "out" / "01-https-walkthrough.html").read_text(encoding="utf-8")
    for word in ("SYN-RCVD", "NewSessionTicket", "TIME-WAIT", "302", "data:image/png"):
        assert word in page


def test_the_story_of_the_states_shows_what_it_tells_of(executed):
    data = outputs_of("02-tcp-states.ipynb")
    assert sum("image/png" in bundle for bundle in data) >= 12
    cells = code_cells(read(HOME / "out" / "02-tcp-states.ipynb"))
    told = {"".join(cell["source"]).split("\n")[0]: printed(cell) for cell in cells}
    two, three = [told[f"%simulate delayed-duplicate-syn --handshake {way} --seed 1 --as {way}"] for way in ("two-way", "three-way")]
    assert "still holds 3 connections that nobody wants" in two
    assert "holds nothing any more" in three
    assert "retransmission" in told["%simulate lost-syn --seed 1"]
    assert "CLOSING" in told["%simulate simultaneous-close --seed 1"]
    assert "server's kernel: ESTABLISHED" in told["%chart states --conn 1"]


def printed(cell):
    return "\n".join(
        "".join(output.get("text", "")) + "".join(output.get("data", {}).get("text/plain", "")) for output in cell["outputs"]
    )


def test_python_prints_the_same_values_as_the_walk(executed):
    cells = code_cells(read(HOME / "out" / "06-certificate-chain.ipynb"))
    compared = []
    for step, cell in zip(cells, cells[1:]):
        source = "".join(step["source"])
        if "--step" in source and "".join(cell["source"]).startswith("%%python"):
            name, shown = source.split("--step ")[1].strip(), printed(step)
            for value in printed(cell).strip().splitlines():
                assert value.strip() in shown.replace("\n", " ") or value.lower() in shown.lower(), name
            compared.append(name)
    assert compared == ["issuer", "key", "subject", "signature", "power", "hex", "split", "tbs", "hash", "equal"]


def last_python(after):
    """What the first Python cell behind the cell with this text prints."""
    cells = code_cells(read(HOME / "out" / "06-certificate-chain.ipynb"))
    at = next(i for i, cell in enumerate(cells) if after in "".join(cell["source"]))
    return next(printed(cell) for cell in cells[at:] if "".join(cell["source"]).startswith("%%python")).strip()


def test_the_script_holds_for_every_link_of_the_chain_from_the_network_or_else_of_the_lab(executed):
    lines = last_python("--if-network").splitlines()
    assert lines and all(line.endswith(" True") for line in lines)


def test_a_forged_signature_takes_the_script_in_but_not_the_strict_reading(executed):
    cells = code_cells(read(HOME / "out" / "06-certificate-chain.ipynb"))
    shown = {"".join(cell["source"]): printed(cell) for cell in cells}
    assert shown["%verify 0 --method naive"].rstrip().endswith("true")
    assert shown["%verify 0 --method strict"].rstrip().endswith("false")
    assert last_python("--method strict") == "True"


def test_a_certificate_opens_with_its_extensions(executed):
    for name in ("06-certificate-chain.ipynb", "08-ca-tree.ipynb"):
        pages = ["".join(data.get("text/html", "")) for data in outputs_of(name)]
        opened = [page for page in pages if " extensions</summary>" in page]
        assert opened and all("basicConstraints" in page for page in opened), name


def test_a_leaked_key_is_drawn_beside_the_case_without_intermediates(executed):
    for name in ("06-certificate-chain.ipynb", "08-ca-tree.ipynb"):
        pictures = [data for data in outputs_of(name) if "image/png" in data]
        assert any("if the root signs all" in "".join(data["text/plain"]) for data in pictures), name


def test_who_visits_a_server_hears_that_its_certificate_was_revoked(executed):
    cells = code_cells(read(HOME / "out" / "08-ca-tree.ipynb"))
    visits = [printed(cell) for cell in cells if "%capture www.lab.test" in "".join(cell["source"])]
    assert ["certificate_revoked" in visit for visit in visits] == [False, True]
    assert "(keyCompromise), says an OCSP response" in visits[1]


def test_each_fault_is_visited_and_its_alert_is_on_the_page(executed):
    cells = code_cells(read(HOME / "out" / "09-when-it-goes-wrong.ipynb"))
    visits = {"".join(c["source"]).split("--fault ")[1].split()[0]: printed(c) for c in cells if "--fault " in "".join(c["source"])}
    faults = [line.split()[0] for line in visits.pop("list").splitlines() if line and not line.startswith(" ")]
    assert len(faults) == 20 and set(faults) <= set(visits)
    tolerated = {"wrong-order", "extra-certificate", "too-many-certificates"}
    for fault in faults:
        assert ("the client refuses the certificate" in visits[fault]) == (fault not in tolerated), fault


def test_python_checks_the_proof_of_the_client(executed):
    cells = code_cells(read(HOME / "out" / "07-mutual-tls.ipynb"))
    assert [printed(c).strip() for c in cells if "".join(c["source"]).startswith("%%python")] == ["True"]
    page = (HOME / "out" / "07-mutual-tls.html").read_text(encoding="utf-8")
    for word in ("CertificateRequest", "certificate_required", "handshake_failure", "unknown_ca", "certificate_expired"):
        assert word in page
