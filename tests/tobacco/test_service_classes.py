"""System 34 as the trade describes it: shops and the class each must come to, taken from the description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any, Final

import pytest

from rung.grading.row import Assessment

Grade = Callable[[Mapping[str, Any]], Assessment]

FIELDS: Final = (
    "market_type",
    "retail_format",
    "location",
    "scale",
    "brand_awareness",
    "potential",
    "volume_3m",
)
# What a district manager would say of each shop: its marks, and the class of service the trade gives it.
_DESCRIBED: Final = """
a large city supermarket that leads the market   | city supermarket good large strong high 2400 | 1
a mall in the city                               | city mall good large strong some 1500 | 1
a tobacco-and-liquor shop in a township seat     | township tobacco_liquor good large strong low 1000 | 1
the like of it in the country                    | rural tobacco_liquor good large strong low 1000 | 2
a large convenience store                        | city convenience good large strong high 1800 | 2
a city supermarket, brand awareness not strong   | city supermarket good large fair some 1800 | 2
a city supermarket of average volume             | city supermarket good large strong some 600 | 2
a convenience store, all average                 | city convenience fair medium fair some 450 | 2
a grocery in a township seat, all average        | township grocery fair small fair some 360 | 2
a young convenience store with potential         | city convenience good small fair high 240 | 2
the same without potential                       | city convenience good small fair low 240 | 3
a rural grocery                                  | rural grocery fair small fair some 500 | 3
a rural grocery, remote, selling little          | rural grocery remote small weak low 40 | 3
a petrol station                                 | township other fair small fair some 500 | 3
a remote convenience store                       | rural convenience remote medium fair some 500 | 3
a city grocery that knows no brands              | city grocery good small weak some 500 | 3
a city grocery that sells little                 | city grocery good small fair some 120 | 3
"""


def _read(line: str) -> tuple[str, tuple[dict[str, Any], str]]:
    name, marks, expected = (part.strip() for part in line.split("|"))
    shop: dict[str, Any] = dict(zip(FIELDS, marks.split(), strict=True))
    return name, ({**shop, "volume_3m": int(shop["volume_3m"])}, expected)


SHOPS: Final = dict(_read(line) for line in _DESCRIBED.strip().splitlines())


@pytest.mark.parametrize("name", SHOPS)
def test_a_shop_is_served_by_its_operating_ability(service_classes: Grade, name: str) -> None:
    shop, expected = SHOPS[name]
    assert service_classes(shop).grade == expected


@pytest.mark.parametrize(
    ("bound", "name", "under", "on"),
    [
        (900, "a mall in the city", "2", "1"),
        (300, "a convenience store, all average", "3", "2"),
        (180, "a young convenience store with potential", "3", "2"),
    ],
)
def test_a_lower_bound_of_volume_includes(
    service_classes: Grade, bound: int, name: str, under: str, on: str
) -> None:
    shop, _ = SHOPS[name]
    volumes = (bound - 1, bound, bound + 1)
    grades = [service_classes({**shop, "volume_3m": volume}).grade for volume in volumes]
    assert grades == [under, on, on]


@pytest.mark.parametrize("kind", ["old", "weak", "ill", "disabled"])
@pytest.mark.parametrize(
    "name", ["a mall in the city", "a convenience store, all average", "a rural grocery"]
)
def test_hardship_flags_for_care_and_keeps_the_commercial_class(
    service_classes: Grade, kind: str, name: str
) -> None:
    shop, expected = SHOPS[name]
    assessment = service_classes({**shop, "hardship_kind": kind})
    assert (assessment.grade, assessment.flags) == (expected, ("care",))


@pytest.mark.parametrize(
    ("circumstances", "flags"),
    [
        ({"is_hardship": True}, ("care",)),
        ({"is_hardship": True, "hardship_kind": "none"}, ("care",)),
        ({"is_hardship": False, "hardship_kind": "none"}, ()),
        ({"is_hardship": False}, ()),
        ({"hardship_kind": "none"}, ()),
        ({}, ()),
    ],
)
def test_without_known_hardship_there_is_no_care(
    service_classes: Grade, circumstances: dict[str, Any], flags: tuple[str, ...]
) -> None:
    shop, _ = SHOPS["a rural grocery"]
    assert service_classes({**shop, **circumstances}).flags == flags


def test_a_shop_in_hardship_that_cannot_be_classed_is_cared_for_all_the_same(service_classes: Grade) -> None:
    assessment = service_classes({"is_hardship": True})
    assert (assessment.grade, assessment.flags) == (None, ("care",))


CHOICES: Final = {
    "market_type": ("city", "township", "rural"),
    "retail_format": ("mall", "supermarket", "tobacco_liquor", "convenience", "grocery", "leisure", "other"),
    "location": ("good", "fair", "remote"),
    "scale": ("large", "medium", "small"),
    "brand_awareness": ("strong", "fair", "weak"),
    "potential": ("high", "some", "low"),
    "volume_3m": (0, 179, 180, 299, 300, 899, 900, 10_000),
}


def _described(shop: Mapping[str, Any]) -> str:
    """The description read by a person: the best class whose marks all hold, else basic."""
    seat = shop["market_type"] != "rural"
    big_format = shop["retail_format"] in {"mall", "supermarket", "tobacco_liquor"}
    if (
        seat
        and big_format
        and shop["scale"] == "large"
        and shop["brand_awareness"] == "strong"
        and shop["volume_3m"] >= 900
    ):
        return "1"
    usual_format = big_format or shop["retail_format"] == "convenience"
    usual_format = usual_format or (shop["retail_format"] == "grocery" and seat)
    least = 180 if shop["potential"] == "high" else 300
    average = shop["location"] != "remote" and shop["brand_awareness"] != "weak"
    return "2" if usual_format and average and shop["volume_3m"] >= least else "3"


def test_every_possible_shop_has_the_class_described(service_classes: Grade) -> None:
    shops = [dict(zip(CHOICES, marks, strict=True)) for marks in product(*CHOICES.values())]
    assert len(shops) == 13_608
    assert [shop for shop in shops if service_classes(shop).grade != _described(shop)] == []


@pytest.mark.parametrize("hidden", ["market_type", "retail_format", "location", "scale", "brand_awareness"])
def test_a_gap_never_gives_a_class_that_filling_it_could_change(service_classes: Grade, hidden: str) -> None:
    others = [name for name in CHOICES if name != hidden]
    for marks in product(*(CHOICES[name] for name in others)):
        shop = dict(zip(others, marks, strict=True))
        graded = service_classes(shop).grade
        if graded is not None:
            assert {_described({**shop, hidden: value}) for value in CHOICES[hidden]} == {graded}
