"""What one search makes the browser fetch, told by the request log of a real search in Chromium."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Error, Page, Response, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_QUERY_TIME = 120_000
"""Milliseconds that a search may take, on a busy machine."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


def queries(texts: Iterable[str]) -> list[str]:
    """Return what to search for: the commonest word of some texts, one of the middle, one that stands once, and two."""
    counts = Counter(word for text in texts for word in re.findall(r"[a-z]{4,}", text.lower()))
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    if not ranked:
        return []
    common, middle, rare = ranked[0], ranked[len(ranked) // 2], ranked[-1]
    return [common, middle, rare, f"{common} {ranked[min(1, len(ranked) - 1)]}"]


def measure(site: Path, words: Iterable[str]) -> dict[str, int] | str:
    """Return the bytes of all that each search fetches, on a fresh visit, uncompressed; or why there are none.

    Counted is everything from the opening of the panel to the first hits: reader, metadata, filters, chunks, fragments.
    """
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        path = next(filter(None, map(shutil.which, _NAMES)), None)
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
            found = {}
            for query in words:
                context = browser.new_context()
                found[query] = _fetched(context.new_page(), f"http://127.0.0.1:{server.server_port}/about/", query)
                context.close()
            browser.close()
        except Error as error:
            return f"no search in a browser: {str(error).splitlines()[0]}"
        finally:
            server.shutdown()
    return found


def _fetched(page: Page, address: str, query: str) -> int:
    page.set_default_timeout(_QUERY_TIME)
    page.goto(address, wait_until="load")
    held: list[Response] = []
    page.on("response", lambda response: held.append(response))
    page.locator("#vr-search-open").click()
    page.locator("#vr-search-field").fill(query)
    page.locator(".vr-hits a").first.wait_for()
    return sum(len(response.body()) for response in held if response.ok)
