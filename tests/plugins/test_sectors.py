"""A sector's declarations are held against each other, and every mistake is told at once."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest

from rung import vocabulary
from rung.plugins.sectors import sector_problems
from rung.plugins.shapes import _HOLDS
from rung.sdk import Aggregate, Choice, EventTable, Feature, Field, Kind, Measure, Sector, Text


def field(name: str, kind: Kind = Kind.TEXT, **more) -> Field:
    return Field(id=name, title=Text(f"{name}甲", f"{name} title"), kind=kind, **more)


def feature(name: str = "recent", kind: Kind = Kind.INTEGER, **more) -> Feature:
    given = {"events": "visits", "aggregate": Aggregate.COUNT, **more}
    return Feature(id=name, title=Text("近期", "Recent"), kind=kind, **given)


VISITS = EventTable(
    id="visits",
    title=Text("来访", "Visits"),
    columns=(field("customer_id"), field("date", Kind.DATE), field("spend", Kind.MONEY), field("kind")),
)
SECTOR = Sector(
    id="shop",
    title=Text("店", "Shop"),
    about=Text("店", "A shop"),
    fields=(field("customer_id"), field("customer_name"), field("owner"), field("assets", Kind.MONEY)),
    events=(VISITS,),
    features=(feature(),),
)


def told(sector: Sector) -> list[str]:
    return [f"{problem.message} {problem.hint}".strip() for problem in sector_problems(sector, "shop")]


def only(sector: Sector) -> str:
    (problem,) = told(sector)
    return problem


def test_a_sound_sector_has_no_problems():
    assert told(SECTOR) == []


def test_every_annotation_of_the_vocabulary_can_be_checked():
    declared = (Sector, Field, Choice, EventTable, Feature, Measure)
    annotations = {str(item.type) for kind in declared for item in dataclasses.fields(kind)}
    assert annotations <= set(_HOLDS)
    assert vocabulary.Quantity in Field.__mro__


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"fields": None}, "Sector “shop”: fields is None. It should be tuple[Field, ...]."),
        ({"fields": [field("customer_id")]}, "It should be tuple[Field, ...]."),
        ({"title": "Shop"}, "Sector “shop”: title is 'Shop'. It should be Text."),
        ({"title": Text("店", 3)}, "It should be Text(zh: str, en: str)."),  # type: ignore[arg-type]
        ({"sample": 3}, "Sector “shop”: sample is 3. It should be Callable[[int, int], Sample] | None."),
        (
            {"fields": (field("customer_id"), field("customer_name", aliases=("x",), low=True))},
            "Sector “shop”, Field “customer_name”: low is True. It should be int | None.",
        ),
        (
            {"fields": (field("customer_id"), field("customer_name", aliases="name"))},
            "Sector “shop”, Field “customer_name”: aliases is 'name'. It should be tuple[str, ...].",
        ),
        (
            {"fields": (field("customer_id"), field("customer_name", "money"))},
            "Sector “shop”, Field “customer_name”: kind is 'money'. It should be Kind.",
        ),
        (
            {
                "events": (
                    replace(VISITS, columns=(field("date", choices=(Choice(id=1, title=Text("", "")),)),)),
                )
            },
            "Sector “shop”, EventTable “visits”, Field “date”, Choice “1”: id is 1. It should be str.",
        ),
    ],
)
def test_a_declaration_that_holds_another_type(changed, message):
    assert message in only(replace(SECTOR, **changed))


NAMES = (field("customer_id"), field("customer_name"))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id": "store"}, "Its sector is called “store”, its entry point “shop”. The two must be the same."),
        (
            {"fields": (*NAMES, field("customer_id"))},
            "The id “customer_id” of a field, feature or measure stands 2 times. Each id may stand once.",
        ),
        (
            {"features": (feature("customer_name", aliases=("a",)),)},
            "The id “customer_name” of a field, feature or measure stands 2 times. Each id may stand once.",
        ),
        (
            {"events": (VISITS, VISITS)},
            "The id “visits” of an event table stands 2 times. Each id may stand once.",
        ),
        ({"fields": (*NAMES, field("total-sum"))}, "“total-sum” is no name a policy can use."),
        ({"fields": (*NAMES, field("any"))}, "“any” is no name a policy can use."),
        ({"fields": (*NAMES, field("size", Kind.CATEGORY))}, "“size” is a category without choices."),
        (
            {"fields": (*NAMES, field("size", choices=(Choice(id="s", title=Text("", "")),) * 2))},
            "The id “s” of a choice of “size” stands 2 times.",
        ),
        (
            {"fields": (*NAMES, field("size", decimals=10))},
            "“size” keeps 10 decimals. Between 0 and 9 are possible.",
        ),
        ({"fields": (*NAMES, field("size", low=5, high=4))}, "“size” allows nothing: low 5 is above high 4."),
        (
            {"fields": (*NAMES, field("size", aliases=("Volume",)), field("sales", aliases=("volume ",)))},
            "In the customers' table, size, sales are all known by the header “Volume”.",
        ),
        ({"key": "custmer_id"}, "Its key “custmer_id” is none of its fields. Did you mean “customer_id”?"),
        ({"name": "naming"}, "Its name “naming” is none of its fields."),
        (
            {"events": (replace(VISITS, id="customers"),), "features": ()},
            "An event table is called “customers”.",
        ),
        (
            {"events": (replace(VISITS, at="day"),)},
            "In event table “visits”, at names “day”, which is none of its columns.",
        ),
        (
            {"events": (replace(VISITS, customer="customer"),)},
            "customer names “customer”, which is none of its columns. Did you mean “customer_id”?",
        ),
        (
            {"events": (replace(VISITS, at="kind"),)},
            "In event table “visits”, “kind” dates the events but is no date. Make it Kind.DATE.",
        ),
        (
            {"events": (replace(VISITS, columns=(*VISITS.columns, field("kind"))),)},
            "The id “kind” of a column of event table “visits” stands 2 times.",
        ),
        (
            {
                "measures": (
                    Measure(id="m", title=Text("", ""), kind=Kind.NUMBER, inputs=("asets",), build=print),
                )
            },
            "Measure “m” needs “asets”, which is no field or feature. Did you mean “assets”?",
        ),
    ],
)
def test_a_contradiction_in_a_sector(changed, message):
    assert any(message in problem for problem in told(replace(SECTOR, **changed)))


def test_a_customers_id_under_another_name_leaves_no_second_customer_id():
    fields = (field("code"), field("customer_id"), field("customer_name"))
    assert told(replace(SECTOR, fields=fields, key="code")) == [
        "“customer_id” is neither its key nor its name, but called so. "
        "Set key and name of the sector, or call it otherwise."
    ]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"events": "visit"}, "there is no event table “visit”. Did you mean “visits”?"),
        ({"within": "1 moon"}, "“1 moon” is no duration. Write a count of 1 or more"),
        ({"over": "ownr"}, "it groups over “ownr”, which is no field. Did you mean “owner”?"),
        ({"events": "customers"}, "it sums up the customers' own rows but over no group."),
        ({"aggregate": Aggregate.SUM}, "sum needs a column."),
        ({"column": "spend"}, "count takes no column."),
        (
            {"aggregate": Aggregate.SUM, "column": "spent"},
            "“visits” has no column “spent”. Did you mean “spend”?",
        ),
        ({"aggregate": Aggregate.SUM, "column": "kind"}, "sum of “kind”, which is no number but text."),
        ({"kind": Kind.TEXT}, "count gives a number, but its kind is text."),
        ({"aggregate": Aggregate.SUM, "column": "spend", "kind": Kind.DATE}, "sum gives a number"),
        ({"aggregate": Aggregate.LAST, "column": "kind"}, "its kind is integer, that of “kind” is text."),
        ({"aggregate": Aggregate.DAYS_UNTIL}, "days_until needs a column."),
        (
            {"aggregate": Aggregate.DAYS_UNTIL, "column": "kind"},
            "days_until counts the time until “kind”, which is no date but text.",
        ),
        (
            {"aggregate": Aggregate.MONTHS_UNTIL, "column": "date", "kind": Kind.TEXT},
            "months_until gives a number, but its kind is text.",
        ),
        ({"aggregate": Aggregate.SHARE}, "a share needs where"),
        (
            {"where": {"kid": "sale"}},
            "There is no field, feature or derived value “kid”. Did you mean “kind”?",
        ),
        ({"where": {"spend": "> 1,000"}}, "The cell “> 1,000” is not spelled as a cell."),
        ({"where": {"spend": None}}, "The cell of “spend” must be"),
    ],
)
def test_a_feature_that_asks_for_what_is_not_there(changed, message):
    problem = only(replace(SECTOR, features=(feature(**changed),)))
    assert problem.startswith("Feature “recent”")
    assert message in problem


@pytest.mark.parametrize(
    "changed",
    [
        {
            "aggregate": Aggregate.SUM,
            "column": "spend",
            "within": "12mo",
            "where": {"kind": ["sale", "gift"]},
        },
        {"aggregate": Aggregate.LAST, "column": "kind", "kind": Kind.TEXT},
        {"aggregate": Aggregate.SHARE, "where": {"kind": "sale"}},
        {"events": "customers", "over": "owner", "aggregate": Aggregate.SUM, "column": "assets"},
        {"aggregate": Aggregate.MONTHS_UNTIL, "column": "date"},
    ],
)
def test_a_feature_that_fits_is_accepted(changed):
    assert told(replace(SECTOR, features=(feature(**changed),))) == []


def test_every_mistake_is_told_at_once():
    sector = replace(
        SECTOR, id="store", key="code", features=(feature(events="visit"), feature("b", within="x"))
    )
    starts = (
        "Its sector is called",
        "In the customers' table, recent, b are all known by the header “recent”, “近期”",
        "Its key “code”",
        "Feature “recent”: there is no",
        "Feature “b”: “x” is no duration",
    )
    pairs = zip(told(sector), starts, strict=True)
    assert [problem for problem, start in pairs if not problem.startswith(start)] == []
