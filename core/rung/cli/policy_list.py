"""``rung policy list``: the policies at hand by sector and family, when to use which, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung import moments
from rung.cli.options import json_option, workspace_option
from rung.cli.session import Session, session
from rung.cli.terminal import console, line, print_json, show_problems
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.policy.entries import Entry
    from rung.policy.model import Policy

__all__ = ["Listed", "families", "list_"]


@click.command(
    "list",
    help=_(
        "List the policies at hand, by sector and family, and when to use which: the workspace's own and "
        "those the plugins bring."
    ),
)
@workspace_option
@json_option
def list_(workspace: Path | None, as_json: bool) -> int:
    """List the policies; return 1 where one cannot be read."""
    surroundings = session(workspace)
    shelf = surroundings.shelf
    entries, faults = shelf.entries(), shelf.faults()
    problems = [problem for entry in entries for problem in entry.problems] + list(faults)
    today = moments.today()
    rows = [Listed(entry, today) for entry in entries]
    if as_json:
        print_json({"policies": [each.plain() for each in rows], "problems": list(map(str, problems))})
    else:
        screen = console()
        for group in families(rows, surroundings):
            for part in _shown(*group):
                screen.print(part, soft_wrap=True)
        show_problems(problems)
    return 1 if problems else 0


@dataclass(frozen=True, slots=True)
class Listed:
    """One policy as a list tells it."""

    entry: Entry
    day: date

    @property
    def policy(self) -> Policy | None:
        """What it says; ``None`` where it cannot be read."""
        return self.entry.loaded.policy if self.entry.loaded else None

    @property
    def group(self) -> tuple[str, str]:
        """The sector it is listed under, empty for one's own, and its family."""
        family = self.policy.family if self.policy else None
        return self.entry.plugin or "", family or ""

    @property
    def is_laid_over(self) -> bool:
        """Whether it is a layer over another policy."""
        return self.policy is not None and self.policy.extends is not None

    @property
    def is_preview(self) -> bool:
        """Whether it is not in force on the day."""
        return not self.entry.heading.holds_on(self.day)

    def marks(self) -> tuple[str, ...]:
        """Return what sets it apart: published, laid over another, not in force."""
        marks = [_("published")] if self.entry.heading.is_published else []
        if self.policy is not None and self.policy.extends is not None:
            marks.append(_("over {name}").format(name=self.policy.extends))
        if self.is_preview:
            marks.append(_("preview"))
        return tuple(marks)

    def plain(self) -> dict[str, Any]:
        """Return it as it stands in JSON."""
        found, heading = self.policy, self.entry.heading
        return {
            "id": self.entry.id,
            "version": found.version if found else None,
            "title": found.title if found else None,
            "grades": found.grades if found else None,
            "plugin": self.entry.plugin,
            "file": str(self.entry.source),
            "sector": found.sector if found else None,
            "family": found.family if found else None,
            "use_when": found.guide.use_when if found and found.guide else None,
            "extends": found.extends if found else None,
            "published": heading.is_published,
            "preview": self.is_preview,
            "effective_from": heading.start,
            "effective_to": heading.end,
        }


def families(rows: Iterable[Listed], surroundings: Session) -> Iterator[tuple[str, list[Listed]]]:
    """Yield the policies family by family, each under its heading: one's own first, then by sector."""
    ordered = sorted(rows, key=lambda each: (each.group, each.is_laid_over))
    for (plugin, family), members in groupby(ordered, lambda each: each.group):
        title = plugin or _("Of this workspace")
        if plugin:
            with suppress(RungError):
                title = str(surroundings.host.sector(plugin).title)
        told = _("{sector}: {family}").format(sector=title, family=family) if family else title
        yield told, list(members)


def _shown(title: str, members: list[Listed]) -> Iterator[object]:
    yield line(title, "bold cyan")
    width = max(len(each.entry.id) for each in members)
    for each in members:
        yield line("  " + "  ".join(_cells(each, width)))
        if each.policy is not None and each.policy.guide is not None:
            yield line(f"    {each.policy.guide.use_when}", "dim")
    yield line("")


def _cells(listed: Listed, width: int) -> Iterator[str]:
    found = listed.policy
    yield listed.entry.id.ljust(width)
    if found is None:
        yield _("cannot be read")
    else:
        yield found.version
        yield str(found.title)
        yield " ".join(found.grades)
    yield listed.entry.plugin or str(listed.entry.source)
    if listed.marks():
        yield _("({words})").format(words=_("; ").join(listed.marks()))
