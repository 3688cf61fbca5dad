"""Finds the policies a policy is laid over, and lays each over the one below before anything is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rung.errors import Problem, RungError
from rung.policy.files import parse_toml
from rung.policy.keys import KeyPath
from rung.policy.library import Libraries
from rung.policy.merge import Merge
from rung.policy.node import Node
from rung.policy.sources import Origin, Overridden, Removed, SourceText
from rung.text import _

__all__ = ["Bases", "Stack", "lay", "no_bases"]

Bases = Callable[[str], SourceText]
"""Gives the text of a policy by its id; raises RungError where there is none."""


def no_bases(policy_id: str) -> SourceText:
    """Give no policy at all: for policies that stand alone."""
    raise RungError.of(_("The policy “{name}” is not at hand here.").format(name=policy_id))


@dataclass(frozen=True, slots=True)
class _Layer:
    source: SourceText
    table: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stack:
    """A policy's table after its layers were laid over one another, and who wrote what of it."""

    own: SourceText
    below: tuple[SourceText, ...]
    """The layers it is laid over, the lowest first."""
    table: dict[str, Any]
    origins: Mapping[KeyPath, Origin] = field(default_factory=dict)
    overrode: Mapping[KeyPath, tuple[Overridden, ...]] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What is wrong with the laying over."""
    is_baseless: bool = False
    """Whether a layer below is missing, so that much of what is written lacks its other half."""


def lay(text: str, name: str, bases: Bases, libraries: Libraries) -> Stack:
    """Read a policy's text and all it is laid over; raises RungError for what is no TOML."""
    layers = [_read(SourceText(name, text))]
    problems = _find_bases(layers, bases)
    own, below = layers[-1].source, tuple(layer.source for layer in layers[:-1])
    is_baseless = bool(problems)
    if not below and not is_baseless:
        return Stack(own, below, layers[0].table)
    merge = Merge(libraries)
    # What should lie below a lost base counts as empty: the rest can still be judged for its form.
    node = Node({} if is_baseless else layers[0].table, Origin(layers[0].source, ()))
    for layer in layers if is_baseless else layers[1:]:
        node = merge.laid_over(node, layer.table, Origin(layer.source, ()))
    flat = node.flat()
    told = () if is_baseless else tuple(merge.problems)  # without a base, nothing is there to change
    return Stack(
        own=own,
        below=below,
        table=flat.value,
        origins=flat.origins,
        overrode=flat.overrode,
        removed=tuple(merge.removed),
        problems=(*problems, *told),
        is_baseless=is_baseless,
    )


def _find_bases(layers: list[_Layer], bases: Bases) -> tuple[Problem, ...]:
    """Put the layers below in front, the lowest first; return what keeps one from being found."""
    while isinstance(wanted := layers[0].table.get("extends"), str):
        place = Origin(layers[0].source, ("extends",)).place()
        known = [layer.source.id for layer in layers]
        if wanted in known:
            names = [wanted, *known[: known.index(wanted) + 1]]
            return (
                Problem(
                    _("The layers go round in a circle: {names}.").format(names=" → ".join(reversed(names))),
                    _("A policy cannot be laid over one that is laid over it: change extends."),
                    place,
                ),
            )
        try:
            found = bases(wanted)
            layers.insert(0, _read(SourceText(found.name, found.text, wanted)))
        except RungError as error:
            return tuple(each if each.place else each.at(place) for each in error.problems)
    return ()


def _read(source: SourceText) -> _Layer:
    table = parse_toml(source.text, source.name)
    name = source.id or table.get("id")
    return _Layer(SourceText(source.name, source.text, name if isinstance(name, str) else ""), table)
