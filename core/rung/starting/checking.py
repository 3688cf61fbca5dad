"""Finds everything that is wrong with the answers before a file is written."""

from __future__ import annotations

import keyword
import os
import re
from collections.abc import Collection, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from rung.errors import Place, Problem
from rung.plugins.quantities import header_problems, quantity_problems, repeated
from rung.starting.answers import PluginAnswers
from rung.text import Text, _, display_width, inert
from rung.vocabulary import Field, Kind

__all__ = ["OWN", "answer_problems", "target_problems"]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
_WIDEST: Final = 40
# Columns of a title in the terminal: longer ones break every table, and the lines of the package.


def _own(name: str, zh: str, en: str, kind: Kind, *aliases: str) -> Field:
    return Field(id=name, title=Text(zh, en), kind=kind, aliases=aliases)


OWN: Final = (
    _own("customer_id", "客户编号", "Customer id", Kind.TEXT, "客户号", "customer no"),
    _own("customer_name", "客户名称", "Customer name", Kind.TEXT, "姓名", "name"),
    _own("spend_12m", "近12个月消费", "Spend in 12 months", Kind.MONEY, "年消费", "yearly spend"),
    _own(
        "purchases_12m",
        "近12个月购买次数",
        "Purchases in 12 months",
        Kind.INTEGER,
        "年购买次数",
        "yearly purchases",
    ),
    _own(
        "days_since_purchase",
        "距上次购买天数",
        "Days since the last purchase",
        Kind.INTEGER,
        "未购买天数",
        "days without purchase",
    ),
)
"""Names and headers the package has whatever is asked for; a test holds them to its template."""

_CRITERIA: Final = frozenset({"spend", "purchases"})
_CODE_WORDS: Final = frozenset({"gate", "rule", "share", "missing", "fault"})
# Reason codes begin with these, and the criterion of a field is called as the field is.


def answer_problems(answers: PluginAnswers, taken: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with the name, the titles and the fields; ``taken``: ids of installed plugins."""
    yield from _name(answers.name, taken)
    yield from _title(_("The plugin"), answers.title)
    if inert(answers.author) != answers.author or len(answers.author) > 100:
        yield Problem(
            _("The author's name has control characters, or more than 100 letters."),
            _("Write it in one line, or leave --author out."),
        )
    yield from _fields(answers)


def _name(name: str, taken: Collection[str]) -> Iterator[Problem]:
    told = {"name": name, "package": f"rung_{name}"}
    if name.startswith(("rung_", "rung-")):
        yield Problem(
            _("“{name}” names the package, not the trade.").format(**told),
            _("Leave “rung” away; it is put before the name."),
        )
    elif not _NAME.fullmatch(name) or name.endswith("_"):
        yield Problem(
            _("“{name}” is no name for a plugin.").format(**told),
            _("Write small letters, digits and underscores, a letter first, such as beauty_salon."),
        )
    elif keyword.iskeyword(name) or keyword.issoftkeyword(name):
        yield Problem(
            _("“{name}” is a word of Python's own.").format(**told), _("Choose another, such as hotel.")
        )
    elif name in taken:
        yield Problem(
            _("A plugin “{name}” is installed already, and two of one id are both refused.").format(**told),
            _("Choose another name, or uninstall that one."),
        )
    elif find_spec(told["package"]) is not None:
        yield Problem(
            _("A package “{package}” is installed already.").format(**told), _("Choose another name.")
        )


def _title(where: str, title: Text) -> Iterator[Problem]:
    for written in (title.zh, title.en):
        if not written or inert(written) != written or "${" in written or "\\" in written:
            yield Problem(
                _("{where} has a title that cannot be used: “{title}”.").format(where=where, title=written),
                _("Write a few words, without backslashes, “${” or control characters."),
            )
        elif display_width(written) > _WIDEST:
            yield Problem(
                _("{where} has a title too wide for a table: “{title}”.").format(where=where, title=written),
                _("Keep to {most} columns; a Chinese character takes two.").format(most=_WIDEST),
            )
    if _CHINESE.search(title.en) or not (_CHINESE.search(title.zh) or title.zh == title.en):
        yield Problem(
            _("{where} wants a title in Chinese and one in English, not “{zh}” and “{en}”.").format(
                where=where, zh=title.zh, en=title.en
            ),
            _("Write each in its own letters, or both the same where there is one name for both."),
        )


def _fields(answers: PluginAnswers) -> Iterator[Problem]:
    declared = [field.declared() for field in answers.fields]
    own = {field.id for field in OWN}
    for start, field in zip(answers.fields, declared, strict=True):
        where = _("Field “{name}”").format(name=field.id)
        yield from quantity_problems(field, where)
        yield from _title(where, field.title)
        for name, title in start.choices:
            yield from _title(where, title)
            if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                yield Problem(
                    _("{where} has a choice “{name}” that is no name.").format(where=where, name=name),
                    _("Write small letters, digits and underscores, a letter first."),
                )
        if field.id in own or (start.is_graded and field.id in _CRITERIA):
            yield Problem(
                _("{where} is there already: every package begins with it.").format(where=where),
                _("Leave it out, or call yours otherwise."),
            )
        if start.is_graded and field.id in _CODE_WORDS:
            yield Problem(
                _("{where} would give a criterion of its name, and reason codes begin so.").format(
                    where=where
                ),
                _("Call it otherwise."),
            )
    yield from repeated(_("a field"), (field.id for field in declared))
    others = [field for field in declared if field.id not in own]
    yield from header_problems((*OWN, *others), _("the customers' table"))


def target_problems(into: Path, folder: str) -> Iterator[Problem]:
    """Yield what keeps a new folder from being made in ``into``."""
    if not into.is_dir():
        hint = _("Create it, or choose another.")
        yield Problem(_("The folder to write into is not there."), hint, Place(str(into)))
    elif os.path.lexists(into / folder):
        yield Problem(
            _("It is there already; nothing is overwritten."),
            _("Choose another name, or another folder with --into."),
            Place(str(into / folder)),
        )
    elif not os.access(into, os.W_OK | os.X_OK):
        yield Problem(
            _("You may not write into this folder."), _("Choose another with --into."), Place(str(into))
        )
