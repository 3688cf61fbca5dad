"""What surrounds a verb: the workspace if there is one, the plugins, the policies at hand, the language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung.cli.terminal import show_problems
from rung.errors import Problem, RungError
from rung.plugins import PluginHost
from rung.text import _, set_language
from rung.workspace import Workspace

if TYPE_CHECKING:
    from rung.policy.reader import LoadedPolicy
    from rung.policy.shelf import Shelf
    from rung.workspace.population import AtHand

__all__ = ["Session", "session"]


@dataclass(frozen=True)
class Session:
    """The surroundings of one command."""

    host: PluginHost
    workspace: Workspace | None

    @cached_property
    def shelf(self) -> Shelf:
        """The policies at hand: the workspace's and those the plugins bring."""
        if self.workspace is not None:
            return self.workspace.shelf
        from rung.policy.shelf import Shelf

        return Shelf(self.host, ())

    @property
    def at_hand(self) -> AtHand:
        """The surroundings as the workspace's own functions take them."""
        from rung.workspace.population import AtHand

        return AtHand(self.host, self.shelf, self.workspace)

    def policies(self, names: Sequence[str], as_of: date | None = None) -> tuple[LoadedPolicy, ...]:
        """Return several policies, or without names the workspace's usual one; see ``policy``.

        Raises RungError with the problems of all of them, and for one that is named twice.
        """
        found: list[LoadedPolicy] = []
        problems: list[Problem] = []
        for name in names or (None,):
            try:
                found.append(self.policy(name, as_of))
            except RungError as error:
                problems += error.problems
        ids = [each.policy.id for each in found]
        problems += [
            Problem(
                _("The policy “{name}” is named twice.").format(name=twice),
                _("Grade by two versions of it in two calls."),
            )
            for twice in dict.fromkeys(ids)
            if ids.count(twice) > 1
        ]
        if problems:
            raise RungError.all(problems)
        return tuple(found)

    def policy(self, name: str | None, as_of: date | None = None, *, is_told: bool = True) -> LoadedPolicy:
        """Return a policy by id, ``id@version`` or file; without a name the workspace's usual one.

        Of several versions the one in force on ``as_of``, today if left out. What whoever uses it should
        know, such as that it is a preview, is said on stderr unless not ``is_told``.
        """
        if name is None and self.workspace is not None:
            name = self.workspace.config.policy
        if name is None:
            raise RungError.of(
                _("No policy is named."), _("Add --policy ID-or-FILE; “rung policy list” shows the ids.")
            )
        from rung.workspace.sound_policy import sound_policy

        loaded = sound_policy(self.at_hand, name, as_of)
        if is_told:
            show_problems(loaded.notices)
        return loaded

    def in_workspace(self) -> Workspace:
        """Return the workspace; raises RungError outside of one."""
        if self.workspace is None:
            raise RungError.of(
                _("This is no workspace, nor is any folder above it."),
                _("Make one with “rung init”, or name one with --workspace DIR."),
            )
        return self.workspace


def session(folder: Path | None) -> Session:
    """Return the surroundings: the workspace in ``folder``, else the one the current folder lies in."""
    host = PluginHost()
    workspace = Workspace.find(Path(), host) if folder is None else Workspace.open(folder, host)
    state = click.get_current_context().find_root().obj or {}
    if workspace is not None and workspace.config.language and not state.get("language_given"):
        set_language(workspace.config.language)
    return Session(host, workspace)
