"""Writes docs/reference/sdk.md, what a plugin may import and implement, from the code: ``make docs``."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

from source_docs import ClassSource, FunctionSource, classes, constants, functions, markdown

from rung import hooks, sampling, sdk

__all__ = ["PAGE", "page"]

PAGE: Final = Path(__file__).parent / "reference/sdk.md"

_VOCABULARY: Final = ("quantities", "features", "records", "sectors")
_SECTIONS: Final = (
    ("Sectors", tuple(f"rung.vocabulary.{name}" for name in _VOCABULARY)),
    ("Text in two languages", ("rung.text",)),
    ("Data sources", ("rung.supplies.sources",)),
    ("Exporters", ("rung.supplies.exporters",)),
    ("Panels", ("rung.supplies.panels",)),
)
# Where the names of rung.sdk are defined, in the order an author meets them.

_COMMON: Final = "Quantity"
# Not to be imported, but what fields, features and measures have in common stands there.

_HEAD: Final = """\
<!-- Written by docs/sdk_reference.py from the code: make docs. Edit the docstrings, not this page. -->

# Hooks and `rung.sdk`

All that a plugin implements and all that it may import, edition {edition}. The text is that of the \
docstrings, in English. How to begin, and how to do this or that: [plugins.md](../plugins.md).

- [Hooks](#hooks): {hooks}
{contents}
- [Sample tables](#sample-tables): `sampling`
- [The edition](#the-edition): `API_EDITION`, `hookimpl`

Durations are written `24h`, `7d`, `2w`, `12mo`, `1y`. *Required* stands where there is no default. Every \
dataclass is frozen and takes its fields by keyword, but those marked *in order too*.
"""


def page() -> str:
    """Return the whole page."""
    sections = [(title, _shown(map(importlib.import_module, names))) for title, names in _SECTIONS]
    contents = "\n".join(
        f"- [{title}](#{title.lower().replace(' ', '-')}): {_linked(each.name for each in found)}"
        for title, found in sections
    )
    head = _HEAD.format(edition=sdk.API_EDITION, hooks=_linked(_hooks()), contents=contents)
    parts = [head, *_hooks_shown()]
    for title, found in sections:
        parts.append(f"## {title}")
        for each in found:
            parts += _class(each)
    return "\n\n".join(part.strip("\n") for part in [*parts, *_sampling(), *_edition()]) + "\n"


def _linked(names: Iterable[str]) -> str:
    return ", ".join(f"[`{name}`](#{name.lower()})" for name in names)


def _shown(modules: Iterable[ModuleType]) -> list[ClassSource]:
    wanted = {_COMMON, *sdk.__all__}
    return [each for module in modules for name, each in classes(module).items() if name in wanted]


def _hooks() -> dict[str, FunctionSource]:
    return {
        name: each for name, each in functions(hooks).items() if hasattr(getattr(hooks, name), "rung_spec")
    }


def _hooks_shown() -> Iterator[str]:
    groups = {each.doc: each for each in constants(hooks).values() if each.name.endswith("GROUP")}
    yield "## Hooks"
    yield (
        "A module named by an entry point of the group implements its hook, marked `@hookimpl`, "
        "and says `RUNG_API`."
    )
    for name, hook in _hooks().items():
        told, group = next((doc, each) for doc, each in groups.items() if f"``{name}``" in doc)
        yield f"### {name}"
        yield f"```python\n@hookimpl\ndef {name}{hook.signature}: ...\n```"
        yield markdown(hook.doc)
        yield _group(getattr(hooks, group.name), told)
    yield "### Verbs"
    yield "No hook. " + _group(hooks.VERB_GROUP, constants(hooks)["VERB_GROUP"].doc)


def _group(name: str, doc: str) -> str:
    return f"Group of entry points `{name}`: {markdown(doc.removeprefix('Entry-point group of '))}"


def _class(each: ClassSource) -> Iterator[str]:
    yield f"### {each.name}"
    yield markdown(each.doc)
    if each.name == _COMMON:
        yield "Not to be imported: the base of `Field`, `Feature` and `Measure`."
    elif _COMMON in each.bases:
        yield f"It has all that [`{_COMMON}`](#{_COMMON.lower()}) has, and:"
    elif each.name in _IN_ORDER:
        yield "Its fields may be given in order too."
    if "StrEnum" in each.bases:
        words = getattr(sdk, each.name)
        members = ((f"`{member.name}`", f'`"{words[member.name]}"`', member.doc) for member in each.fields)
        yield _table(each.name, ("member", "word", "what it is"), members)
    elif each.fields:
        rows = (
            (
                f"`{field.name}`",
                f"`{field.annotation}`",
                "required" if field.value is None else f"`{field.value}`".replace("'", '"'),
                field.doc,
            )
            for field in each.fields
        )
        yield _table(each.name, ("field", "type", "default", "what it holds"), rows)
    yield from _listed(each.methods)


_IN_ORDER: Final = frozenset(
    name
    for name in sdk.__all__
    if getattr(getattr(sdk, name), "__match_args__", ())  # a dataclass by keyword alone has none
)


def _table(name: str, headers: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (
        "| " + " | ".join(" ".join(markdown(cell).split()).replace("|", "\\|") for cell in row) + " |"
        for row in rows
    )
    head = f"| {' | '.join(headers)} |\n|{'---|' * len(headers)}"
    return "\n".join([f"<!-- keys: {name} -->", head, *lines])


def _listed(found: Iterable[FunctionSource]) -> Iterator[str]:
    lines = [
        f"- `{each.name}{': ' if each.is_property else ''}{each.signature}`: "
        + " ".join(markdown(each.doc).split())
        for each in found
    ]
    if lines:
        yield "\n".join(lines)


def _sampling() -> Iterator[str]:
    yield "## Sample tables"
    yield f"`rung.sdk.sampling`. {markdown(sampling.__doc__ or '')}"
    yield from _listed(each for name, each in functions(sampling).items() if name in sampling.__all__)
    yield "\n".join(
        f"- `{name} = {each.value}`: {markdown(each.doc)}"
        for name, each in constants(sampling).items()
        if name in sampling.__all__
    )


def _edition() -> Iterator[str]:
    yield "## The edition"
    told = constants(hooks)
    yield "\n".join(
        (
            f"- `API_EDITION = {hooks.API_EDITION}`: {markdown(told['API_EDITION'].doc)}",
            f"- Loaded are editions {', '.join(map(str, hooks.SUPPORTED_EDITIONS))}. "
            + markdown(told["SUPPORTED_EDITIONS"].doc),
            f"- `hookimpl`: {markdown(told['hookimpl'].doc)}",
        )
    )
    yield "What is promised of an edition, and how a plugin supports two: [versions](../guides/versions.md)."


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
