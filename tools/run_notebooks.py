"""Executes notebooks without a browser, into out/NAME.ipynb and out/NAME.html.

    python tools/run_notebooks.py [NOTEBOOK…]

Without arguments: all tutorials. One line per notebook with its time; exit status 1 if a cell failed.
"""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

HOME = Path(__file__).resolve().parent.parent
OUT = HOME / "out"
CELL_TIMEOUT = 120


def execute(path):
    """Runs one notebook; returns what went wrong in one line, or None."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="java",
        timeout=CELL_TIMEOUT,
        resources={"metadata": {"path": str(path.parent)}},
    )
    problem = None
    log = OUT / f"{path.stem}.log"
    try:
        with log.open("w", encoding="utf-8") as kernel_says:
            client.execute(stderr=kernel_says)
        log.unlink()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        problem = first_failure(notebook) or str(error).strip().splitlines()[-1]
    nbformat.write(notebook, OUT / path.name)
    (OUT / f"{path.stem}.html").write_text(as_html(notebook, path.stem), encoding="utf-8")
    return problem


def first_failure(notebook):
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                code = cell.source.strip().splitlines()
                message = output.evalue.strip().splitlines()
                return (
                    f"code cell {number} ({code[0] if code else 'empty'}): "
                    f"{output.ename}: {message[0] if message else 'no message'}"
                )
    return None


def as_html(notebook, title):
    from nbconvert import HTMLExporter

    html, _ = HTMLExporter().from_notebook_node(notebook, resources={"metadata": {"name": title}})
    return html


def main(arguments):
    paths = [Path(a).resolve() for a in arguments] or sorted((HOME / "notebooks").glob("*.ipynb"))
    absent = [p for p in paths if not p.is_file()]
    if absent or not paths:
        what = f"there is no notebook {absent[0]}" if absent else "there are no notebooks"
        print(f"lab: {what}\n     Give the path of an .ipynb file, or none for all tutorials.", file=sys.stderr)
        return 2
    OUT.mkdir(exist_ok=True)
    failed = 0
    for path in paths:
        start = time.perf_counter()
        try:
            problem = execute(path)
        except (ValueError, OSError) as error:
            problem = f"not a notebook: {str(error).splitlines()[0]}"
        seconds = time.perf_counter() - start
        failed += problem is not None
        print(f"{'ok    ' if problem is None else 'FAILED'} {path.name}  {seconds:.1f} s  → out/{path.stem}.html", flush=True)
        if problem:
            print(f"       {problem}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
