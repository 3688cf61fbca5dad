"""The one way a value is written down in the ledger, so that anybody can take its hash again years later.

Canonical bytes are JSON in UTF-8 with the keys of every object in the order of their code points, no
space between tokens, no character escaped that JSON lets stand, and no numbers but whole ones.

The hash of an event is the SHA-256, in hexadecimal, of

    header + line feed + payload

where *payload* is the event's own canonical bytes, exactly as stored, and *header* the canonical bytes of
an object with the keys ``customer_id``, ``kind``, ``made_at``, ``maker``, ``policy_id``, ``previous`` and
``sequence``. ``previous`` is the hash of the event before, for the first event ``GENESIS``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

__all__ = ["GENESIS", "HASH", "canonical", "digest", "is_writable"]

GENESIS: Final = sha256(b"rung ledger, edition 1").hexdigest()
"""What stands for the hash of the event before the first."""

HASH: Final = re.compile(r"[0-9a-f]{64}")
"""A hash as it is written."""


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a plain value; raises ValueError for what has none.

    Plain are None, booleans, whole numbers, texts without lone surrogates, and lists and mappings by text
    of these. Numbers with a point have more than one spelling, and are refused.
    """
    _check(value)
    return _written(value)


def digest(header: Mapping[str, str | int | None], payload: bytes) -> str:
    """Return the hash of an event; see the module's text."""
    return sha256(_written(header) + b"\n" + payload).hexdigest()


def is_writable(text: str) -> bool:
    """Whether a text can be written in UTF-8: what a terminal hands over need not be."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _written(value: object) -> bytes:
    return _ENCODER.encode(value).encode("utf-8")


def _check(value: Any) -> None:
    match value:
        case None | bool() | int() | str():
            return
        case list() | tuple():
            for item in value:
                _check(item)
        case dict():
            for key, item in value.items():
                if not isinstance(key, str):
                    raise ValueError(f"key {key!r} is no text")
                _check(item)
        case _:
            raise ValueError(f"{value!r} has no canonical form")
