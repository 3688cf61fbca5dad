"""A PostgreSQL server of the tests' own: in a folder of its own, on a socket of its own, gone with them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from rung.ledger.keeping.addresses import PostgresqlAddress

OWNER = "owner"

# Waits for a word from the tests; where they end without one, killed perhaps, it ends the server for them.
_WATCH = """
read -r word && exit
for each in 1 2 3 4 5; do "$1" stop -D data -m immediate && break; sleep 1; done
cd / && rm -rf "$2"
"""


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest there is."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("postgres"):
        return Path(on_path).resolve().parent
    found = [each.parent for each in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda each: int(each.parent.name), default=None)


def written(place: Path | PostgresqlAddress) -> str:
    """Return a place as a program is told it."""
    return str(place) if isinstance(place, Path) else place.url.render_as_string(hide_password=False)


class Server:
    """A server that runs from its making until it is stopped, and no longer than the process that made it."""

    def __init__(self, *settings: str) -> None:
        bin_folder = programs()
        assert bin_folder is not None
        self._bin = bin_folder
        # The name of a socket may be no longer than some hundred characters.
        self.folder = Path(tempfile.mkdtemp(prefix="rung-pg-", dir="/tmp"))
        self._as_user: dict[str, Any] = {}
        if os.getuid() == 0:
            # PostgreSQL refuses to run as root.
            shutil.chown(self.folder, "postgres", "postgres")
            self._as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
        self._settings = settings
        self._schemas = 0
        self._watcher = self._watched()
        self._run(
            "initdb", "-D", "data", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"
        )
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._bin / program), *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            **self._as_user,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def _watched(self) -> subprocess.Popen[bytes]:
        # Of no other process is the other end of its input, so that it ends with this one, whatever ends it.
        return subprocess.Popen(
            ["/bin/sh", "-c", _WATCH, "watch", str(self._bin / "pg_ctl"), str(self.folder)],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **self._as_user,
        )

    @property
    def pid(self) -> int:
        """The number of the server's first process."""
        return self._process.pid

    def start(self) -> None:
        settings = (
            "listen_addresses=",
            f"unix_socket_directories={self.folder}",
            "fsync=off",  # a killed process loses nothing the system was given
            "max_connections=60",
            "shared_buffers=64MB",
            *self._settings,
        )
        given = [part for each in settings for part in ("-c", each)]
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with (self.folder / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    [str(self._bin / "postgres"), "-D", "data", *given],
                    cwd=self.folder,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    **self._as_user,
                )
            if self._answers(deadline):
                return
        raise AssertionError((self.folder / "log").read_text(encoding="utf-8", errors="replace"))

    def _answers(self, deadline: float) -> bool:
        import psycopg

        # After a kill the first tries may end: children of the killed server still hold its memory.
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                self.connect().close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return True
        return False

    def kill(self) -> None:
        """End the server as a power cut would end it, all but the disk."""
        self._process.kill()
        self._process.wait(30)

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(3)  # SIGQUIT: at once
            self._process.wait(60)

    def remove(self) -> None:
        self.stop()
        self._watcher.communicate(b"done\n", timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self, user: str = OWNER, **given: Any) -> Any:
        import psycopg

        return psycopg.connect(host=str(self.folder), user=user, dbname="postgres", autocommit=True, **given)

    def execute(self, *statements: str, user: str = OWNER, schema: str = "public") -> list[tuple[Any, ...]]:
        """Run statements and return what the last found."""
        with self.connect(user, options=f"-csearch_path={schema}") as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []

    def new_schema(self) -> str:
        self._schemas += 1
        name = f"ledger{self._schemas}"
        self.execute(f"CREATE SCHEMA {name}")
        return name

    def address(self, schema: str, user: str = OWNER, *, restores: bool = True) -> str:
        """Return the address of a ledger; tests write in the names of people who have no login."""
        options = "&options=-crung.restoring%3Dyes" if restores else ""
        return f"postgresql://{user}@/postgres?host={self.folder}&schema={schema}{options}"
