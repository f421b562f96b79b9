"""Tutorial 01 in a real browser: JupyterLab as `./lab` starts it, Chromium, Run All.

Leaves pictures in out/screens/, in the light and in the dark theme.
"""

import json
import os
import re
import subprocess
import time
from types import SimpleNamespace

import pytest
from conftest import HOME, free_port, listens, process, program, wait_until
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import element_to_be_clickable
from selenium.webdriver.support.ui import WebDriverWait

SCREENS = HOME / "out" / "screens"
NOTEBOOK = HOME / "notebooks" / "01-https-walkthrough.ipynb"
# Every cell stays on the page, nothing is written into the repository, no question is asked.
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
    "@jupyterlab/docmanager-extension/plugin.jupyterlab-settings": {"autosave": False},
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {"fetchNews": "false", "checkForUpdates": False},
}
# What the page itself knows about its cells.
CELLS = """
const panel = jupyterapp.shell.currentWidget;
if (!panel || !panel.content || !panel.content.widgets) return null;
return panel.content.widgets.filter(w => w.model.type === 'code').map(w => ({
  source: w.model.sharedModel.getSource(),
  count: w.model.executionCount,
  kinds: Array.from({length: w.model.outputs.length}, (_, i) => w.model.outputs.get(i).type)
}));
"""
# How many outputs the page shows, once all its pictures are there.
SHOWN = """
const all = [...document.querySelectorAll('.jp-CodeCell .jp-OutputArea-output')];
const pictures = all.flatMap(output => [...output.querySelectorAll('img')]);
return pictures.every(i => i.complete && i.naturalWidth > 0) ? all.filter(output => output.childNodes.length > 0).length : -1;
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jupyter")
    for name, content in SETTINGS.items():
        path = folder / "settings" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))
    environment = {
        **os.environ,
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
    }
    port = free_port()
    command = [str(HOME / "lab"), "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0",
               "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"]
    log = folder / "jupyter.log"
    with log.open("w") as out, process(command, env=environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL) as jupyter:
        wait_until(lambda: jupyter.poll() is not None or listens(port), "JupyterLab listens", 200)
        assert jupyter.poll() is None, log.read_text()
        yield SimpleNamespace(port=port, log=log)
        # This way it takes its kernels with it.
        jupyter.terminate()
        jupyter.wait(timeout=100)


@pytest.fixture(scope="module")
def page(server, tmp_path_factory):
    """The notebook, opened and run from the first cell to the last."""
    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium")
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                 "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
                 "--window-size=1400,1000", f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(program("chromedriver")))
    try:
        driver.set_page_load_timeout(200)
        driver.set_script_timeout(200)
        driver.get(f"http://127.0.0.1:{server.port}/lab/tree/notebooks/{NOTEBOOK.name}")
        wait = WebDriverWait(driver, 200)
        wait.until(lambda d: d.execute_script(
            "return window.jupyterapp && jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.connectionStatus === 'connected'"))
        run_all(driver, wait)
        WebDriverWait(driver, 400, poll_frequency=0.5).until(finished)
        wait.until(shown)
        SCREENS.mkdir(parents=True, exist_ok=True)
        yield driver
    finally:
        driver.quit()


def run_all(driver, wait):
    """By the menu, as a person would."""
    wait.until(lambda d: next((e for e in d.find_elements(By.CSS_SELECTOR, ".lm-MenuBar-item") if e.text == "Run"), None)).click()
    wait.until(element_to_be_clickable((By.CSS_SELECTOR, '.lm-Menu-item[data-command="runmenu:run-all"]'))).click()


def finished(driver):
    cells = driver.execute_script(CELLS)
    if cells is None:
        return False
    failed = any("error" in cell["kinds"] for cell in cells)
    return failed or all(cell["count"] for cell in cells)


def shown(driver):
    """Whether the page shows all that its cells hold: tables and pictures come a little later."""
    held = sum(len(cell["kinds"]) for cell in driver.execute_script(CELLS))
    return driver.execute_script(SHOWN) >= held


def test_no_cell_failed_and_every_cell_showed_something(page):
    for number, cell in enumerate(page.execute_script(CELLS), start=1):
        assert "error" not in cell["kinds"], f"code cell {number}: {cell['source']}"
        assert cell["kinds"], f"code cell {number} shows nothing: {cell['source']}"
    assert page.find_elements(By.CSS_SELECTOR, '[data-mime-type="application/vnd.jupyter.error"]') == []


def test_tables_are_on_the_page(page):
    tables = page.find_elements(By.CSS_SELECTOR, ".jp-OutputArea-output table")
    assert len(tables) >= 8
    text = "\n".join(table.text for table in tables)
    for word in ("SYN,ACK", "ClientHello", "NewSessionTicket", "TIME-WAIT", "302"):
        assert word in text


def pictures(page):
    return page.find_elements(By.CSS_SELECTOR, '.jp-OutputArea-output img[src^="data:image/png"]')


def test_pictures_are_on_the_page_and_fit_it(page):
    found = pictures(page)
    assert len(found) >= 2
    for picture in found:
        natural, shown, room = page.execute_script(
            "const i = arguments[0]; return [i.naturalWidth, i.clientWidth, i.closest('.jp-OutputArea').clientWidth]", picture)
        assert natural > 0 and 300 < shown <= room


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_pictures_of_the_page_are_taken(page, theme):
    page.execute_async_script(
        "const done = arguments[1]; jupyterapp.commands.execute('apputils:change-theme', {theme: arguments[0]}).then(done, done)",
        f"JupyterLab {theme}")
    wait_until(lambda: page.execute_script("return document.body.dataset.jpThemeLight") == str(theme == "Light").lower(),
               f"the theme is {theme}")
    time.sleep(1)
    suffix = theme.lower()
    sources = [cell["source"].strip() for cell in page.execute_script(CELLS)]
    for number, (cell, source) in enumerate(zip(page.find_elements(By.CSS_SELECTOR, ".jp-CodeCell"), sources), start=1):
        page.execute_script("arguments[0].scrollIntoView({block: 'start'})", cell)
        time.sleep(0.1)
        name = "-".join(re.findall(r"[a-z0-9]+", source.splitlines()[0].lower()))
        page.save_screenshot(str(SCREENS / f"{number:02d}-{name}-{suffix}.png"))
    # Whole, however long: in a window in which nothing has to be scrolled.
    tables = {caption.text.split()[0]: caption.find_element(By.XPATH, "./..")
              for caption in page.find_elements(By.CSS_SELECTOR, ".jp-OutputArea-output table > caption")}
    parts = {**tables, **dict(zip(("ladder", "waterfall"), pictures(page)))}
    page.set_window_size(1400, 400 + max(part.size["height"] for part in parts.values()))
    for name, part in parts.items():
        page.execute_script("arguments[0].scrollIntoView({block: 'center'})", part)
        (SCREENS / f"{name}-{suffix}.png").write_bytes(part.screenshot_as_png)
    page.set_window_size(1400, 1000)
    assert len(list(SCREENS.glob(f"*-{suffix}.png"))) >= 10


def test_the_repository_s_notebook_was_not_touched(page):
    assert '"outputs": []' in NOTEBOOK.read_text(encoding="utf-8")
    assert "data:image/png" not in NOTEBOOK.read_text(encoding="utf-8")
