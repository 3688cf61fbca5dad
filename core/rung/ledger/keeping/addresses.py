"""Where a ledger is: a file, or an address of PostgreSQL whose password is never shown."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.errors import Place, RungError
from rung.text import _

if TYPE_CHECKING:
    from sqlalchemy import URL

__all__ = ["PostgresqlAddress", "is_address", "ledger_place", "postgresql_address"]

_SCHEMES: Final = ("postgresql", "postgres", "postgresql+psycopg")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SECRETS: Final = ("password", "sslpassword")
_MASK: Final = "***"
_EXAMPLE: Final = 'ledger = "postgresql://user@host/database?schema=rung"'
_LONGEST: Final = 255
# Bytes of one name in a path, on every system in use.
_SCHEMA: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_$]{0,62}")


@dataclass(frozen=True, slots=True)
class PostgresqlAddress:
    """An address of a ledger in PostgreSQL."""

    url: URL = field(repr=False)
    shown: str
    """The address as people are told, its password masked."""
    secret: str = field(default="", repr=False)
    """The password, to be taken out of whatever the server says; empty where the address has none."""

    def masked(self, words: str) -> str:
        """Return words without the password."""
        return words.replace(self.secret, _MASK) if len(self.secret) > 2 else words


def is_address(written: str) -> bool:
    """Whether a text is an address of a server, and no name of a file."""
    return _ADDRESS.match(written) is not None


def ledger_place(written: str, folder: Path) -> Path | PostgresqlAddress:
    """Return where a ledger is, as a config says it; a file's name is from ``folder``.

    Raises RungError for an address that is none, or of another database.
    """
    if is_address(written):
        return postgresql_address(written)
    if "\0" in written or any(len(os.fsencode(part)) > _LONGEST for part in Path(written).parts):
        raise RungError.of(
            _("“{name}” is no name of a file.").format(name=written[:80]),
            _("For example: {example}").format(example='ledger = "ledger.db"'),
        )
    return folder / written


def postgresql_address(written: str) -> PostgresqlAddress:
    """Read an address; raises RungError for what is none. ``schema=NAME`` in it is the schema to work in."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    scheme = written.partition("://")[0]
    if scheme not in _SCHEMES:
        raise RungError.of(
            _("A ledger is kept in a file or in PostgreSQL, not at “{scheme}”.").format(scheme=scheme),
            _("For example: {example}").format(example=_EXAMPLE),
        )
    try:
        url = make_url(written).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise _unreadable(written) from error
    query = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
    secrets = [url.password or "", *(query.get(name, "") for name in _SECRETS)]
    open_query = {name: value for name, value in query.items() if name not in _SECRETS}
    shown = url.set(drivername="postgresql", query=open_query).render_as_string(hide_password=True)
    schema = query.pop("schema", None)
    if schema is not None:
        if not _SCHEMA.fullmatch(schema):
            raise _unreadable(shown)
        query["options"] = f"{query.get('options', '')} -csearch_path={schema}".strip()
    secret = next((each for each in secrets if each), "")
    return PostgresqlAddress(url.set(query=query), shown, secret)


def _unreadable(written: str) -> RungError:
    shown = re.sub(r"(://[^:@/]*):.*@", rf"\1:{_MASK}@", written)
    shown = re.sub(r"((?:ssl)?password=)[^&]*", rf"\1{_MASK}", shown)
    return RungError.of(
        _("This is no address of a ledger."),
        _("For example: {example}").format(example=_EXAMPLE),
        Place(shown),
    )
