"""Tells a command of an alarm: in a file or by standard input, ended with its children where it hangs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any, Final

from rung.service.alarms.ways import Attempted, too_slow
from rung.text import _

__all__ = ["FILE", "CommandWay"]

FILE: Final = "{file}"
"""Stands for the alarm's file in an argument; without it the alarm comes by standard input."""
_SAID: Final = 2_000
# Bytes of what it says that are looked at.


@dataclass(frozen=True, slots=True)
class CommandWay:
    """A program and its arguments."""

    arguments: tuple[str, ...]
    folder: Path
    """Where it runs."""
    name: str = "command"

    def send(self, message: Mapping[str, Any], timeout: float) -> Attempted:
        """Run the command with the alarm; an exit code of 0 says that it was received."""
        text = json.dumps(message, ensure_ascii=False, indent=2).encode("utf-8")
        with TemporaryDirectory(prefix="rung-alarm-") as folder, TemporaryFile() as said:
            # Files, no pipes: a pipe that a child of the command keeps open would never end.
            file = Path(folder) / "alarm.json"
            file.write_bytes(text)
            told = [each.replace(FILE, str(file)) for each in self.arguments]
            try:
                with (
                    file.open("rb") if told == list(self.arguments) else Path(os.devnull).open("rb") as source
                ):
                    return self._run(told, source, said, timeout)
            except OSError as error:
                words = _("the command cannot be started: {reason}")
                return Attempted.failed(words.format(reason=error.strerror or type(error).__name__))

    def _run(self, told: list[str], source: IO[bytes], said: IO[bytes], timeout: float) -> Attempted:
        process = subprocess.Popen(
            told,
            cwd=self.folder,
            stdin=source,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            return too_slow(timeout)
        finally:
            if process.returncode is None:
                _end(process)
        said.seek(0)
        words = said.read(_SAID).decode("utf-8", "replace").strip().splitlines()
        if code == 0:
            return Attempted.done(words[0] if words else "")
        last = f": {words[-1]}" if words else ""
        return Attempted.failed(_("ended with code {code}{words}").format(code=code, words=last))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and all it started."""
    if sys.platform == "win32":  # pragma: no cover
        with suppress(OSError):
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False
            )
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
