"""Rating sheets as a browser has them: printed to PDF, and measured where text might not fit."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rung.cli import run

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr")
_MEASURE = """<script>
addEventListener("load", () => {
  const wide = [...document.querySelectorAll(".sheet *:not(svg, svg *)")]
    .filter(each => each.clientWidth && each.scrollWidth > each.clientWidth + 1)
    .map(each => each.tagName + "." + each.className + ": " + each.textContent.slice(0, 60));
  document.body.dataset.wide = wide.join(" | ");
});
</script>"""
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@dataclass(frozen=True)
class Browser:
    """A browser without a screen."""

    program: str
    folder: Path

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        profile = f"--user-data-dir={self.folder / 'profile'}"
        return subprocess.run(
            [self.program, *_QUIET, profile, *arguments],
            check=True,
            capture_output=True,
            text=True,
            timeout=240,
        )

    def pages(self, sheet: str) -> int:
        """Print a sheet and count the pages; it must not complain of anything on its console."""
        page, pdf = self.folder / "sheet.html", self.folder / "sheet.pdf"
        page.write_text(sheet, encoding="utf-8")
        done = self._run("--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
        assert "CONSOLE" not in done.stderr
        return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes()))

    def too_wide(self, sheet: str) -> str:
        """Return what does not fit its box; the sheet itself would run no script, so it is let to here."""
        page = self.folder / "measured.html"
        page.write_text(_POLICY.sub("", sheet).replace("</head>", f"{_MEASURE}</head>"), encoding="utf-8")
        dumped = self._run(
            "--virtual-time-budget=2000", "--window-size=900,1300", "--dump-dom", page.as_uri()
        )
        found = re.search(r'<body data-wide="([^"]*)"', dumped.stdout)
        assert found, "the measuring did not run"
        return found[1]


def find_browser(folder: Path) -> Browser:
    """Return a browser; skips the test where there is none."""
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"no browser to print with: none of {', '.join(_NAMES)} is on the PATH")
    return Browser(program, folder)


class Reader(HTMLParser):
    """Reads a sheet: the elements it opens, their attributes, and its words."""

    def __init__(self, sheet: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.left_open: list[str] = []
        self.words = ""
        self.feed(sheet)
        assert self.left_open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.left_open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.left_open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.left_open[-1:] != ["style"]:
            self.words = " ".join(f"{self.words} {data}".split())


def rung(*arguments: object) -> None:
    """Run one command, which must end well."""
    assert run([str(each) for each in arguments]) == 0
