"""Reads who the people of a workspace are from the table ``[people]`` of its config."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.ledger.actor import Actor, People, Role
from rung.text import _

__all__ = ["read_people"]

_KEYS: Final = ("name", "role", "team", "manager", "portfolio", "only_portfolio", "clearance")
_FLAGS: Final = ("only_portfolio", "clearance")


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
    problems += _circles(listed, file)
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
        elif key in _FLAGS:
            if not isinstance(value, bool):
                message = _("{found} does not fit “{name}”.").format(found=repr(value), name=key)
                yield Problem(message, _("Write true or false."), place)
        elif not (isinstance(value, str) or (key == "portfolio" and _is_list_of_text(value))):
            message = _("{found} does not fit “{name}”.").format(found=repr(value), name=key)
            yield Problem(message, _("A text is wanted."), place)


def _circles(listed: Mapping[str, Actor], file: str) -> Iterator[Problem]:
    """Yield one problem a circle of managers, at the first of it that is listed."""
    told: set[str] = set()
    for start in listed:
        chain: list[str] = []
        above = start
        while above in listed and above not in chain:
            chain.append(above)
            above = listed[above].manager
        if above != start or told.intersection(chain):
            continue
        told.update(chain)
        around = " → ".join((*chain, start))
        message = _("Managers in a circle: {accounts}.").format(accounts=around)
        hint = _("Whoever is at the top has no manager: take out one “manager”.")
        yield Problem(message, hint, Place(file, key=f"people.{start}.manager"))


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _actor(account: str, entry: Mapping[str, object]) -> Actor:
    portfolio = entry.get("portfolio", ())
    held = (portfolio,) if isinstance(portfolio, str) else portfolio
    clearance = entry.get("clearance")
    return Actor(
        account=account,
        name=str(entry.get("name") or account),
        role=Role(str(entry.get("role", Role.REVIEWER))),
        team=str(entry.get("team", "")),
        manager=str(entry.get("manager", "")),
        portfolio=tuple(str(item) for item in held) if isinstance(held, list | tuple) else (),
        only_portfolio=entry.get("only_portfolio") is True,
        clearance=clearance if isinstance(clearance, bool) else None,
    )
