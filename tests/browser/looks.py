"""Looks at a page: axe finds nothing wrong, nothing scrolls sideways; and takes its picture."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.readme.document import ROOT

LAPTOP: Final = {"width": 1280, "height": 860}
PHONE: Final = {"width": 390, "height": 844}
# Tables that are wider than the page has room for; they scroll, and what is on their right is not seen.
TOO_WIDE: Final = """() => [...document.querySelectorAll(".table-responsive")]
    .filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.getAttribute("aria-label"))"""
# The pictures that the docs show, by their names; a picture of any other page is put elsewhere.
SHOWN: Final = {
    Path(shown).stem: page.parent / shown
    for page in (ROOT / "docs").glob("*.md")
    for shown in re.findall(r"\]\((\w+/[\w-]+\.png)\)", page.read_text(encoding="utf-8"))
}


@dataclass(frozen=True)
class Looks:
    """`taking`: whether pictures are taken; `elsewhere`: where those go that no page of the docs shows."""

    taking: bool
    elsewhere: Path

    def __call__(self, page: Page, name: str, *, whole: bool = True) -> None:
        """Fails where something is wrong. `name`: for the picture, of the `whole` page or of its top."""
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert page.viewport_size is not None
        width = page.viewport_size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        wide = page.evaluate(TOO_WIDE)
        assert wide == [], f"{name}: read only by scrolling sideways: {wide}"
        if self.taking:
            dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
            kept = f"{name}-{'phone' if width == PHONE['width'] else 'laptop'}-{'dark' if dark else 'light'}"
            where = SHOWN.get(kept, self.elsewhere / f"{kept}.png")
            where.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=where, full_page=whole)
