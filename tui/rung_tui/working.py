"""Work beside the screen, begun without writing out what it is given.

Textual describes a worker by the ``repr`` of its arguments, on the thread of the screen: seconds for a list
of ten thousand. Here it is described by its group.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from textual import work as textual_work
from textual.worker import Worker

from rung_tui.keys_in_order import KeysInOrder

__all__ = ["work"]

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def work(
    *, group: str, exclusive: bool = False, opens: bool = False
) -> Callable[[Callable[_Given, Coroutine[None, None, _Result]]], Callable[_Given, Worker[_Result]]]:
    """Have a method run as a worker of a group; ``exclusive``: the group's worker before it is given up.

    ``opens``: it reads, and then opens a screen; what is typed meanwhile is for that.
    """
    begun: Any = textual_work(group=group, exclusive=exclusive, description=group)
    if not opens:
        return begun  # type: ignore[no-any-return]

    def opening(method: Callable[_Given, Coroutine[None, None, _Result]]) -> Any:
        begin = begun(method)

        @wraps(method)
        def held(self: Any, *args: Any, **given: Any) -> Worker[_Result]:
            worker: Worker[_Result] = begin(self, *args, **given)
            if isinstance(self.app, KeysInOrder):
                self.app.hold_for(worker)
            return worker

        return held

    return opening
