"""What ``--set`` gives to a plugin's data source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.pipeline.sources import Given

__all__ = ["option_settings"]


def option_settings(settings: Sequence[str]) -> dict[str, Given]:
    """Read ``OPTION=VALUE`` pairs; raises RungError for all that are none or stand twice."""
    from rung.pipeline.sources import Given

    found: dict[str, Given] = {}
    problems: list[Problem] = []
    for setting in settings:
        name, sign, value = setting.partition("=")
        name = name.strip()
        if not (sign and name):
            # What stands there may be a secret: it is not repeated.
            problems.append(
                Problem(
                    _("--set names no option."), _("Write --set OPTION=VALUE, such as --set region=east.")
                )
            )
        elif name in found:
            message = _("The option “{name}” is given twice.").format(name=name)
            problems.append(Problem(message, _("Leave one of the two out.")))
        else:
            found[name] = Given(value)
    if problems:
        raise RungError.all(problems)
    return found
