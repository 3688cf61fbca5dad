"""Who else is told of an alarm, as ``rung.toml`` says: a command, an address, how often and how long."""

from __future__ import annotations

import re
from decimal import Decimal
from ipaddress import ip_address
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from rung.text import _

__all__ = ["TOLD", "AlarmsConfig", "told"]

TOLD: Final = "told"
"""The type of a fault whose message is for people as it is."""

_TIME: Final = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*(s|min)")


def _webhook(written: str) -> str:
    address = _address(written)
    if address is None:
        raise told(_("The webhook is no address."))
    scheme, host = address
    if scheme == "http" and not _is_here(host):
        raise told(_("Alarms name customers, and http carries them over the net for all to read."))
    return written


def _address(written: str) -> tuple[str, str] | None:
    """Return scheme and host of an address; None where it is none a message can be posted to."""
    try:
        found = urlsplit(written)
        is_sound = found.scheme in {"http", "https"} and found.port != 0
    except ValueError:
        return None
    return (found.scheme, found.hostname) if is_sound and found.hostname else None


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _seconds(written: object) -> object:
    if isinstance(written, int | float | Decimal) and not isinstance(written, bool):
        return written
    match = _TIME.fullmatch(written.strip()) if isinstance(written, str) else None
    if match is None:
        raise told(_("The timeout is no time."))
    return float(match[1]) * (60 if match[2] == "min" else 1)


def told(message: str) -> PydanticCustomError:
    """Return the fault of a value, told in words that are for people as they are."""
    return PydanticCustomError(TOLD, "{message}", {"message": message})


class AlarmsConfig(BaseModel):
    """Who else is told of an alarm, besides the ledger; a way that fails is tried again, later each time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    run: tuple[Annotated[str, StringConstraints(min_length=1)], ...] = ()
    """A program and its arguments, each a text of its own; ``{file}`` stands for the alarm's file."""
    webhook: Annotated[str, AfterValidator(_webhook)] | None = None
    """An address the alarm is posted to; without encryption only on this machine."""
    tries: Annotated[int, Field(ge=1, le=100)] = 5
    """How often a way is tried before it is given up, and said so."""
    timeout: Annotated[float, BeforeValidator(_seconds), Field(gt=0, le=600)] = 10.0
    """Seconds after which an attempt counts as failed; written ``"10s"``, ``"2min"`` or as a number."""
