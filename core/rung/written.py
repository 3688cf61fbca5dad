"""Numbers and dates as people write them: 1,234.50 · ￥12万 · (300) · 12.5% · 2026年1月5日 · 20260105."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

__all__ = ["Numeral", "read_date", "read_numeral"]


class Numeral(NamedTuple):
    """A number as written: its exact value, the currency before it and the unit after it, "" if none."""

    number: Fraction
    currency: str
    unit: str


_LONGEST: Final = 64
# A number of more characters is a mistake, and arithmetic on it could be made slow on purpose.

_NUMERAL: Final = re.compile(
    r"""(?P<sign>[+-]?)\s*
        (?P<currency>[¥$€£]|[^\W\d_]*)\s*
        (?P<sign_after>[+-]?)\s*
        (?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[ ][0-9]{3})+|[0-9]*)
        (?:\.(?P<fraction>[0-9]*))?
        (?:[eE](?P<power>[+-]?[0-9]{1,3}))?\s*
        (?P<unit>[^0-9+\-.,()]*)""",
    re.VERBOSE,
)
_BRACKETED: Final = re.compile(r"\((?P<inside>[^()]*)\)(?P<unit>[^()]*)")
_DATE: Final = re.compile(
    r"""(?P<year>[0-9]{4})(?:
          -(?P<m1>[0-9]{1,2})-(?P<d1>[0-9]{1,2})
        | /(?P<m2>[0-9]{1,2})/(?P<d2>[0-9]{1,2})
        | \.(?P<m3>[0-9]{1,2})\.(?P<d3>[0-9]{1,2})
        | \s?年\s?(?P<m4>[0-9]{1,2})\s?月\s?(?P<d4>[0-9]{1,2})\s?[日号]?
        | (?P<m5>[0-9]{2})(?P<d5>[0-9]{2})
        )(?:[t\s]\s*[0-9]{1,2}:[0-9]{2}[0-9:.]*\s*(?:z|utc|[+-][0-9]{2}:?[0-9]{2})?)?(?:\.0)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SERIAL: Final = re.compile(r"(?P<days>[2-7][0-9]{4})(?:\.[0-9]*)?")
_SERIAL_ZERO: Final = date(1899, 12, 30)
# Spreadsheets count days from here; five digits from 20000 stand for 1954 to 2119.


def read_numeral(text: str) -> Numeral | None:
    """Return the number a text spells exactly, with its currency and unit; ``None`` for no number."""
    if len(text) > _LONGEST:
        return None
    spelled = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
    bracketed = _BRACKETED.fullmatch(spelled)
    match = _NUMERAL.fullmatch(bracketed["inside"].strip() if bracketed else spelled)
    if match is None or (match["sign"] and match["sign_after"]):
        return None
    digits = match["whole"].replace(",", "").replace(" ", "")
    fraction = match["fraction"] or ""
    if not digits and not fraction:
        return None
    number = Fraction(int(digits + fraction or "0")) * _ten_to(int(match["power"] or 0) - len(fraction))
    is_negative = "-" in (match["sign"], match["sign_after"]) or bracketed is not None
    unit = match["unit"].strip() or (bracketed["unit"].strip() if bracketed else "")
    return Numeral(-number if is_negative else number, match["currency"], unit)


def _ten_to(power: int) -> Fraction:
    return Fraction(10**power) if power >= 0 else Fraction(1, 10**-power)


def read_date(text: str) -> date | None:
    """Return the day a text names, a time of day left out; ``None`` where it names none.

    Year first, in any usual spelling, or a spreadsheet's day number. Day and month in another order
    could be either, and are refused.
    """
    spelled = unicodedata.normalize("NFKC", text).strip()
    serial = _SERIAL.fullmatch(spelled)
    if serial is not None:
        return _SERIAL_ZERO + timedelta(days=int(serial["days"]))
    match = _DATE.fullmatch(spelled) if len(spelled) <= _LONGEST else None
    if match is None:
        return None
    month, day = (part for part in match.groups()[1:] if part is not None)
    try:
        return date(int(match["year"]), int(month), int(day))
    except ValueError:
        return None
