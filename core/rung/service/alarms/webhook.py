"""Posts an alarm to an address as JSON; the address, which may hold a secret, is told to nobody."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from typing import IO, Any
from urllib.parse import unquote, urlsplit, urlunsplit

from rung import __version__
from rung.service.alarms.ways import Attempted, within
from rung.text import _

__all__ = ["WebhookWay"]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: what an address leads on to was not agreed to."""

    def redirect_request(
        self,
        req: urllib.request.Request,  # noqa: ARG002 - urllib's signature
        fp: IO[bytes],  # noqa: ARG002
        code: int,  # noqa: ARG002
        msg: str,  # noqa: ARG002
        headers: Message,  # noqa: ARG002
        newurl: str,  # noqa: ARG002
    ) -> None:
        """Decline."""
        return


@dataclass(frozen=True, slots=True)
class WebhookWay:
    """An address alarms are posted to."""

    address: str = field(repr=False)
    name: str = "webhook"

    def send(self, message: Mapping[str, Any], timeout: float) -> Attempted:
        """Post the alarm; any answer of success says that it was received."""
        # The time allowed to a socket is for each piece read: an answer that trickles in would never end.
        return within(timeout, lambda: self._posted(message, timeout))

    def _posted(self, message: Mapping[str, Any], timeout: float) -> Attempted:
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(self._request(message), timeout=timeout) as answer:
                return Attempted.done(f"HTTP {answer.status}")
        except urllib.error.HTTPError as error:
            with error:
                return Attempted.failed(f"HTTP {error.code}")
        except urllib.error.URLError as error:
            return Attempted.failed(_reason(error.reason))
        except (OSError, HTTPException) as error:
            return Attempted.failed(_reason(error))
        except ValueError:
            # Its text would quote the address.
            return Attempted.failed(_("the address of the webhook is none"))

    def _request(self, message: Mapping[str, Any]) -> urllib.request.Request:
        parts = urlsplit(self.address)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": f"rung/{__version__}",
            # An alarm may come twice; who receives it tells by this that it is the same.
            "Idempotency-Key": str(message["id"]),
        }
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode("ascii")
        plain = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))
        data = json.dumps(message, ensure_ascii=False).encode("utf-8")
        return urllib.request.Request(plain, data=data, headers=headers, method="POST")


def _reason(error: object) -> str:
    """Return why nothing was received, in words that hold no address."""
    if isinstance(error, TimeoutError):
        return _("no answer in time")
    if isinstance(error, OSError) and error.strerror and type(error).__module__ != "ssl":
        return error.strerror
    return type(error).__name__
