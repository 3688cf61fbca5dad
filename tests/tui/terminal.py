"""A program in a real pseudo-terminal: bytes in as a keyboard sends them, and what it writes."""

from __future__ import annotations

import atexit
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

__all__ = ["Terminal"]

_STATE: Final = tempfile.mkdtemp(prefix="rung-state-")
atexit.register(shutil.rmtree, _STATE, ignore_errors=True)
# What programs keep of drafts is no concern of whoever runs the tests.
_ESCAPE: Final = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


class Terminal:
    """A running program; a context manager, killed at its end if it still runs."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        given = {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "XDG_STATE_HOME": _STATE,
            **(environment or {}),
        }
        self.started = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            # Whoever runs the tests side by side says of another terminal how large it is.
            around = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
            os.execvpe(command[0], list(command), {**around, **given})
        self.resize(columns, lines)
        self.output = bytearray()
        """Every byte the program wrote."""
        self.code: int | None = None
        """Its exit code, once it has ended."""

    @classmethod
    def rung(cls, *arguments: str, **given: object) -> Self:
        """Run the command line."""
        return cls([sys.executable, "-m", "rung", *arguments], **given)  # type: ignore[arg-type]

    def resize(self, columns: int, lines: int) -> None:
        """Make the terminal another size."""
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def send(self, keys: bytes | str) -> float:
        """Type, and return when."""
        os.write(self._file, keys.encode() if isinstance(keys, str) else keys)
        return time.perf_counter()

    def read(self, timeout: float) -> bytes:
        """Return what the program writes within a time; nothing where it writes nothing or has ended."""
        ready, _, _ = select.select([self._file], [], [], timeout)
        if not ready:
            return b""
        try:
            found = os.read(self._file, 1 << 16)
        except OSError:  # Linux says so when the other side is closed
            return b""
        self.output += found
        return found

    def until(self, wanted: str, timeout: float = 30) -> float:
        """Wait until the program has written a text since the last wait, and return when."""
        seen, end = b"", time.perf_counter() + timeout
        while time.perf_counter() < end:
            found = self.read(0.05)
            seen += found
            if found and wanted in _ESCAPE.sub(b"", seen).decode(errors="replace"):
                return time.perf_counter()
        raise AssertionError(f"{wanted!r} did not come; last was {_ESCAPE.sub(b'', seen)[-1500:]!r}")

    def quiet(self, gap: float = 0.1, timeout: float = 10) -> float:
        """Wait until nothing comes for a while, and return when the last came."""
        last, end = time.perf_counter(), time.perf_counter() + timeout
        while time.perf_counter() < end and self.read(gap):
            last = time.perf_counter()
        return last

    def end(self, timeout: float = 20) -> int:
        """Wait for the program to end, and return its exit code."""
        end = time.perf_counter() + timeout
        while self.code is None and time.perf_counter() < end:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        assert self.code is not None, "the program goes on"
        self.quiet(0.05)
        return self.code

    def private_memory(self) -> int:
        """Return the bytes only this program holds."""
        with Path(f"/proc/{self.pid}/smaps_rollup").open(encoding="ascii") as file:
            return 1024 * sum(int(line.split()[1]) for line in file if line.startswith("Private_"))

    @property
    def is_restored(self) -> bool:
        """Whether the last the program did was to leave the other screen and to show the cursor."""
        left, entered = self.output.rfind(b"\x1b[?1049l"), self.output.rfind(b"\x1b[?1049h")
        shown, hidden = self.output.rfind(b"\x1b[?25h"), self.output.rfind(b"\x1b[?25l")
        return entered < 0 or (left > entered and shown > hidden)

    @property
    def last_words(self) -> str:
        """What was written after the screen was left."""
        after = bytes(self.output).rpartition(b"\x1b[?1049l")[2]
        return _ESCAPE.sub(b"", after).decode(errors="replace").strip()

    def close(self) -> None:
        """End the program if it still runs."""
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.code = -signal.SIGKILL
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
