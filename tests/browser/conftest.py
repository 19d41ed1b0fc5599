"""A real browser on the built site: the distribution's Chromium, or Playwright's own where it has been fetched."""

from __future__ import annotations

import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, sync_playwright

import chromium

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
SUBFOLDER = "some/folder"
"""Where the site is served: below the root, as many hosts do."""
WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")
EVERY = tuple((width, scheme) for width in WIDTHS for scheme in SCHEMES)
SOME = ((360, "dark"), (768, "light"), (1440, "dark"))
"""Every width and both schemes in half as many runs: what scripts do does not hang on the scheme."""
FRESH = "if (!sessionStorage.fresh) { localStorage.clear(); sessionStorage.fresh = 1; }"
"""A new tab knows nothing of the tabs before it."""
WHOLE = "[...document.querySelectorAll('main *')].every(one => getComputedStyle(one).contentVisibility !== 'auto')"
"""On narrow screens what is far below is laid out once somebody reads; till then its boxes are guesses."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


@dataclass
class Reader:
    """A page of the site in the browser, with what it asked for and complained of."""

    page: Page
    base: str
    width: int
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, address: str) -> Page:
        self.page.goto(self.base + address, wait_until="domcontentloaded")  # by then every module has run
        return self.page

    def until(self, expression: str) -> None:
        """Wait until an expression holds on the page; the policy forbids the browser to look out for it by itself."""
        for _ in range(1200):  # a busy machine lays a long page out in many small steps
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(25)
        raise AssertionError(f"never came true: {expression}")

    def read(self, address: str) -> Page:
        """Go to an address, give a sign of life, and wait until the page is laid out whole."""
        page = self.go(address)
        page.mouse.move(3, 3)
        page.mouse.move(4, 4)  # where the pointer rested at the first place already, only this is a sign
        self.until(WHOLE)
        return page

    @property
    def place(self) -> str:
        """The address of the page in hand, from the site's root."""
        return self.page.url.removeprefix(self.base)


def _grave(message: ConsoleMessage) -> bool:
    return message.type == "error" and not message.text.startswith("Failed to load resource")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            launched = playwright.chromium.launch(executable_path=chromium.PROGRAM, args=FLAGS)
        except Error as error:
            missing = f"{chromium.MISSING}, or Playwright’s."
            if chromium.PROMISED:
                pytest.fail(f"{missing}\n{error}")
            pytest.skip(missing)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def base(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve this edition in a subfolder; return its address."""
    top = tmp_path_factory.mktemp("served")
    folder = top / SUBFOLDER
    folder.parent.mkdir(parents=True)
    folder.symlink_to(built_site, target_is_directory=True)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(top))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{SUBFOLDER}/"
        server.shutdown()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Give the one context of each combination of width, scheme, JavaScript, finger and clock; they stay open."""
    held: dict[tuple[int, str, bool, bool, bool], BrowserContext] = {}

    def of(width: int, scheme: str, javascript: bool, touch: bool, clock: bool = False) -> BrowserContext:
        combination = (width, scheme, javascript, touch, clock)
        if combination not in held:
            held[combination] = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,  # type: ignore[arg-type]
                java_script_enabled=javascript,
                has_touch=touch,
            )
            held[combination].add_init_script(FRESH)
            if clock:
                held[combination].clock.install()
        return held[combination]

    yield of
    for context in held.values():
        context.close()


@pytest.fixture
def reader(contexts: Callable[..., BrowserContext], base: str) -> Iterator[Callable[..., Reader]]:
    """Open the site as a reader has it: width, scheme, JavaScript, mouse or finger; with a clock that the test moves.

    Such a clock stands in every page of its context, and hides how a page was come to: so it has a context of its own.
    """
    opened: list[Reader] = []

    def open_(
        width: int = 1440, scheme: str = "light", javascript: bool = True, touch: bool = False, clock: bool = False
    ) -> Reader:
        page = contexts(width, scheme, javascript, touch, clock).new_page()
        held = Reader(page, base, width)
        page.on("request", lambda r: None if r.url.startswith((base, "data:")) else held.foreign.append(r.url))
        page.on("response", lambda r: held.complaints.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.on("console", lambda m: held.complaints.append(m.text) if _grave(m) else None)
        page.on("pageerror", lambda error: held.complaints.append(str(error)))
        opened.append(held)
        return held

    yield open_
    for held in opened:
        held.page.close()
        assert not held.foreign, "a request left the site"
        assert not held.complaints, "the browser complained"


@pytest.fixture(params=EVERY if os.environ.get("VARIORUM_EVERY") else SOME, ids=lambda one: f"{one[0]}-{one[1]}")
def anywhere(request: pytest.FixtureRequest, reader: Callable[..., Reader]) -> Reader:
    """Open the site at each width, and in both schemes; VARIORUM_EVERY=1 takes each width in each scheme."""
    return reader(*request.param)
