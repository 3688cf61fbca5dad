"""Writes the package of a new plugin from its templates: all of it, or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Final

from rung import __version__
from rung.hooks import API_EDITION
from rung.runs.atomic import whole_folder
from rung.starting.answers import PluginAnswers
from rung.starting.written_fields import Graded, graded_by, python_fields, quoted
from rung.text import Text

__all__ = ["write_package"]

_TEMPLATE: Final = ".template"
_DOT: Final = "dot-"
# Stands for the dot of a hidden file: some builders leave those out of a wheel.
_OTHERS: Final = 30
# Of a hundred, what the plugin's own fields weigh together.


def write_package(answers: PluginAnswers, into: Path) -> tuple[Path, ...]:
    """Write the package into a new folder of ``into``; return the files, by their paths within that folder.

    Nothing is left behind where it fails; a folder that is there already is never touched. Raises
    RungError where the disk refuses.
    """
    words = _words(answers)
    written = {
        Path(place.replace("NAME", answers.name)): Template(source.read_text(encoding="utf-8")).substitute(
            words
        )
        for place, source in _templates(files("rung.starting") / "plugin", "")
    }
    with whole_folder(into / answers.distribution) as folder:
        for place, text in written.items():
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_text(text, encoding="utf-8", newline="\n")
    return tuple(sorted(written))


def _templates(folder: Traversable, within: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        name = f".{each.name.removeprefix(_DOT)}" if each.name.startswith(_DOT) else each.name
        if each.is_dir():
            yield from _templates(each, f"{within}{name}/")
        elif each.name.endswith(_TEMPLATE):
            yield within + name.removesuffix(_TEMPLATE), each


def _words(answers: PluginAnswers) -> Mapping[str, str]:
    graded = [graded_by(field) for field in answers.fields if field.is_graded]
    spend, purchases = (40, 30) if graded else (60, 40)
    has_choices = any(field.choices for field in answers.fields)
    author = f"authors = [{{ name = {_toml(answers.author)} }}]\n" if answers.author else ""
    return {
        "name": answers.name,
        "package": answers.package,
        "distribution": answers.distribution,
        "suite": "".join(part.title() for part in answers.name.split("_")),
        "title_zh": answers.title.zh,
        "title_en": answers.title.en,
        "title_zh_quoted": quoted(answers.title.zh),
        "title_en_quoted": quoted(answers.title.en),
        "description": _toml(f"{answers.title.en}, for Rung: fields, purchases, criteria and a policy."),
        "authors": author,
        "edition": str(API_EDITION),
        "rung": __version__,
        "imports": ("Choice, " if has_choices else "") + "Field, Kind, Text",
        "fields": python_fields(answers.fields),
        "spend_weight": str(spend),
        "purchases_weight": str(purchases),
        "criteria": "".join(map(_criterion, graded)),
        "uses": "".join(_use(answers.name, each, len(graded)) for each in graded),
        "best": "".join(f", {each.field.id} = {each.best}" for each in graded),
        "own_tests": "".join(_between(graded, place) for place in range(2)),
        "worst": "".join(f", {each.field.id} = {each.worst}" for each in graded),
    }


def _criterion(graded: Graded) -> str:
    title = _both(graded.field.title)
    bands = "".join(f"    {{ when = {cell}, points = {points} }},\n" for cell, points in graded.bands)
    return f"""
[{graded.field.id}]
title = {title}
measure = "{graded.field.id}"
weight = 10
bands = [
{bands}]
missing = "drop"
reason = {title}
basis = "assumed"
because = {{ zh = "先随手取的，请换成自己的。", en = "taken to begin with; put your own here" }}
"""


def _use(plugin: str, graded: Graded, count: int) -> str:
    return f'\n[[criteria]]\nuse = "{plugin}.{graded.field.id}"\nweight = {max(1, _OTHERS // count)}\n'


def _between(graded: Sequence[Graded], place: int) -> str:
    """Return the example at one end of what lies between the best band and the last."""
    found = [each for each in graded if each.between]
    if not found:
        return ""
    name = (
        "自有字段，稍逊最好 · own fields, just short of the best",
        "自有字段，中间档的末端 · own fields, the last",
    )
    values = "".join(f", {each.field.id} = {each.between[place]}" for each in found)
    # A category of many choices has its last but one there.
    bands = ", ".join(f"{each.field.id} = {len(each.bands) - 1 if place else 2}" for each in found)
    return f"""
[[tests]]
name = "{name[place]}"
customer = {{ spend_12m = 10_000, purchases_12m = 4{values} }}
expect = {{ bands = {{ {bands} }} }}
"""


def _both(title: Text) -> str:
    return f"{{ zh = {_toml(title.zh)}, en = {_toml(title.en)} }}"


def _toml(text: str) -> str:
    # A basic string of TOML is written as one of JSON; control characters were refused before.
    return json.dumps(text, ensure_ascii=False)
