"""Sensitivity is inherited: what is made of a sensitive value is sensitive."""

from __future__ import annotations

import pytest

from rung.plugins import PluginHost
from rung.text import Text
from rung.vocabulary import Aggregate, EventTable, Feature, Field, Kind, Measure, Sector, Vocabulary


def field(name: str, kind: Kind = Kind.INTEGER, **given: object) -> Field:
    return Field(id=name, title=Text.same(name), kind=kind, **given)  # type: ignore[arg-type]


def feature(name: str, **given: object) -> Feature:
    return Feature(id=name, title=Text.same(name), kind=Kind.INTEGER, events="visits", **given)  # type: ignore[arg-type]


def measure(name: str, *inputs: str) -> Measure:
    return Measure(id=name, title=Text.same(name), kind=Kind.INTEGER, inputs=inputs, build=lambda: None)  # type: ignore[arg-type, return-value]


VISITS = EventTable(
    id="visits",
    title=Text.same("visits"),
    columns=(
        field("customer_id", Kind.TEXT),
        field("date", Kind.DATE),
        field("pulse", is_sensitive=True),
        field("doctor", Kind.TEXT),
    ),
)

VOCABULARY = Vocabulary(
    fields={name: field(name, is_sensitive=name == "age") for name in ("age", "height", "debt")},
    features={
        each.id: each
        for each in (
            feature("top_pulse", aggregate=Aggregate.MAX, column="pulse"),
            feature("pulses", aggregate=Aggregate.DISTINCT, column="pulse"),
            feature("visits", aggregate=Aggregate.COUNT),
            feature("racing", aggregate=Aggregate.COUNT, where={"pulse": "> 150"}),
            feature("doctors", aggregate=Aggregate.DISTINCT, column="doctor"),
        )
    },
    measures={
        each.id: each for each in (measure("vigour", "top_pulse"), measure("fitness", "vigour", "debt"))
    },
    events={"visits": VISITS},
)


def test_a_feature_of_a_sensitive_column_and_a_measure_of_that_are_sensitive_and_a_count_is_not() -> None:
    assert VOCABULARY.sensitive() == {"age", "top_pulse", "racing", "vigour", "fitness"}


def test_what_a_workspace_names_is_inherited_too() -> None:
    assert VOCABULARY.sensitive({"debt"}) == {"age", "debt", "top_pulse", "racing", "vigour", "fitness"}
    assert "doctors" not in VOCABULARY.sensitive({"doctor"})


def test_marking_for_nothing_confidential_takes_every_mark_away() -> None:
    assert not VOCABULARY.marked(None).has_sensitive
    marked = VOCABULARY.marked({"doctor"})
    assert {each.id for each in marked.events["visits"].columns if each.is_sensitive} == {"pulse", "doctor"}
    assert marked.features["top_pulse"].is_sensitive
    assert not marked.fields["height"].is_sensitive


def test_a_policy_cannot_make_a_sectors_sensitive_field_an_open_one() -> None:
    sector = Sector(
        id="clinic",
        title=Text.same(""),
        about=Text.same(""),
        fields=(field("age", is_sensitive=True), field("debt")),
    )
    own = {"age": field("age"), "debt": field("debt", is_sensitive=True)}
    assert Vocabulary.of(sector, own).sensitive() == {"age", "debt"}


@pytest.mark.parametrize(
    ("sector", "wanted"),
    [
        ("bank", {"identity_number", "phone", "age"}),
        ("engineering", {"contact_person", "phone", "needs", "feedback"}),
        ("sales", {"phone", "fax", "mail", "address"}),
        ("wealth", {"phone", "risk_rating"}),
        ("auto4s", {"phone", "plate", "vin"}),
        ("tobacco", {"phone", "is_hardship"}),
    ],
)
def test_the_ready_sectors_mark_what_names_or_exposes_a_person(sector: str, wanted: set[str]) -> None:
    assert wanted <= Vocabulary.of(PluginHost().sector(sector)).sensitive()


def test_how_many_cars_an_owner_has_is_no_secret_though_each_plate_is() -> None:
    sensitive = Vocabulary.of(PluginHost().sector("auto4s")).sensitive()
    assert "plate" in sensitive
    assert "vehicles_held" not in sensitive


def test_no_sector_has_a_sensitive_id_or_name() -> None:
    for sector in PluginHost().load_all():
        assert not {sector.key, sector.name} & Vocabulary.of(sector).sensitive()
