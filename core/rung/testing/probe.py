"""Imports one plugin in a process of its own and tells what that did: ``probe GROUP NAME HOOK``."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

# What a plugin may rest on anyway; it is not counted against it.
import rung.plugins
import rung.sdk  # noqa: F401

_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NETWORK: Final = (
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyaddr",
    "socket.gethostbyname",
    "socket.sendmsg",
    "socket.sendto",
)
_PROCESSES: Final = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")
_CHANGES: Final = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.truncate")


class _Watch:
    """What happens while a plugin is imported and its hook called."""

    def __init__(self) -> None:
        self.is_on = False
        self.network: list[str] = []
        self.processes: list[str] = []
        self.written: list[str] = []
        sys.addaudithook(self._heard)

    def _heard(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.is_on:
            return
        if event in _NETWORK:
            self.network.append(f"{event}{_shown(given[1:] if 'connect' in event else given)}")
            raise PermissionError(f"{event}: nothing reaches the network while a plugin is imported")
        if event.startswith(_PROCESSES):
            self.processes.append(f"{event}{_shown(given[:1])}")
            raise PermissionError(f"{event}: nothing is started while a plugin is imported")
        if event in _CHANGES or (event == "open" and _is_writing(given)):
            path = str(given[0])
            if "__pycache__" not in path and path != os.devnull:
                self.written.append(f"{event} {path}")


def _shown(given: tuple[Any, ...]) -> str:
    return repr(tuple(each for each in given if each is not None))[:200]


def _is_writing(given: tuple[Any, ...]) -> bool:
    _path, mode, flags = given
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & _WRITES)


def _settings() -> dict[str, object]:
    return {
        "the environment": dict(os.environ),
        "the working folder": str(Path.cwd()),
        "sys.path": list(sys.path),
    }


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    # Of this process, not of the wall: what else the machine does is not the plugin's.
    started = time.process_time()
    found = work()
    return found, (time.process_time() - started) * 1000


def main(group: str, name: str, hook: str) -> dict[str, Any]:
    """Import the plugin, call the hook without arguments if one is named, and return what that did."""
    from importlib import metadata

    (point, *_others) = [each for each in metadata.entry_points(group=group) if each.name == name]
    before, settings, watch = set(sys.modules), _settings(), _Watch()
    told: dict[str, Any] = {"error": "", "module_ms": 0.0, "hook_ms": 0.0}
    watch.is_on = True
    try:
        plugin, told["module_ms"] = _timed(point.load)
        if hook:
            _found, told["hook_ms"] = _timed(getattr(plugin, hook))
    except BaseException as error:
        told["error"] = f"{type(error).__name__}: {error}"
    watch.is_on = False
    return {
        **told,
        "modules": sorted(set(sys.modules) - before),
        "network": watch.network,
        "processes": watch.processes,
        "written": watch.written,
        "threads": [each.name for each in threading.enumerate() if each is not threading.main_thread()],
        "changed": [what for what, found in _settings().items() if found != settings[what]],
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
