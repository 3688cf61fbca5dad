"""Which acts on record are wanted: the options that ``audit log`` and ``audit export`` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from rung.cli.options import Moment
from rung.text import _

__all__ = ["acts_options"]

_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def acts_options(verb: _Verb) -> _Verb:
    """Give a verb the options that choose acts."""
    for option in reversed(_options()):
        verb = option(verb)
    return verb


def _options() -> tuple[Callable[[_Verb], _Verb], ...]:
    kind = _("Only those of a kind, such as override.approved, or all of “override”; may be repeated.")
    return (
        click.option("--customer", metavar="ID", help=_("Only those about one customer.")),
        click.option("--person", metavar="NAME", help=_("Only those of one person, by account or name.")),
        click.option("--policy", metavar="ID", help=_("Only those under one policy.")),
        click.option("--kind", "kinds", multiple=True, metavar="KIND", help=kind),
        click.option(
            "--since",
            type=Moment(),
            metavar="WHEN",
            help=_("Only those of that moment and after: 2026-06-30 or “2026-06-30 14:30”."),
        ),
        click.option(
            "--until",
            type=Moment(is_end=True),
            metavar="WHEN",
            help=_("Only those before its end: of that day, or that minute, and before."),
        ),
    )
