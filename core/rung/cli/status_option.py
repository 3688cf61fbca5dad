"""``--status`` as people say it: by the words the lists show, in either language, or by JSON's."""

from __future__ import annotations

from typing import Any

import click

from rung.ledger.records import Status
from rung.text import _
from rung.words import fold

__all__ = ["StatusOption"]


class StatusOption(click.ParamType[str]):
    """Where an input stands; gives the value of a ``rung.ledger.Status``."""

    name = "status"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the status; a problem where it is none."""
        for each in Status:
            if _plain(str(value)) in map(_plain, (each.value, each.words.zh, each.words.en)):
                return each.value
        known = _(", ").join(f"“{each.words}”" for each in Status)
        return self.fail(
            _("“{found}” is no status. Known: {known}.").format(found=value, known=known), param, ctx
        )


def _plain(written: str) -> str:
    return fold(written.replace("_", " ").replace("-", " "))
