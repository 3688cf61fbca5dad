"""Where the change of a policy goes: which policy it is laid over, into which file, under which id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rung.adopting import Adoption
from rung.errors import RungError
from rung.policy.heading import read_heading
from rung.policy.model import Policy
from rung.policy.program_owned import owned_table
from rung.policy.published import read_register
from rung.policy.reader import LoadedPolicy
from rung.policy.shelf import Shelf
from rung.text import _
from rung.workspace.places import POLICIES

if TYPE_CHECKING:
    from rung.workspace.workspace import Workspace

__all__ = ["DraftPlace", "next_version", "place_of"]


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """What a draft is laid over, and the layer it becomes."""

    policy_id: str
    """Of the policy that is changed."""
    base: LoadedPolicy
    out: Path
    own_id: str
    version: str
    """The layer's next: one that is not published."""
    is_new: bool
    """Whether the layer does not exist yet."""
    is_published: bool = False
    """Whether the layer, as its file has it, is a published version."""
    notice: str = ""
    """Why the change does not go into the policy's own file, in words."""

    def begun(self, shelf: Shelf) -> Adoption:
        """Return the layer with nothing changed yet."""
        return Adoption.begin(self.base, shelf, self.out, self.own_id, self.version)


def place_of(workspace: Workspace, policy_id: str, today: date) -> DraftPlace:
    """Return where changes of a policy go; raises RungError where the workspace does not hold it.

    A layer that the program wrote is changed itself. Over any other policy, a ready one, one that a person
    wrote, one of which only published versions are left, a layer is laid.
    """
    shelf, folder = workspace.shelf, workspace.folder / POLICIES
    own = _own_layer(shelf, policy_id, folder)
    if own is not None:
        table = owned_table(own)
        base = shelf.find(str(table["extends"]), today)
        written = str(table.get("version", "1"))
        version = _free(folder, policy_id, written)
        is_published = version != written
        return DraftPlace(policy_id, base, own, policy_id, version, is_new=False, is_published=is_published)
    base = shelf.find(policy_id, today)
    own_id, out = _free_place(base.policy, folder)
    is_new = not out.exists()
    written = "1" if is_new else read_heading(out).version or "1"
    version = _free(folder, own_id, written)
    notice = _notice(base, own_id, folder)
    is_published = version != written and not is_new
    return DraftPlace(policy_id, base, out, own_id, version, is_new, is_published, notice)


def next_version(version: str) -> str:
    """Return the version after one: its last number is one more.

    >>> next_version("2026.1"), next_version("1"), next_version("spring")
    ('2026.2', '2', 'spring.2')
    """
    found = re.fullmatch(r"(.*?)(\d+)", version)
    return f"{found[1]}{int(found[2]) + 1}" if found else f"{version}.2"


def _own_layer(shelf: Shelf, policy_id: str, folder: Path) -> Path | None:
    """Return the one file of the policy that the program wrote as a layer, if there is one."""
    found = []
    for heading in shelf.versions(policy_id):
        if heading.is_published or heading.source.parent.absolute() != folder.absolute():
            continue
        try:
            if "extends" in owned_table(heading.source):
                found.append(heading.source)
        except RungError:
            continue  # a person wrote it
    return found[0] if len(found) == 1 else None


def _free(folder: Path, policy_id: str, version: str) -> str:
    register = read_register(folder)
    while register.find(policy_id, version) is not None:
        version = next_version(version)
    return version


def _free_place(base: Policy, folder: Path) -> tuple[str, Path]:
    """Return id and file of a layer: that of an earlier one over the policy, else the first that is free."""
    name = base.id.rpartition(".")[2]
    taken = {read_heading(path).id for path in folder.glob("*.toml")}
    number = 1
    while True:
        ending = name if number == 1 else f"{name}-{number}"
        own_id, out = f"own.{ending}", folder / f"{ending}.toml"
        number += 1
        if out.exists():
            if _continues(out, base.id):
                return read_heading(out).id or own_id, out
        elif own_id != base.id and own_id not in taken:
            return own_id, out


def _continues(out: Path, base_id: str) -> bool:
    try:
        return owned_table(out).get("extends") == base_id
    except RungError:
        return False


def _notice(base: LoadedPolicy, own_id: str, folder: Path) -> str:
    told = {"policy": base.policy.id, "own": own_id}
    if base.source is None or not base.source.absolute().is_relative_to(folder.absolute()):
        return _("{policy} is a ready policy and stays as it is; the change is {own}, laid over it.").format(
            **told
        )
    if base.policy.published is not None:
        return _("{policy} is published and stays as it is; the change is {own}, laid over it.").format(
            **told
        )
    return _("A person wrote {policy}; it is never rewritten. The change is {own}, laid over it.").format(
        **told
    )
