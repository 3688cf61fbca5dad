"""Who acts: the operating system's account, and what the workspace's config says of the person behind it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from rung.errors import RungError
from rung.text import Text, _

__all__ = ["Actor", "People", "Role", "account"]


class Role(StrEnum):
    """What a person may do, each role also what those before it may."""

    VIEWER = "viewer"
    """Look."""
    REVIEWER = "reviewer"
    """Propose judgements, corrections and overrides."""
    APPROVER = "approver"
    """Decide on those of others."""
    OWNER = "owner"
    """Change the policies."""

    @property
    def words(self) -> Text:
        """The role as a person reads it."""
        return _ROLES[self]

    def reaches(self, least: str) -> bool:
        """Whether it may do what a role may; what is no role is reached by none."""
        ranks = tuple(Role)
        return least in ranks and ranks.index(self) >= ranks.index(Role(least))


_ROLES: Final = {
    Role.VIEWER: Text("查看人", "viewer"),
    Role.REVIEWER: Text("评审人", "reviewer"),
    Role.APPROVER: Text("审批人", "approver"),
    Role.OWNER: Text("制度负责人", "owner"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person as the workspace knows them."""

    account: str
    name: str
    role: Role = Role.REVIEWER
    team: str = ""
    manager: str = ""
    """Account of the manager."""
    portfolio: tuple[str, ...] = ()
    """What they look after, in the words of the workspace."""
    only_portfolio: bool = False
    """Whether they may propose for customers of their portfolio alone."""
    clearance: bool | None = None
    """Whether they see sensitive values; None leaves it to their role."""
    on_behalf_of: str = ""
    """Account of whom they stand in for: role and portfolio are then that person's."""

    @property
    def may_propose(self) -> bool:
        """Whether they may propose judgements, corrections and overrides."""
        return self.role.reaches(Role.REVIEWER)

    @property
    def may_decide(self) -> bool:
        """Whether they may decide on what others propose."""
        return self.role.reaches(Role.APPROVER)

    @property
    def accounts(self) -> frozenset[str]:
        """Whose acts theirs are: their own, and those of whom they stand in for."""
        return frozenset((self.account, self.on_behalf_of)) - {""}


@dataclass(frozen=True, slots=True)
class People:
    """The people of a workspace by account. A workspace that lists nobody trusts everybody to propose."""

    listed: Mapping[str, Actor] = field(default_factory=dict)

    def actor(self, account: str) -> Actor:
        """Return who has the account; who is not on a list that there is may only look."""
        role = Role.VIEWER if self.listed else Role.REVIEWER
        return self.listed.get(account) or Actor(account=account, name=account, role=role)

    def name(self, account: str) -> str:
        """Return what somebody is called: the account where no name is known."""
        return self.actor(account).name

    def managers(self, account: str) -> tuple[str, ...]:
        """Return the accounts of somebody's managers, the nearest first."""
        found: list[str] = []
        above = self.actor(account).manager
        while above and above not in found:
            found.append(above)
            above = self.actor(above).manager
        return tuple(found)

    def same_line(self, one: str, other: str) -> bool:
        """Whether one of two people reports to the other, through others too, or both to the same person."""
        if one == other:
            return True
        above_one, above_other = self.managers(one), self.managers(other)
        if one in above_other or other in above_one:
            return True
        return bool(above_one and above_other) and above_one[0] == above_other[0]

    @property
    def unlisted_managers(self) -> tuple[str, ...]:
        """The accounts named as managers whom nobody listed, each once: misspelt, or not of the workspace."""
        named = dict.fromkeys(each.manager for each in self.listed.values() if each.manager)
        return tuple(account for account in named if account not in self.listed)


def account() -> str:
    """Return the account this process runs under, as the operating system has it.

    Never from the environment, which anybody may set to another's name.
    """
    if sys.platform == "win32":  # pragma: no cover
        import ctypes

        size = ctypes.c_ulong(257)  # UNLEN + 1 of the Windows API
        buffer = ctypes.create_unicode_buffer(size.value)
        if not ctypes.windll.advapi32.GetUserNameW(buffer, ctypes.byref(size)):
            raise RungError.of(_("The system does not say whose account this is."))
        return buffer.value
    import pwd

    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid:{number}"  # an account without a name, as containers have
