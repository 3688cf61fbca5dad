"""Criteria taken from a library, and parameters put in their places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from policy_texts import SCORE, USING, libraries, only, told

from rung.errors import RungError
from rung.policy.library import parse_library
from rung.policy.reader import parse_policy
from rung.text import Text


class TestLibraries:
    def test_a_criterion_is_taken_over_and_overridden_key_by_key(self):
        text = USING + '[[criteria]]\nuse = "bank.overdue"\nweight = 40\ntitle = "Late"\n'
        (criterion,) = parse_policy(text, "it", libraries).policy.criteria
        assert (criterion.id, criterion.use, criterion.measure) == (
            "overdue",
            "bank.overdue",
            "days_past_due",
        )
        assert (criterion.weight, criterion.title) == (Decimal(40), Text("Late", "Late"))
        assert [band.when for band in criterion.bands] == ["< 1", ">= 1"]

    def test_bands_are_replaced_as_a_whole(self):
        text = (
            USING + '[[criteria]]\nuse = "bank.overdue"\nid = "late"\nbands = [{ when = "-", points = 1 }]\n'
        )
        (criterion,) = parse_policy(text, "it", libraries).policy.criteria
        assert criterion.id == "late"
        assert [band.when for band in criterion.bands] == ["-"]

    def test_levels_take_the_place_of_the_librarys_bands(self):
        levels = 'levels = [{ level = "x", title = "x", describes = "x", points = 1 }]'
        text = USING + f'[[criteria]]\nuse = "bank.overdue"\n{levels}\n'
        (criterion,) = parse_policy(text, "it", libraries).policy.criteria
        assert (criterion.bands, len(criterion.levels)) == ((), 1)

    def test_a_mistake_stands_in_the_file_that_made_it(self):
        text = USING + '[[criteria]]\nuse = "bank.record"\n\n[[criteria]]\nuse = "bank.overdue"\nwieght = 3\n'
        assert told(text, libraries=libraries) == [
            "12 [criteria[1].wieght]: There is no key “wieght” here. Did you mean “weight”?",
            "criteria.toml:12 [record.weight]: “weight” cannot be -1. It must be more than 0.",
            "criteria.toml:14 [record.levels[0].points]: “points” cannot be “many”. It takes a number.",
        ]

    def test_an_overridden_mistake_of_the_library_is_none(self):
        text = USING + '[[criteria]]\nuse = "bank.record"\nweight = 1\nbands = [{ when = "-", points = 1 }]\n'
        assert len(parse_policy(text, "it", libraries).policy.criteria) == 1

    @pytest.mark.parametrize(
        ("use", "message"),
        [
            ("bank.overdu", "The library of “bank” has no criterion “overdu”. Did you mean “bank.overdue”?"),
            ("bnk.overdue", "There is no sector “bnk”. Did you mean “bank”?"),
            ("overdue", "“overdue” names no criterion of a library."),
        ],
    )
    def test_an_unknown_criterion_is_one_problem_not_many(self, use, message):
        assert only(USING + f'[[criteria]]\nuse = "{use}"\n', libraries=libraries).startswith(
            f"8 [criteria[0].use]: {message}"
        )

    def test_beside_an_unknown_criterion_the_own_keys_are_judged(self):
        text = USING + '[[criteria]]\nuse = "bank.overdu"\nweight = -1\n'
        assert told(text, libraries=libraries)[1] == (
            "9 [criteria[0].weight]: “weight” cannot be -1. It must be more than 0."
        )

    def test_a_library_holds_tables_alone(self):
        with pytest.raises(RungError, match=r"criteria\.toml:1 \[a\]: “a” is no criterion"):
            parse_library("a = 1\n[b]\n", "criteria.toml", "bank")


class TestParameters:
    TEXT = SCORE + '[parameters]\ntown = { value = "本市" }\nleast = { value = 100 }\n'

    def test_a_parameter_fills_any_text(self):
        text = self.TEXT.replace('">= 100"', '">= ${least}"').replace(
            '"Spend"', '"Spend in ${town}, ${town}"'
        )
        (criterion,) = parse_policy(text, "it").policy.criteria
        assert criterion.bands[0].when == ">= 100"
        assert criterion.title == Text("Spend in 本市, 本市", "Spend in 本市, 本市")

    @pytest.mark.parametrize(
        ("value", "whole", "inside"),
        [
            ("100", 100, "100!"),
            ("0.5", Decimal("0.5"), "0.5!"),
            ("true", True, "true!"),
            ("2026-01-31", date(2026, 1, 31), "2026-01-31!"),
            ('["a", "b"]', ("a", "b"), "a, b!"),
            ('"x"', "x", "x!"),
        ],
    )
    def test_a_text_that_is_nothing_but_a_parameter_becomes_its_value(self, value, whole, inside):
        text = self.TEXT.replace("value = 100", f"value = {value}").replace('">= 100"', '"${least}"')
        text = text.replace('"Spend"', '"${least}!"').replace("${town}", "")
        (criterion,) = parse_policy(text, "it").policy.criteria
        assert criterion.bands[0].when == whole
        assert type(criterion.bands[0].when) is type(whole)
        assert criterion.title.en == inside

    def test_an_unknown_parameter_is_told_once(self):
        text = self.TEXT.replace("points = 100", 'points = "${leest}"').replace(
            '"Spend"', '"${town}${least}"'
        )
        assert only(text) == (
            "11 [criteria[0].bands[0].points]: There is no parameter “leest”. Did you mean “least”?"
        )

    def test_a_faulty_parameter_is_told_where_it_stands_alone(self):
        text = self.TEXT.replace("value = 100", "vale = 100").replace("points = 100", 'points = "${least}"')
        assert [problem.partition(":")[0] for problem in told(text)] == [
            "14 [parameters.least.value]",
            "14 [parameters.least.vale]",
        ]

    def test_parameters_are_not_filled_into_one_another(self):
        text = self.TEXT.replace('"本市"', '"${nowhere}"').replace('"Spend"', '"${town}${least}"')
        assert parse_policy(text, "it").policy.criteria[0].title.en == "${nowhere}100"

    def test_a_parameter_that_stands_nowhere_is_a_warning(self):
        loaded = parse_policy(self.TEXT.replace('"Spend"', '"${town}"'), "it")
        assert [str(warning) for warning in loaded.warnings] == [
            "it:14 [parameters.least]: The parameter “least” stands in no text. "
            "Write ${least} where its value belongs, or take it out."
        ]

    def test_a_parameter_reaches_what_the_library_brings(self):
        library = parse_library(
            '[x]\ntitle = "${town}"\nmeasure = "m"\nbands = [{ when = "-", points = 1 }]', "lib", "bank"
        )
        text = USING + '[[criteria]]\nuse = "bank.x"\n'
        filled = text + '[parameters.town]\nvalue = "Oz"\n'
        assert parse_policy(filled, "it", lambda _: library).policy.criteria[0].title.en == "Oz"
        assert told(text, libraries=lambda _: library) == [
            "lib:2 [x.title]: There is no parameter “town”. Declare it under [parameters]."
        ]
