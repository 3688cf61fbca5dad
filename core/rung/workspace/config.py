"""The file ``rung.toml`` that makes a folder a workspace: language, sector, usual policy, known sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.policy.files import parse_toml, read_text
from rung.policy.keys import written_key
from rung.policy.locate import line_of
from rung.text import Language, _
from rung.workspace.places import CONFIG

__all__ = ["CONFIG", "Config", "SourceConfig", "read_config", "template"]

_Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]*$", max_length=64)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceConfig(_Part):
    """One population, known by a name: its tables and how they are read. Paths are from the workspace."""

    customers: str
    events: dict[str, str] = Field(default_factory=dict)
    """Event table id → its file."""
    mapping: str | None = None
    as_of: date | None = None
    duplicates: Literal["refuse", "first", "last", "newest"] = "refuse"
    newest_by: str | None = None


class Config(_Part):
    """What a workspace says of itself."""

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    language: Language | None = None
    sector: str | None = None
    policy: str | None = None
    """Id of the policy used where none is named."""
    sources: dict[_Name, SourceConfig] = Field(default_factory=dict)
    people: dict[str, Any] = Field(default_factory=dict)
    """The system's account → who that is; see ``rung.ledger.read_people``, which reads it."""


def read_config(path: Path) -> Config:
    """Read a workspace's file; raises RungError with every problem found, each with its line."""
    text = read_text(path)
    try:
        return Config.model_validate(parse_toml(text, str(path)))
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise RungError.all(_problem(fault, text, path) for fault in faults) from None


def _problem(fault: ErrorDetails, text: str, path: Path) -> Problem:
    keys = tuple(part for part in fault["loc"] if part != "[key]")
    place = Place(str(path), line_of(text, keys), written_key(keys))
    key = str(keys[-1]) if keys else ""
    if fault["type"] == "extra_forbidden":
        return Problem(_("“{name}” is not known here.").format(name=key), _known(keys, key), place)
    if fault["type"] == "missing":
        return Problem(_("“{name}” is missing.").format(name=key), _example(key), place)
    message = _("{found} does not fit “{name}”.").format(found=repr(fault["input"]), name=key)
    return Problem(message, _example(key), place)


def _known(keys: tuple[Any, ...], key: str) -> str:
    model = SourceConfig if keys[:1] == ("sources",) else Config
    return did_you_mean(key, [name.rstrip("_") for name in model.model_fields])


def _example(key: str) -> str:
    example = _EXAMPLES.get(key)
    return _("For example: {example}").format(example=example) if example else ""


_EXAMPLES: Final = {
    "schema": "schema = 1",
    "language": 'language = "zh"',
    "sector": 'sector = "bank"',
    "policy": 'policy = "bank.credit-tiers"',
    "customers": 'customers = "data/customers.csv"',
    "events": 'events = { payments = "data/payments.csv" }',
    "mapping": 'mapping = "data/mapping.toml"',
    "as_of": "as_of = 2026-06-30",
    "duplicates": 'duplicates = "newest"',
    "newest_by": 'newest_by = "opened_on"',
    "sources": '[sources.customers]\ncustomers = "data/customers.csv"'.replace("\n", " "),
}


def template(**given: Any) -> str:
    """Return the text of a new workspace's file; what is not given stands there as a comment."""
    import tomli_w

    about = _("A workspace of Rung. Paths are from this folder.")
    parts = [f"# {about}\nschema = 1\n"]
    for key in ("language", "sector", "policy"):
        written = tomli_w.dumps({key: given[key]}) if given.get(key) else f"# {_EXAMPLES[key]}\n"
        parts.append(written)
    sources = given.get("sources")
    if sources:
        parts.append("\n" + tomli_w.dumps({"sources": sources}))
    else:
        lines = ["[sources.customers]", _EXAMPLES["customers"], _EXAMPLES["events"]]
        parts.append("\n" + "".join(f"# {each}\n" for each in lines))
    return "".join(parts)
