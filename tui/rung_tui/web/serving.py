"""Serves the terminal program to a browser: on this machine, under a link nobody can guess."""

from __future__ import annotations

import secrets
import shlex
import socket
import subprocess
import sys
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import click

from rung.errors import RungError
from rung.text import Language, _

__all__ = ["Asked", "bound", "command_of", "serve"]

LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be served, and where."""

    folder: Path
    """The workspace."""
    run_id: str | None
    language: Language
    port: int = 0
    """0 for any that is free."""
    host: str | None = None
    others_act_as_me: bool = False

    @property
    def address(self) -> str:
        """The address to be reached at; raises RungError for one that others reach, unless that is agreed."""
        host = self.host or LOOPBACK
        if not (_is_loopback(host) or self.others_act_as_me):
            raise RungError.of(
                _("At {host} others may reach the program, and would act under your name.").format(host=host),
                _(
                    "Without --web-host it is for this machine alone; from another, use "
                    "ssh -L PORT:127.0.0.1:PORT. If it is what you want: --others-act-as-me. The link is a "
                    "secret then, and travels unencrypted."
                ),
            )
        return host


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def command_of(asked: Asked) -> str:
    """Return the line that starts the program for one page."""
    words = [sys.executable, "-m", "rung", "--lang", asked.language, "review"]
    words += ["--workspace", str(asked.folder.resolve())]
    words += ["--run", asked.run_id] if asked.run_id else []
    return subprocess.list2cmdline(words) if sys.platform == "win32" else f"exec {shlex.join(words)}"


def bound(asked: Asked) -> socket.socket:
    """Return a socket at the address; raises RungError where it cannot be had."""
    address = asked.address
    try:
        (family, _kind, _protocol, _name, place), *_more = socket.getaddrinfo(
            address, asked.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        found = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform != "win32":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(place)
        except OSError:
            found.close()
            raise
    except (OSError, OverflowError) as error:
        raise RungError.of(
            _("{host}, port {port}, cannot be had: {error}").format(
                host=address, port=asked.port, error=getattr(error, "strerror", None) or error
            ),
            _("Name another with --port, or leave it out for any that is free."),
        ) from error
    return found


def serve(asked: Asked) -> None:
    """Serve until Ctrl+C; each page opened runs a program of its own."""
    asked.address  # noqa: B018 - what may not be is said before anything else
    try:
        from aiohttp import web

        from rung_tui.web.server import Server
    except ModuleNotFoundError as error:
        raise RungError.of(
            _("To be shown in a browser, Rung needs its extra “web”."),
            _("Install it: pip install 'rung[web]'"),
        ) from error
    place = bound(asked)
    place.listen()  # whoever follows the link at once is kept waiting, not refused
    port = place.getsockname()[1]
    token = secrets.token_urlsafe(24)
    server = Server(command_of(asked), asked.folder.resolve().name)
    host = asked.address
    named = f"[{host}]" if ":" in host else host
    click.echo(_("Open in a browser: {url}").format(url=f"http://{named}:{port}/{token}/"))
    click.echo(_("Whoever has this link acts under your name. Ctrl+C ends it."))
    web.run_app(server.application(token), sock=place, print=None, shutdown_timeout=2, access_log=None)
