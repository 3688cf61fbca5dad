"""``rung policy docs``: policies as pages for people who read no TOML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from rung.cli.options import as_of_option, workspace_option
from rung.cli.session import Session, session
from rung.cli.terminal import console, line, show_problems
from rung.errors import Problem, RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.cli.page import Page

__all__ = ["docs"]

_ENDINGS = {"html": (".html", ".htm"), "md": (".md", ".markdown")}


@click.command(
    help=_(
        "Write policies as pages for whoever reads no TOML: what each is for, how the grade comes about, "
        "what is promised, what is assumed. In the language of --lang."
    )
)
@click.argument("names", nargs=-1, metavar="[POLICY]...")
@click.option("--all", "is_all", is_flag=True, help=_("All policies at hand."))
@click.option(
    "--to",
    "form",
    type=click.Choice(["md", "html"]),
    help=_("Markdown or HTML; by the ending of --out if left out, else HTML."),
)
@click.option(
    "--out",
    required=True,
    metavar="DIR-or-FILE",
    type=click.Path(path_type=Path),
    help=_("The file of one page, or the folder of several."),
)
@as_of_option
@workspace_option
def docs(
    names: tuple[str, ...],
    is_all: bool,
    form: str | None,
    out: Path,
    as_of: date | None,
    workspace: Path | None,
) -> int:
    """Write the pages; return 1 where a policy cannot be read."""
    if bool(names) == is_all:
        raise RungError.of(_("Name policies, or say --all."), _("“rung policy list” shows the ids."))
    surroundings = session(workspace)
    chosen = _all(surroundings) if is_all else names
    ending = next((kind for kind, endings in _ENDINGS.items() if out.suffix.lower() in endings), None)
    is_folder = out.is_dir() or ending is None
    if not is_folder and len(chosen) > 1:
        raise RungError.of(
            _("Several pages do not go into one file: {file}.").format(file=out), _("Name a folder.")
        )
    pages, problems = _pages(chosen, surroundings, as_of)
    if problems and not is_all:
        raise RungError.all(problems)
    kind = form or (None if is_folder else ending) or "html"
    written = [_write(page, kind, _target(page, kind, out, is_folder=is_folder)) for page in pages]
    console().print(line(_told(written)), soft_wrap=True)
    show_problems(problems)
    return 1 if problems else 0


def _all(surroundings: Session) -> tuple[str, ...]:
    """Return every policy at hand, once for each of its versions."""
    return tuple(dict.fromkeys(str(entry.source) for entry in surroundings.shelf.entries()))


def _pages(
    names: tuple[str, ...], surroundings: Session, as_of: date | None
) -> tuple[list[Page], list[Problem]]:
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            page = _page(name, surroundings, as_of)
        except RungError as error:
            problems += error.problems
        else:
            name = page.name if page.name not in pages else f"{page.name}@{quote(page.version, safe=' ')}"
            pages[name] = replace(page, name=name)
    return list(pages.values()), problems


def _page(name: str, surroundings: Session, as_of: date | None) -> Page:
    from rung.cli.policy_page import policy_page
    from rung.grading.policy_tests import run_policy_tests
    from rung.pipeline import compiled_policy

    loaded = surroundings.policy(name, as_of, is_told=False)
    compiled = compiled_policy(loaded, surroundings.host)
    report = run_policy_tests(loaded, surroundings.shelf.vocabulary(loaded.policy))
    return policy_page(loaded, compiled, report)


def _target(page: Page, kind: str, out: Path, *, is_folder: bool) -> Path:
    return out / f"{page.name}.{kind}" if is_folder else out


def _write(page: Page, kind: str, target: Path) -> Path:
    from rung.cli.page_html import html
    from rung.cli.page_markdown import markdown
    from rung.runs.atomic import whole_file
    from rung.runs.refusals import refuse_writing

    with refuse_writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(target) as part:
        part.write_text(html(page) if kind == "html" else markdown(page), encoding="utf-8")
    return target


def _told(written: list[Path]) -> str:
    if len(written) == 1:
        return _("Written: {file}").format(file=written[0])
    folder = written[0].parent if written else ""
    return _("Written: {n} pages in {folder}").format(n=len(written), folder=folder)
