"""Puts text on the clipboard: by the system's own program where one is there, else through the terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

__all__ = ["Clipboard", "Outcome", "native", "put"]

_PATIENCE: Final = 2.0
"""Seconds a clipboard's program may take."""
TERMINAL_TAKES: Final = 74_994
"""Bytes of text that terminals take through an escape sequence: 100,000 once encoded, the commonest limit."""


class Outcome(Enum):
    """What is known of where a text went."""

    COPIED = "copied"
    """The system's own program took it and said so."""
    TMUX = "tmux"
    """tmux has it, and hands it on if its terminal lets it."""
    SENT = "sent"
    """It was sent to the terminal, which does not answer."""
    TOO_LONG = "too long"
    """No program is there, and a terminal would drop it."""


@dataclass(frozen=True, slots=True)
class Clipboard:
    """A program that takes a text on its standard input."""

    command: tuple[str, ...]
    encoding: str = "utf-8"
    outcome: Outcome = Outcome.COPIED


def native(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Iterator[Clipboard]:
    """Yield the programs to try, best first.

    Over ssh the clipboard of the machine at the other end is nobody's: only a display that is forwarded,
    or tmux, leads to the person.
    """
    is_remote = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))
    found: list[Clipboard] = []
    if not is_remote:
        if platform == "darwin":
            found.append(Clipboard(("pbcopy",)))
        if platform == "win32" or environment.get("WSL_DISTRO_NAME"):
            found.append(Clipboard(("clip.exe",), "utf-16-le"))
        if environment.get("WAYLAND_DISPLAY"):
            found.append(Clipboard(("wl-copy",)))
    if environment.get("DISPLAY"):
        found.append(Clipboard(("xclip", "-selection", "clipboard")))
        found.append(Clipboard(("xsel", "--clipboard", "--input")))
    if environment.get("TMUX"):
        found.append(Clipboard(("tmux", "load-buffer", "-w", "-"), outcome=Outcome.TMUX))
    path = environment.get("PATH")
    yield from (each for each in found if shutil.which(each.command[0], path=path))


def put(text: str, environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Outcome:
    """Hand a text to the first program that takes it; else say whether the terminal may be sent it."""
    for each in native(environment, platform):
        if _is_taken(each, text, environment):
            return each.outcome
    return Outcome.SENT if len(text.encode()) <= TERMINAL_TAKES else Outcome.TOO_LONG


def _is_taken(clipboard: Clipboard, text: str, environment: Mapping[str, str]) -> bool:
    try:
        done = subprocess.run(
            clipboard.command,
            input=text.encode(clipboard.encoding),
            # Some stay behind to hand the text out: an output kept open would be waited for.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
            env=dict(environment),
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
