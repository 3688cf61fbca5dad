"""Drafts a mapping file from a table's headers, for a person to complete."""

from __future__ import annotations

from pathlib import Path

import tomli_w

from rung.intake.headers import Header, matching, nearest
from rung.intake.open import open_source
from rung.intake.plan import key_field
from rung.text import _, inert
from rung.vocabulary import Quantity, Vocabulary

__all__ = ["draft_mapping"]


def draft_mapping(source: Path, vocabulary: Vocabulary) -> str:
    """Return a mapping file that names the headers found, and lists the fields that want one as comments."""
    headers = open_source(source).headers
    keys = {name: key_field(vocabulary, name) for name in (vocabulary.key, vocabulary.name)}
    looked_for: dict[str, Quantity] = {**keys, **vocabulary.fields, **vocabulary.features}
    found: dict[str, str] = {}
    wanting: list[str] = []
    for name, quantity in looked_for.items():
        candidates = matching(quantity, headers, looked_for)
        if len(candidates) == 1:
            found[name] = candidates[0].name
        else:
            wanting.append(_suggestion(quantity, candidates or _alike(quantity, headers)))
    unused = [inert(header.name) for header in headers if header.name not in found.values()]
    parts = [
        tomli_w.dumps({"customers": found}),
        _comment(_("Fields without a header; the text after the sign is the nearest one:"), wanting),
        _comment(_("Headers no field is read from:"), unused),
    ]
    return "\n".join(part for part in parts if part)


def _alike(quantity: Quantity, headers: tuple[Header, ...]) -> tuple[Header, ...]:
    names = nearest(quantity, headers, 1)
    return tuple(header for header in headers if header.name in names)[:1]


def _suggestion(quantity: Quantity, headers: tuple[Header, ...]) -> str:
    header = headers[0].name if headers else ""
    line = tomli_w.dumps({quantity.id: inert(header)}).strip()
    return f"{line}  # {inert(str(quantity.title))}"


def _comment(title: str, lines: list[str]) -> str:
    return "".join(f"# {line}\n" for line in (title, *lines)) if lines else ""
