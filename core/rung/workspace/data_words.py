"""What a person should know of the tables a run read, in words: rows set aside, values not read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rung.text import _

__all__ = ["data_words"]


def data_words(quality: Mapping[str, Any]) -> list[str]:
    """Return what is to be said of the data, by a manifest's quality report; none where all is well."""
    words: list[str] = []
    read = quality["read"]
    for count, one, many in (
        (
            quality["without_id"],
            _("1 row without an id set aside"),
            _("{n} rows without an id set aside"),
        ),
        (
            quality["repeated"],
            _("1 row of a customer already there set aside"),
            _("{n} rows of customers already there set aside"),
        ),
        (read["misfits"], *_misfits(read)),
        (
            read["replaced"],
            _("1 character is no text in the encoding {encoding}"),
            _("{n} characters are no text in the encoding {encoding}"),
        ),
    ):
        if count:
            text = one if count == 1 else many
            words.append(text.format(n=f"{count:,}", encoding=read["encoding"]))
    words += [_expired(each) for each in quality.get("expired", ()) if each["count"]]
    words += map(_unread, (column for column in quality["columns"] if column["unread"]))
    if quality["absent"]:
        words.append(_("not in the tables: {names}").format(names=_(", ").join(quality["absent"])))
    for table in quality["events"]:
        count = table["of_unknown_customers"]
        if count:
            text = (
                _("1 event in “{table}” is of a customer that is not in the table")
                if count == 1
                else _("{n} events in “{table}” are of customers that are not in the table")
            )
            words.append(text.format(n=f"{count:,}", table=table["id"]))
    return words


def _misfits(read: Mapping[str, Any]) -> tuple[str, str]:
    """Return the words for one and for many rows that do not fit; only delimited text has a delimiter."""
    if read["delimiter"]:
        return (
            _("1 row with too many or too few fields set aside"),
            _("{n} rows with too many or too few fields set aside"),
        )
    return _("1 line that is no JSON object set aside"), _("{n} lines that are no JSON object set aside")


def _unread(column: Mapping[str, Any]) -> str:
    first = column["examples"][0] if column["examples"] else None
    example = _(", such as “{value}” in line {line}").format(**first) if first else ""
    text = (
        _("1 value of “{column}” could not be read{example}")
        if column["unread"] == 1
        else _("{n} values of “{column}” could not be read{example}")
    )
    return text.format(n=f"{column['unread']:,}", column=column["header"] or column["id"], example=example)


def _expired(found: Mapping[str, Any]) -> str:
    text = (
        _("1 answer in “{column}” was given before {day} and has expired")
        if found["count"] == 1
        else _("{n} answers in “{column}” were given before {day} and have expired")
    )
    return text.format(n=f"{found['count']:,}", column=found["id"], day=found["before"])
