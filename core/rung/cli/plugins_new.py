"""``rung plugins new``: begins a plugin of one's own, as a package that works as it is."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung.cli.asking import ask_or
from rung.cli.options import json_option
from rung.cli.terminal import console, line, print_json
from rung.errors import Problem, RungError
from rung.text import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.starting import PluginAnswers, StartField

__all__ = ["new"]


@click.command(
    help=_(
        "Begin a plugin for a trade of your own: a folder rung-NAME with fields, events, a sample, a policy, "
        "tests that pass at once, pages in two languages and a file for continuous integration. Asks what no "
        "option says, where somebody is there to answer. Nothing that is there is overwritten, and a failure "
        "leaves nothing half written."
    )
)
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help=_("The folder to make it in; the current one if left out."),
)
@click.option("--title-zh", metavar="TEXT", help=_("What the trade is called in Chinese."))
@click.option("--title-en", metavar="TEXT", help=_("What the trade is called in English."))
@click.option("--author", metavar="TEXT", help=_("Who writes it; for the package's metadata."))
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="ID:KIND:ZH:EN",
    help=_(
        "A field of the customers, such as nights:integer:间夜:Nights; may be repeated. The choices of a "
        "category come last, the best first: plan:category:会籍:Plan:yearly=年卡=Yearly,day=次卡=Day pass."
    ),
)
@click.option(
    "--less", multiple=True, metavar="ID", help=_("A field of which less is better; may be repeated.")
)
@click.option("--yes", is_flag=True, help=_("Ask nothing: take what is proposed."))
@json_option
def new(
    name: str,
    into: Path,
    title_zh: str | None,
    title_en: str | None,
    author: str | None,
    fields: tuple[str, ...],
    less: tuple[str, ...],
    yes: bool,
    as_json: bool,
) -> None:
    """Write the package."""
    from rung.starting import write_package

    said = _Said(name, title_zh, title_en, author, fields, less)
    # What is wrong already is told before anything is asked.
    answers = _checked(said, into)
    if not yes and not as_json and sys.stdin.isatty():
        answers = _checked(_asked(said), into)
    written = write_package(answers, into)
    folder = into / answers.distribution
    if as_json:
        print_json(
            {
                "plugin": answers.name,
                "folder": str(folder),
                "package": answers.package,
                "distribution": answers.distribution,
                "files": [each.as_posix() for each in written],
            }
        )
        return
    _tell(answers, folder, written)


class _Said:
    """What was said so far, by options and by answers."""

    def __init__(
        self,
        name: str,
        title_zh: str | None,
        title_en: str | None,
        author: str | None,
        fields: Sequence[str],
        less: Sequence[str],
    ) -> None:
        self.name, self.title_zh, self.title_en, self.author = name, title_zh, title_en, author
        self.fields, self.less = tuple(fields), tuple(less)

    def title(self) -> Text:
        """Return the title, made from the name as far as it was not said."""
        words = self.name.replace("_", " ")
        zh = f"{words}客户" if self.title_zh is None else self.title_zh.strip()
        en = f"{words.capitalize()} customers" if self.title_en is None else self.title_en.strip()
        return Text(zh, en)

    def read(self) -> tuple[tuple[StartField, ...], list[Problem]]:
        """Return the fields, and what is wrong with the way they are written."""
        from rung.starting import read_field, usual_fields

        found = [read_field(each) for each in self.fields]
        problems = [each for each in found if isinstance(each, Problem)]
        fields = tuple(each for each in found if not isinstance(each, Problem)) or usual_fields()
        problems += self._less(fields) if not problems else ()
        return tuple(
            replace(each, is_less_better=True) if each.id in self.less else each for each in fields
        ), problems

    def _less(self, fields: Sequence[StartField]) -> Iterator[Problem]:
        from rung.errors import did_you_mean

        graded = tuple(each.id for each in fields if each.is_graded)
        for name in self.less:
            if name not in graded:
                yield Problem(
                    _("--less names “{name}”, which is no field that is graded by.").format(name=name),
                    did_you_mean(name, graded),
                )


def _checked(said: _Said, into: Path) -> PluginAnswers:
    """Return the answers; raises RungError with everything that is wrong with them."""
    from rung.plugins import PluginHost
    from rung.starting import PluginAnswers, answer_problems, target_problems

    fields, problems = said.read()
    answers = PluginAnswers(
        name=said.name, title=said.title(), author=(said.author or "").strip(), fields=fields
    )
    problems += answer_problems(answers, PluginHost().ids())
    problems += target_problems(into, answers.distribution)
    if problems:
        raise RungError.all(problems)
    return answers


def _asked(said: _Said) -> _Said:
    proposed = said.title()
    zh = said.title_zh if said.title_zh is not None else ask_or(_("Its name in Chinese"), proposed.zh)
    en = said.title_en if said.title_en is not None else ask_or(_("Its name in English"), proposed.en)
    author = said.author if said.author is not None else ask_or(_("Author"), "")
    fields, less = said.fields, said.less
    if not fields:
        fields = tuple(_fields())
        if fields and not less:
            less = tuple(filter(None, ask_or(_("Of which is less better"), "").replace("，", ",").split(",")))
    return _Said(said.name, zh, en, author, fields, [each.strip() for each in less])


def _fields() -> Iterator[str]:
    """Ask for one field after the other, each until it can be read; nothing said ends it."""
    from rung.starting import read_field

    console().print(line(_("Fields of the customers, one a line; nothing ends the list."), "dim"))
    console().print(line("nights:integer:间夜:Nights", "dim"))
    while written := ask_or(_("Field"), ""):
        found = read_field(written)
        if isinstance(found, Problem):
            console().print(line(found, "red"))
        else:
            yield written


def _tell(answers: PluginAnswers, folder: Path, written: Sequence[Path]) -> None:
    screen = console()
    screen.print(
        line(_("Written: {file}, {n} files.").format(file=folder, n=len(written)), "green"), soft_wrap=True
    )
    screen.print(line(_("No licence was written: choose one, and add its LICENSE file.")))
    screen.print(line(_("Next, in an environment of its own:"), "dim"))
    for command in (
        f"cd {shlex.quote(str(folder)) if sys.platform != 'win32' else folder}",
        'python -m pip install --editable ".[test]"',
        "python -m pytest",
        f"rung policy check {answers.name}.tiers",
    ):
        screen.print(line(f"  {command}", "dim"), soft_wrap=True)
