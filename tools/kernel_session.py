"""A kernel started for a while, to run cells in it: what the tools and the tests share."""

import os
import time
from contextlib import contextmanager

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager


class Result:
    """What one cell gave: its status, its streams, and its displayed bundles in order."""

    def __init__(self):
        self.status, self.error, self.bundles, self.streams = None, None, [], {"stdout": "", "stderr": ""}
        self.result_count = 0

    def text(self):
        return "\n".join(b.get("text/plain", "") for b in self.bundles)

    def html(self):
        return "\n".join(b.get("text/html", "") for b in self.bundles)


class Session:
    def __init__(self, manager, client):
        self.manager, self.client = manager, client

    def run(self, code, timeout=200):
        """Runs a cell to its end and returns its Result; never raises for a failing cell."""
        request = self.client.execute(code, store_history=True)
        return self.collect(request, timeout)

    def collect(self, request, timeout=200):
        result = Result()
        reply = answer(self.client, request, timeout)
        result.status = reply["content"]["status"]
        if result.status == "error":
            result.error = reply["content"]
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "stream":
                result.streams[content["name"]] += content["text"]
            elif kind in ("display_data", "execute_result", "update_display_data"):
                result.bundles.append(content["data"])
                result.result_count += kind == "execute_result"
            elif kind == "status" and content["execution_state"] == "idle":
                return result
        raise TimeoutError("the kernel did not become idle")


@contextmanager
def kernel(argv=None, env=None, name="java", cwd=None, **popen):
    """A running kernel: of the specification `name`, or of a command line given whole."""
    manager = KernelManager(kernel_name=name)
    if argv is not None:
        manager._kernel_spec = KernelSpec(argv=argv, interrupt_mode="message", language="java", display_name="java")
    manager.start_kernel(env={**os.environ, **(env or {})}, cwd=cwd, **popen)
    client = manager.client()
    client.start_channels(hb=False, control=True, stdin=False)
    try:
        client.wait_for_ready(timeout=200)
        yield Session(manager, client)
    finally:
        client.stop_channels()
        if manager.is_alive():
            manager.shutdown_kernel(now=True)


def answer(client, request, timeout=60):
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        message = client.get_shell_msg(timeout=timeout)
        if message["parent_header"].get("msg_id") == request:
            return message
    raise TimeoutError(f"the kernel did not answer in {timeout} s")
