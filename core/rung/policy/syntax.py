"""Explains a TOML parser's complaint: the line, what is wrong there, and what would be right."""

from __future__ import annotations

import re
from typing import Final

from rung.errors import Place, RungError
from rung.text import _

__all__ = ["syntax_error"]

_WHERE: Final = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def syntax_error(message: str, text: str, name: str) -> RungError:
    """Return the error for a complaint of ``tomllib`` about ``text``, the file called ``name``."""
    where = _WHERE.search(message)
    if where is None:
        return RungError.of(_("The file is not TOML: {reason}.").format(reason=message), "", Place(name))
    reason, hint = _explained(message[: where.start()])
    if where["line"] is None:
        end = text.rstrip().count("\n") + 1
        return RungError.of(_("Not TOML at its end: {reason}.").format(reason=reason), hint, Place(name, end))
    told = _("Not TOML at column {column}: {reason}.").format(column=where["column"], reason=reason)
    return RungError.of(told, hint, Place(name, int(where["line"])))


def _explained(message: str) -> tuple[str, str]:
    found = next((told for start, told in _complaints().items() if message.startswith(start)), None)
    return found or (message, "")


def _complaints() -> dict[str, tuple[str, str]]:
    # A function, so that the texts are in the language of the moment.
    twice = _("a key stands twice"), _("Keep one of the two.")
    table_twice = _("a table stands twice"), _("Join the two, or write [[name]] for one more of many.")
    unclosed = _("a text is not closed"), _('Put " after it, or """ around a text of several lines.')
    no_key = _("no key can be read"), _("A line is key = value, [table], [[table]] or # a comment.")
    escape = _("a lone backslash"), _("Write \\\\ for a backslash, or put the text in 'single quotes'.")
    stray = _("a character that may not stand here"), _("Take it out.")
    return {
        "Invalid value": (
            _("no value can be read"),
            _('Texts stand in "quotes"; numbers, dates, true and false do not.'),
        ),
        "Invalid statement": no_key,
        "Invalid initial character for a key": no_key,
        "Expected '='": (_("a key without ="), _("Write key = value.")),
        "Expected newline": (_("something follows the value"), _("A line holds one key = value.")),
        "Expected ']": (_("a header is not closed"), _("Write [name], or [[name]] for one of many.")),
        "Expected": unclosed,
        "Unclosed array": (_("a list is not closed"), _("Put commas between its items and ] at its end.")),
        "Unclosed inline table": (
            _("a table is not closed"),
            _("Put commas between its keys and } at its end, all on one line."),
        ),
        "Unterminated string": unclosed,
        "Illegal character '\\n'": unclosed,
        "Illegal character": stray,
        "Found invalid character": stray,
        "Unescaped '\\'": escape,
        "Escaped character": escape,
        "Invalid hex value": escape,
        "Cannot overwrite a value": twice,
        "Duplicate inline table key": twice,
        "Cannot": table_twice,
        "Invalid date or datetime": (_("there is no such day or time"), _("Write a day as 2026-01-31.")),
    }
