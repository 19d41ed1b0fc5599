"""Take the documentation's pictures of a built site: `pictures.py SITE FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, sync_playwright

from chromium import FLAGS, PROGRAM, served

PICTURES = {
    "home": ("", 1440, 1100, "light"),
    "report": ("reports/lo-2025/#s3", 1440, 1100, "light"),
    "report-phone": ("reports/lo-2025/#s3p2", 390, 844, "light"),
    "matrix": ("matrix/", 1440, 1400, "light"),
    "matrix-dark": ("matrix/", 1440, 1400, "dark"),
    "matrix-phone": ("matrix/#natural-partners", 390, 844, "light"),
    "proposition": ("propositions/natural-partners/", 1440, 1400, "light"),
    "pair": ("compare/lo-2025/stent-2020/", 1440, 1100, "light"),
    "quantity": ("figures/bilateral-trade/", 1440, 1100, "light"),
    "network": ("shared/", 1440, 1100, "light"),
}
"""Name: address, width and height of the window, colour scheme."""
PRINTED = {"matrix-print": ("matrix/", 1), "report-print": ("reports/lo-2025/", 1)}
"""Name: address and page, counted from 0."""


def shoot(browser: Browser, root: str, folder: Path) -> None:
    """Write every picture into a folder."""
    for name, (address, width, height, scheme) in PICTURES.items():
        dark = scheme == "dark"
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
        page.goto(f"{root}/{address}")
        page.wait_for_timeout(500)
        page.screenshot(path=folder / f"{name}.png")
        page.close()
    for name, (address, number) in PRINTED.items():
        page = browser.new_page()
        page.goto(f"{root}/{address}")
        margin = {"top": "14mm", "bottom": "14mm", "left": "14mm", "right": "14mm"}
        printed = page.pdf(prefer_css_page_size=True, format="A4", margin=margin)  # type: ignore[arg-type]
        pypdfium2.PdfDocument(printed)[number].render(scale=1.5).to_pil().save(folder / f"{name}.png", optimize=True)
        page.close()


def main() -> None:
    """Serve the site and take the pictures."""
    site, folder = Path(sys.argv[1]), Path(sys.argv[2])
    with served(site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=[f for f in FLAGS if "remote" not in f])
        shoot(browser, root, folder)
        browser.close()


if __name__ == "__main__":
    main()
