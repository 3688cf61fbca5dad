"""The page the program is shown on: everything it needs comes from the same address."""

from __future__ import annotations

from html import escape
from string import Template
from typing import Final

from rung.text import _, current_language

__all__ = ["page", "page_headers"]

_PAGE: Final = Template("""\
<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="static/css/xterm.css">
<script src="static/js/textual.js"></script>
<style>
@font-face { font-family: "Roboto Mono"; src: url("static/fonts/RobotoMono-VariableFont_wght.ttf"); }
html, body { margin: 0; height: 100%; background: #12161c; color: #d8dee4; font-family: sans-serif; }
#terminal { height: 100%; }
p { display: none; position: absolute; inset: 0; z-index: 10; margin: 0; background: #12161c;
    align-items: center; justify-content: center; gap: 1em; }
p.begin { display: flex; }
body.-first-byte p.begin { display: none; }
body.-closed p.end { display: flex; }
a { color: #5fa8d3; }
</style>
</head>
<body>
<p class="begin">$begin</p>
<p class="end">$end <a href="">$again</a></p>
<div id="terminal" class="textual-terminal" data-session-websocket-url="$socket" data-font-size="$size"></div>
</body>
</html>
""")


def page(socket: str, title: str, size: int) -> str:
    """Return the page that talks to a socket, in letters of so many pixels."""
    words = {
        "language": current_language(),
        "title": title,
        "socket": socket,
        "size": str(size),
        "begin": _("Rung is starting…"),
        "end": _("The program has ended."),
        "again": _("Open it again"),
    }
    return _PAGE.substitute({name: escape(word, quote=True) for name, word in words.items()})


def page_headers(host: str) -> dict[str, str]:
    """Return what tells the browser to fetch from nowhere else and to tell nobody the link."""
    own = f"'self' ws://{host} wss://{host}"
    return {
        "Content-Security-Policy": (
            f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
            f"img-src 'self' data:; connect-src {own}; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        ),
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
