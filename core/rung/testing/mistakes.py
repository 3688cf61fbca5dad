"""What a test found wrong, told at once: where, what was given, what was expected, how to mend it."""

from __future__ import annotations

from typing import Final

import pytest

__all__ = ["Mistakes"]

_MOST: Final = 20
# Mistakes told in full: one cause often makes hundreds.


class Mistakes:
    """The mistakes of one test, told together at its end; ``mend`` says once how they are mended."""

    def __init__(self, mend: str) -> None:
        self._mend = mend
        self._found: list[str] = []

    def add(self, where: str, given: object, expected: str) -> None:
        """Note one mistake: the field or file, what it was given or did, and what was expected."""
        self._found.append(f"{where}: {given} — expected {expected}")

    def __bool__(self) -> bool:
        return bool(self._found)

    def tell(self) -> None:
        """Fail the test with every mistake, if there is any."""
        __tracebackhide__ = True
        if not self._found:
            return
        count = len(self._found)
        lines = [
            f"{count} mistake{'s' if count > 1 else ''}:",
            *(f"  - {each}" for each in self._found[:_MOST]),
        ]
        if count > _MOST:
            lines.append(f"  - … and {count - _MOST} more")
        lines.append(f"How to mend: {self._mend}")
        pytest.fail("\n".join(lines), pytrace=False)
