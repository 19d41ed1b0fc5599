"""Chromium driven over its debugging pipe by Python alone: where it is, a site served, a page, mouse and keys."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)
PROMISED = bool(os.environ.get("CI"))
"""Whether a browser must be there: tests without one fail then; elsewhere they skip."""
MISSING = "NO BROWSER: nothing of what readers do is tested. Install chromium (.ci/run does)"
needed = pytest.mark.skipif(PROGRAM is None and not PROMISED, reason=MISSING)
"""Marks what needs `page`, which fails without a browser."""
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--mute-audio",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
)  # fmt: skip
KEYS = {"Enter": (13, "\r"), "Tab": (9, ""), "Escape": (27, ""), " ": (32, " "), "ArrowDown": (40, "")}


class Page:
    """One tab: go somewhere, ask, click, type."""

    def __init__(self, to: Any, back: Any) -> None:
        self._to, self._back, self._last, self._session = to, back, 0, ""
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.send("Page.enable")
        self.send("Runtime.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        self._to.flush()
        while True:
            answer = self._read()
            if answer.get("id") == self._last:
                assert "error" not in answer, (method, answer["error"])
                return dict(answer["result"])

    def _read(self) -> dict[str, Any]:
        held = bytearray()
        while (byte := self._back.read(1)) != b"\0":
            assert byte, "the browser is gone"
            held += byte
        answer: dict[str, Any] = json.loads(held)
        if answer.get("method") == "Runtime.exceptionThrown":
            self.errors.append(str(answer["params"]["exceptionDetails"]))
        if answer.get("method") == "Network.requestWillBeSent":
            self.requests.append(answer["params"]["request"]["url"])
        if answer.get("method") == "Page.javascriptDialogOpening":
            self.dialogs.append(answer["params"]["message"])
        return answer

    def go(self, url: str) -> None:
        """Open an address and wait until the page and its modules have run."""
        self.send("Page.navigate", url=url)
        if url == "about:blank":
            return
        self.ask(
            "new Promise(done => {"
            " const ready = () => document.readyState === 'complete' && location.href !== 'about:blank';"
            " const wait = () => ready() ? setTimeout(done, 0) : setTimeout(wait, 10); wait(); })"
        )

    def ask(self, expression: str) -> Any:
        """Return what an expression gives, a promise awaited."""
        for _ in range(3):  # a navigation that the page makes itself takes the context away
            try:
                answer = self.send(
                    "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
                )
            except AssertionError as error:
                if "context" not in str(error) and "navigated" not in str(error):
                    raise
                continue
            assert "exceptionDetails" not in answer, answer["exceptionDetails"]
            return answer["result"].get("value")
        raise AssertionError("the page does not stay")

    def click(self, selector: str) -> None:
        """Click the middle of an element with the mouse."""
        x, y = self.ask(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center'});"
            " const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def hover(self, selector: str) -> None:
        """Put the mouse over an element."""
        x, y = self.ask(
            f"(() => {{ const r = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def press(self, key: str) -> None:
        """Press a key."""
        code, text = KEYS[key]
        common = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": code}
        self.send("Input.dispatchKeyEvent", type="keyDown", **common, **({"text": text} if text else {}))
        self.send("Input.dispatchKeyEvent", type="keyUp", **common)

    def size(self, width: int, height: int, dark: bool = False) -> None:
        """Set the window and the colour scheme."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.send("Emulation.setEmulatedMedia", features=features)

    def picture(self, path: Path) -> None:
        """Write a screenshot."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))


@contextmanager
def page() -> Iterator[Page]:
    """Start the browser with one tab; it may use the clipboard."""
    assert PROGRAM, MISSING
    to_read, to_write = os.pipe()
    back_read, back_write = os.pipe()

    def wire() -> None:
        os.dup2(to_read, 3)
        os.dup2(back_write, 4)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        # The pipe's ends must not be 3 or 4 themselves before they are put there.
        low = [os.dup(end) for end in (to_read, back_write)] if min(to_read, back_write) < 5 else []
        if low:
            to_read, back_write = low
        process = subprocess.Popen(
            [PROGRAM, *FLAGS, f"--user-data-dir={profile}"],
            preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            with open(to_write, "wb") as to, open(back_read, "rb") as back:
                tab = Page(to, back)
                tab.send("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
                yield tab
        finally:
            process.terminate()
            process.wait(20)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine alone; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
