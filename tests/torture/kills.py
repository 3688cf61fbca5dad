"""Lets a child process work, kills it at some instant, and returns what it had been told was done."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import traceback
from collections.abc import Callable, Sequence

__all__ = ["Tell", "killed_child", "killed_program"]

Tell = Callable[[str], None]
"""Says that something is confirmed: from then on it must not be lost."""


def killed_child(work: Callable[[Tell], None], after: float) -> list[str]:
    """Fork a child that works, kill it ``after`` seconds, and return what it said was confirmed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(lambda word: _say(writing, word))
        finally:
            traceback.print_exc()
            os._exit(1)  # work never ends by itself
    os.close(writing)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _pid, ending = os.waitpid(child, 0)
    assert os.WIFSIGNALED(ending), "the child ended by itself"
    with os.fdopen(reading) as pipe:
        return _words(pipe.read())


def killed_program(command: Sequence[str], after: float) -> list[str]:
    """Start a program, kill it ``after`` seconds from its first line, and return the lines that followed."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        time.sleep(after)
        program.kill()
        said = program.stdout.read()
    assert program.returncode == -signal.SIGKILL, "the program ended by itself"
    return _words(said)


def _say(pipe: int, word: str) -> None:
    os.write(pipe, f"{word}\n".encode())


def _words(said: str) -> list[str]:
    # What was cut in the middle was not said.
    return said[: said.rfind("\n") + 1].split("\n")[:-1]
