"""The bars of a sheet run from 0 to the score, each from where the one before ended."""

from __future__ import annotations

from decimal import Decimal

from rung.sheet.waterfall import Bar, CutLine, Scale, axis, bars, cut_lines, drawn


def D(*numbers: str) -> list[Decimal]:  # noqa: N802 - short for a decimal
    return [Decimal(number) for number in numbers]


def test_each_bar_begins_where_the_one_before_ended() -> None:
    found = bars([(Decimal(30), Decimal(0)), (Decimal(15), Decimal(5)), (Decimal("0.5"), Decimal(1))])
    assert [each.start for each in found] == D("0", "30", "45")
    assert [each.end for each in found] == D("30", "45", "45.5")


def test_points_taken_away_lead_back() -> None:
    found = bars([(Decimal(30), Decimal(0)), (Decimal(-10), Decimal(0))])
    assert [each.end for each in found] == D("30", "20")
    assert '<rect x="66.67%" width="33.33%"' in drawn(found[1], Scale(*D("0", "30")), ())
    assert 'class="drop"' in drawn(found[1], Scale(*D("0", "30")), ())


def test_the_scale_holds_the_best_score_and_the_cut_offs() -> None:
    steps = bars([(Decimal(20), Decimal(10)), (Decimal(0), Decimal(50))])
    assert Scale.over(steps, [], Decimal(20)) == Scale(*D("0", "80"))
    assert Scale.over(steps, [CutLine("A", Decimal(120))], None) == Scale(*D("0", "120"))


def test_a_score_below_nothing_is_on_the_scale() -> None:
    steps = bars([(Decimal(-20), Decimal(0)), (Decimal(5), Decimal(0))])
    assert Scale.over(steps, [], Decimal(-15)) == Scale(*D("-20", "5"))


def test_a_scale_of_nothing_can_be_drawn() -> None:
    assert Scale.over((), [], None).per_cent(Decimal(0)) == 0


def test_what_is_lost_stands_behind_what_is_gained() -> None:
    row = drawn(Bar(*D("20", "10", "20")), Scale(*D("0", "100")), [CutLine("A", Decimal(80))])
    assert '<rect x="20.00%" width="10.00%" y="-4" height="8" class="gain">' in row
    assert '<rect x="30.00%" width="20.00%" y="-4" height="8" class="lost">' in row
    assert '<line x1="80.00%" x2="80.00%" y1="0" y2="100%" class="cut">' in row


def test_a_criterion_left_out_has_no_bar() -> None:
    assert "<rect" not in drawn(None, Scale(*D("0", "100")), ())


def test_numbers_too_close_to_each_other_are_left_to_the_list_below() -> None:
    told = axis(Scale(*D("0", "100")), [CutLine("A", Decimal(90)), CutLine("B", Decimal(85))])
    assert ">A 90<" in told
    assert "85" not in told
    assert ">100<" not in told


def test_cut_offs_that_are_no_points_are_not_on_the_scale() -> None:
    from rung.grading.explanation import CutoffLine
    from rung.text import Text

    class Told:
        cutoffs = (CutoffLine("A", Text("5,000 元", "5,000 yuan")), CutoffLine("B", Text.same("40")))

    assert cut_lines(Told()) == (CutLine("B", Decimal(40)),)  # type: ignore[arg-type]
