"""Shows where the values of a policy come from: file, line, and what each overrode."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rung.cli.terminal import grid, line
from rung.errors import Place
from rung.policy.keys import KeyPath, written_key
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.policy.reader import LoadedPolicy
    from rung.policy.sources import Overridden, Setting

__all__ = ["plain_sources", "render_sources"]

_LONGEST: Final = 48
# Characters of a value shown; the file has the rest.


def render_sources(loaded: LoadedPolicy) -> Iterator[RenderableType]:
    """Yield a table of every value but the tests, the files it names, and what layers took out."""
    names = _file_names(loaded)
    rows = [
        (
            _named_key(each.path, loaded.table),
            _shown(each.value),
            _place(each.origin.place(), names),
            "\n".join(_overridden(old, names) for old in reversed(each.overrode)),
        )
        for each in _settings(loaded)
    ]
    yield grid((_("key"), _("value"), _("set by"), _("overrides")), rows)
    if loaded.sources.removed:
        yield line("")
        gone = [
            (
                f"{written_key(each.what.origin.path)} {_shown(_named(each.what.value))}".strip(),
                _place(each.what.origin.place(), names),
                _place(each.by.place(), names),
            )
            for each in loaded.sources.removed
        ]
        yield grid((_("taken out"), _("set by"), _("taken out by")), gone)
    yield line("")
    yield grid((_("name"), _("file")), [(short, name) for name, short in names.items()], whole=(1,))


def plain_sources(loaded: LoadedPolicy) -> dict[str, Any]:
    """Return the same as it stands in JSON."""
    return {
        "id": loaded.policy.id,
        "version": loaded.policy.version,
        "layers": [
            {"id": each.id, "file": each.name} for each in (*loaded.sources.layers, loaded.sources.own)
        ],
        "libraries": [{"sector": each.id, "file": each.name} for each in loaded.sources.libraries],
        "values": [
            {
                "key": written_key(each.path),
                "value": each.value,
                **_where(each.origin.place()),
                "overrode": [{"value": old.value, **_where(old.origin.place())} for old in each.overrode],
            }
            for each in _settings(loaded)
        ],
        "removed": [
            {
                "key": written_key(each.what.origin.path),
                "value": each.what.value,
                **_where(each.what.origin.place()),
                "by": _where(each.by.place()),
            }
            for each in loaded.sources.removed
        ],
    }


def _named_key(path: KeyPath, table: Any) -> str:
    """Return a path as it is written, list members by their names where they have one."""
    written, value = "", table
    for part in path:
        value = value[part]
        if isinstance(part, int):
            name = _named(value) if isinstance(value, dict) else ""
            written += f"[{name or part}]"
        else:
            written += f".{written_key((part,))}" if written else written_key((part,))
    return written


def _settings(loaded: LoadedPolicy) -> Iterator[Setting]:
    return (each for each in loaded.sources.settings(loaded.table) if each.path[0] != "tests")


def _where(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line}


def _file_names(loaded: LoadedPolicy) -> dict[str, str]:
    """Return a short name for each file: a layer's id, a library's sector."""
    sources = loaded.sources
    names = {each.name: f"{each.id}/criteria.toml" for each in sources.libraries}
    return names | {each.name: each.id or each.name for each in (*sources.layers, sources.own)}


def _place(place: Place, names: dict[str, str]) -> str:
    name = names.get(place.file, place.file)
    return name if place.line is None else f"{name}:{place.line}"


def _overridden(old: Overridden, names: dict[str, str]) -> str:
    return _("{value} of {place}").format(value=_shown(old.value), place=_place(old.origin.place(), names))


def _named(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get("id") or value.get("level") or value.get("use") or ""
    return value


def _shown(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            told = _("a table")
        case list():
            told = "[" + ", ".join(map(_shown, value)) + "]"
        case date():
            told = value.isoformat()
        case _:
            told = str(value)
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
