"""The file ``rung.toml`` that makes a folder a workspace: language, sector, usual policy, known sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.policy.files import parse_toml, read_text
from rung.policy.keys import written_key
from rung.policy.locate import line_of
from rung.text import Language, _
from rung.workspace.alarms_config import TOLD, AlarmsConfig, told
from rung.workspace.places import CONFIG, LEDGER

__all__ = [
    "CONFIG",
    "AlarmsConfig",
    "CalendarConfig",
    "ConfidentialityConfig",
    "Config",
    "MonitorConfig",
    "PoolConfig",
    "SourceConfig",
    "read_config",
    "template",
]

_Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]*$", max_length=64)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceConfig(_Part):
    """One population, known by a name: its tables and how they are read. Paths are from the workspace."""

    from_: Annotated[str | None, Field(alias="from")] = None
    """The data source of a plugin it comes from."""
    customers: Annotated[str | None, Field(validate_default=True)] = None
    """Its file; None where a data source hands the customers over."""
    options: dict[str, Any] = Field(default_factory=dict)
    """Options of the data source, which checks them; secrets are none of them."""
    events: dict[str, str] = Field(default_factory=dict)
    """Event table id → its file."""
    mapping: str | None = None
    as_of: date | None = None
    duplicates: Literal["refuse", "first", "last", "newest"] = "refuse"
    newest_by: str | None = None

    @field_validator("customers")
    @classmethod
    def _from_somewhere(cls, customers: str | None, others: ValidationInfo) -> str | None:
        # Here, not once all keys are sound: it is told beside their mistakes.
        if customers is None and others.data.get("from_", "") is None:
            raise told(_("A source names its customers, or the plugin it comes from."))
        return customers

    @model_validator(mode="after")
    def _of_one_kind(self) -> Self:
        if self.customers is not None and self.from_ is not None:
            raise told(_("A source comes from a file or from a plugin, not from both."))
        if self.from_ is None and self.options:
            raise told(_("Options go with a source that comes from a plugin."))
        return self


class ConfidentialityConfig(_Part):
    """What is shown only to some of the people."""

    fields: tuple[str, ...] = ()
    """Ids of fields that are sensitive besides those the sector or the policy marks so."""
    visible_to: Literal["viewer", "reviewer", "approver", "owner"] | None = None
    """The least role that sees sensitive values; None: approver where people are listed, else everybody."""


class RateBounds(_Part):
    """Within which per cent a rate may lie unremarked; an end left out is open."""

    low: Annotated[float, Field(ge=0, le=100)] | None = None
    high: Annotated[float, Field(ge=0, le=100)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high")
        return self


class MonitorConfig(_Part):
    """From what a figure is worth a look."""

    override_rate: RateBounds = RateBounds(low=2, high=10)
    """Per cent of the graded customers whose grade may be overruled; a tenth is custom, not law."""
    minimum: Annotated[int, Field(ge=1)] = 30
    """Rates of fewer customers are shown but not judged."""


class CalendarConfig(_Part):
    """On which days people work; see ``rung.service.calendars``, which checks what is written."""

    country: str = "CN"
    """Its two letters, whose public holidays count; ``none`` for none."""
    subdivision: str | None = None
    off: tuple[date, ...] = ()
    """Days off besides."""
    on: tuple[date, ...] = ()
    """Days worked all the same."""
    weekend: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] | None = None
    """None: as the country has it."""
    timezone: str | None = None
    """Such as Asia/Shanghai; None: this machine's."""
    roll: Literal["before", "after", "none"] = "before"
    """Where a day due goes that falls on a day off: to the working day before, after, or nowhere."""


class PoolConfig(_Part):
    """The public pool of customers nobody holds."""

    take: Literal["viewer", "reviewer", "approver", "owner"] = "reviewer"
    """The least role that may take a customer from it."""
    at_most: Annotated[int, Field(ge=1)] | None = None
    """How many customers on record somebody may hold who takes one more."""


class Config(_Part):
    """What a workspace says of itself."""

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    language: Language | None = None
    sector: str | None = None
    policy: str | None = None
    """Id of the policy used where none is named."""
    sources: dict[_Name, SourceConfig] = Field(default_factory=dict)
    ledger: Annotated[str, StringConstraints(min_length=1)] = LEDGER
    """Where the ledger is kept: a file, from the workspace, or an address of PostgreSQL."""
    portfolio: _Name | None = None
    """Id of the field that says whose customer somebody is; kept with every run of a policy that has it."""
    people: dict[str, Any] = Field(default_factory=dict)
    """The system's account → who that is; see ``rung.ledger.read_people``, which reads it."""
    confidentiality: ConfidentialityConfig | None = None
    monitor: MonitorConfig = MonitorConfig()
    calendar: CalendarConfig = CalendarConfig()
    alarms: AlarmsConfig = AlarmsConfig()
    pool: PoolConfig = PoolConfig()


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
    key = next((part for part in reversed(keys) if isinstance(part, str)), "")
    if fault["type"] == "extra_forbidden":
        return Problem(_("“{name}” is not known here.").format(name=key), _known(keys, key), place)
    if fault["type"] == "missing":
        return Problem(_("“{name}” is missing.").format(name=key), _example(key), place)
    if fault["type"] == TOLD:
        is_source = keys[:1] == ("sources",) and (len(keys) == 2 or key == "customers")
        return Problem(fault["msg"], _example("from" if is_source else key), place)
    # An address may hold a password.
    is_covered = keys[:1] == ("ledger",) or key == "webhook" or "options" in keys[2:3]
    found = "…" if is_covered else repr(fault["input"])
    message = _("{found} does not fit “{name}”.").format(found=found, name=key)
    return Problem(message, _example(key), place)


def _known(keys: tuple[Any, ...], key: str) -> str:
    models: dict[Any, type[BaseModel]] = {"sources": SourceConfig, "confidentiality": ConfidentialityConfig}
    models |= {"calendar": CalendarConfig, "alarms": AlarmsConfig, "pool": PoolConfig}
    models["monitor"] = RateBounds if len(keys) > 2 else MonitorConfig
    model = models.get(keys[0], Config) if len(keys) > 1 else Config
    return did_you_mean(key, [name.rstrip("_") for name in model.model_fields])


def _example(key: str) -> str:
    example = _EXAMPLES.get(key)
    return _("For example: {example}").format(example=example) if example else ""


_EXAMPLES: Final = {
    "schema": "schema = 1",
    "language": 'language = "zh"',
    "sector": 'sector = "bank"',
    "policy": 'policy = "bank.credit-tiers"',
    "portfolio": 'portfolio = "account_manager"',
    "customers": 'customers = "data/customers.csv"',
    "from": 'customers = "data/customers.csv", or from = "crm"',
    "options": '[sources.crm] from = "crm", options = { region = "east" }',
    "events": 'events = { payments = "data/payments.csv" }',
    "mapping": 'mapping = "data/mapping.toml"',
    "as_of": "as_of = 2026-06-30",
    "duplicates": 'duplicates = "newest"',
    "fields": 'fields = ["phone", "identity_number"]',
    "visible_to": 'visible_to = "approver"',
    "confidentiality": '[confidentiality] fields = ["phone"], visible_to = "approver"',
    "override_rate": "override_rate = { low = 2, high = 10 }",
    "low": "override_rate = { low = 2, high = 10 }",
    "high": "override_rate = { low = 2, high = 10 }",
    "minimum": "minimum = 30",
    "monitor": "[monitor] override_rate = { low = 2, high = 10 }, minimum = 30",
    "country": 'country = "CN"',
    "subdivision": 'subdivision = "HK"',
    "off": "off = [2026-12-24]",
    "on": "on = [2026-10-10]",
    "weekend": 'weekend = ["sat", "sun"]',
    "timezone": 'timezone = "Asia/Shanghai"',
    "roll": 'roll = "before"',
    "pool": '[pool] take = "reviewer", at_most = 200',
    "at_most": "at_most = 200",
    "calendar": '[calendar] country = "CN", timezone = "Asia/Shanghai"',
    "run": 'run = ["python", "tell.py", "{file}"]',
    "webhook": 'webhook = "https://example.com/alarms"',
    "tries": "tries = 5",
    "timeout": 'timeout = "10s"',
    "alarms": '[alarms] run = ["python", "tell.py", "{file}"], timeout = "10s"',
    "newest_by": 'newest_by = "opened_on"',
    "ledger": 'ledger = "postgresql://user@host/database"',
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
    for name, keys in (("calendar", ("country", "timezone")), ("alarms", ("run", "tries", "timeout"))):
        lines = [f"[{name}]", *(_EXAMPLES[key] for key in keys)]
        parts.append("\n" + "".join(f"# {each}\n" for each in lines))
    return "".join(parts)
