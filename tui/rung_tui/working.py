"""Work beside the screen, begun without writing out what it is given.

Textual describes a worker by the ``repr`` of its arguments, on the thread of the screen: seconds for a list
of ten thousand. Here it is described by its group.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from textual import work as textual_work
from textual.worker import Worker

__all__ = ["work"]

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def work(
    *, group: str, exclusive: bool = False
) -> Callable[[Callable[_Given, Coroutine[None, None, _Result]]], Callable[_Given, Worker[_Result]]]:
    """Have a method run as a worker of a group; ``exclusive``: the group's worker before it is given up."""
    begun: Any = textual_work(group=group, exclusive=exclusive, description=group)
    return begun  # type: ignore[no-any-return]
