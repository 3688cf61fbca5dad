"""Who acts: the operating system's account, and what the workspace's config says of the person behind it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.text import Text, _

__all__ = ["Actor", "People", "Role", "account", "read_people"]


class Role(StrEnum):
    """What a person may do, each role also what those before it may."""

    VIEWER = "viewer"
    """Look."""
    REVIEWER = "reviewer"
    """Propose overrides."""
    APPROVER = "approver"
    """Decide on those of others."""
    OWNER = "owner"
    """Change the policies."""

    @property
    def words(self) -> Text:
        """The role as a person reads it."""
        return _ROLES[self]


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

    @property
    def may_propose(self) -> bool:
        """Whether they may propose overrides."""
        return self.role is not Role.VIEWER


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


_KEYS: Final = ("name", "role", "team", "manager", "portfolio")


def read_people(table: object, file: str) -> People:
    """Read the table ``[people.<account>]`` of a config, as parsed; raises RungError with every problem."""
    problems: list[Problem] = []
    listed: dict[str, Actor] = {}
    if not isinstance(table, Mapping):
        raise RungError.of(_("“people” is a table."), _EXAMPLE, Place(file, key="people"))
    for name, entry in table.items():
        faults = list(_faults(str(name), entry, file))
        problems += faults
        if not faults:
            listed[str(name)] = _actor(str(name), entry)
    if problems:
        raise RungError.all(problems)
    return People(listed)


_EXAMPLE: Final = 'For example: [people.zhangwei] name = "张伟", role = "reviewer"'


def _faults(account: str, entry: object, file: str) -> Iterator[Problem]:
    place = Place(file, key=f"people.{account}")
    if not isinstance(entry, Mapping):
        yield Problem(_("Of a person a table is wanted."), _EXAMPLE, place)
        return
    for key, value in entry.items():
        place = Place(file, key=f"people.{account}.{key}")
        if key not in _KEYS:
            message = _("“{name}” is not known here.").format(name=key)
            yield Problem(message, did_you_mean(str(key), _KEYS), place)
        elif key == "role" and value not in tuple(Role):
            message = _("“{found}” is no role.").format(found=value)
            yield Problem(message, did_you_mean(str(value), tuple(Role)), place)
        elif not (isinstance(value, str) or (key == "portfolio" and _is_list_of_text(value))):
            message = _("{found} does not fit “{name}”.").format(found=repr(value), name=key)
            yield Problem(message, _("A text is wanted."), place)


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _actor(account: str, entry: Mapping[str, object]) -> Actor:
    portfolio = entry.get("portfolio", ())
    held = (portfolio,) if isinstance(portfolio, str) else portfolio
    return Actor(
        account=account,
        name=str(entry.get("name") or account),
        role=Role(str(entry.get("role", Role.REVIEWER))),
        team=str(entry.get("team", "")),
        manager=str(entry.get("manager", "")),
        portfolio=tuple(str(item) for item in held) if isinstance(held, list | tuple) else (),
    )
