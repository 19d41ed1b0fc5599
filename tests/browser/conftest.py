"""A real browser on the built site: the distribution's Chromium, or Playwright's own where it has been fetched."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, sync_playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
SUBFOLDER = "some/folder"
"""Where the site is served: below the root, as many hosts do."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


@dataclass
class Reader:
    """A page of the site in the browser, with what it asked for and complained of."""

    page: Page
    base: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, address: str) -> Page:
        self.page.goto(self.base + address)
        return self.page

    def until(self, expression: str) -> None:
        """Wait until an expression holds on the page; the policy forbids the browser to look out for it by itself."""
        for _ in range(200):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(25)
        raise AssertionError(f"never came true: {expression}")

    @property
    def place(self) -> str:
        """The address of the page in hand, from the site's root."""
        return self.page.url.removeprefix(self.base)


def _grave(message: ConsoleMessage) -> bool:
    return message.type == "error" and not message.text.startswith("Failed to load resource")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)), None)
        try:
            launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            missing = (
                "NO BROWSER: nothing of what readers do is tested. Install chromium (.ci/run does), or Playwright's."
            )
            if os.environ.get("CI"):
                pytest.fail(f"{missing}\n{error}")
            pytest.skip(missing)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build this edition, or take the site that VARIORUM_SITE names; serve it in a subfolder; return its address."""
    top = tmp_path_factory.mktemp("served")
    folder = top / SUBFOLDER
    built = os.environ.get("VARIORUM_SITE")
    if built:
        folder.parent.mkdir(parents=True)
        folder.symlink_to(Path(built).resolve(), target_is_directory=True)
    else:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-4000:]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(top))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{SUBFOLDER}/"
        server.shutdown()


@pytest.fixture
def reader(browser: Browser, base: str) -> Iterator[Callable[..., Reader]]:
    """Open the site as a reader has it: width, scheme, with or without JavaScript, mouse or finger."""
    opened: list[tuple[BrowserContext, Reader]] = []

    def open_(width: int = 1440, scheme: str = "light", javascript: bool = True, touch: bool = False) -> Reader:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            has_touch=touch,
        )
        held = Reader(context.new_page(), base)
        context.on("request", lambda r: None if r.url.startswith((base, "data:")) else held.foreign.append(r.url))
        context.on("response", lambda r: held.complaints.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        held.page.on("console", lambda m: held.complaints.append(m.text) if _grave(m) else None)
        held.page.on("pageerror", lambda error: held.complaints.append(str(error)))
        opened.append((context, held))
        return held

    yield open_
    for context, held in opened:
        context.close()
        assert not held.foreign, "a request left the site"
        assert not held.complaints, "the browser complained"
