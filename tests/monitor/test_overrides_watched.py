"""Overrides are watched: how often, which way, why, by whom, how old, and what is in doubt."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from watched_shop import NOW, POLICY, Shop, customers, moment

from rung.errors import RungError
from rung.ledger import Act, InputKind
from rung.monitor import Alert, Dimension, plain_overrides
from rung.monitor.data_doubts import DataDoubts
from rung.monitor.figures import Bucket, Cell, Concentration, Counted, Directions, Step, Waiting, Waits


@pytest.fixture(scope="module")
def busy_once(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Seven overrides: four in effect (one of a grade up), one awaits, one is rejected, one withdrawn."""
    shop = Shop.opened(tmp_path_factory.mktemp("busy") / "shop")
    shop.graded()
    shop.override("C1", "A", "B", at=moment("2026-03-02"))
    shop.override("C2", "A", "C", at=moment("2026-03-03"), maker="wang", reason="other")
    shop.override("C41", "B", "C", at=moment("2026-03-04"), expires_at=date(2026, 7, 31))
    up = shop.override("C42", "B", "A", at=moment("2026-03-05"), needed=1, maker="wang")
    shop.override("C43", "B", "A", at=moment("2026-03-06"), needed=1)
    shop.approved(up, "zhao", moment("2026-03-07"))
    no = shop.override("C71", "C", "B", at=moment("2026-03-08"), needed=1)
    shop.act(no, Act.REJECTED, "zhao", moment("2026-03-08", 15))
    back = shop.override("C72", "C", "D", at=moment("2026-03-09"))
    shop.act(back, Act.WITHDRAWN, "li", moment("2026-03-10"))
    return shop


@pytest.fixture
def busy(busy_once: Shop, tmp_path: Path) -> Shop:
    """The same, a test's own."""
    return busy_once.copied(tmp_path / "busy")


def test_the_rate_is_of_the_customers_the_model_graded(busy: Shop) -> None:
    rate = busy.watched().overruled.rate
    assert (rate.events, rate.n, rate.share, rate.is_small) == (4, 100, 0.04, False)


def test_which_way_and_how_far_is_counted_of_those_in_effect(busy: Shop) -> None:
    found = busy.watched().overrides
    assert (found.in_effect, found.directions) == (4, Directions(up=1, down=3, same=0, unknown=0))
    assert found.notches == (Step(1, 1), Step(-1, 2), Step(-2, 1))
    assert found.matrix == (Cell("A", "B", 1), Cell("A", "C", 1), Cell("B", "A", 1), Cell("B", "C", 1))


def test_why_and_by_whom_is_counted_most_frequent_first(busy: Shop) -> None:
    found = busy.watched().overrides
    assert found.reasons == (Counted("systemic", 3, 0.75), Counted("other", 1, 0.25))
    assert found.makers == (Counted("li", 2, 0.5), Counted("wang", 2, 0.5))
    assert found.checkers == (Counted("zhao", 1, 1.0),)
    assert found.concentration == Concentration(2, "li", 0.5, 0.5)


def test_ages_are_days_since_they_took_effect(busy: Shop) -> None:
    """On 1 July: 121, 120, 119 days, and 116 of the one approved on 7 March."""
    ages = busy.watched().overrides.ages
    assert (ages.median, ages.oldest, ages.oldest_id) == (119.5, 121, "O1")
    assert ages.buckets == (Bucket(30, 0), Bucket(90, 0), Bucket(180, 4), Bucket(365, 0), Bucket(None, 0))


@pytest.mark.parametrize(
    ("age", "bucket"), [(0, 0), (30, 0), (31, 1), (90, 1), (91, 2), (180, 2), (181, 3), (365, 3), (366, 4)]
)
def test_an_age_on_a_bound_is_of_the_younger(shop: Shop, age: int, bucket: int) -> None:
    shop.graded()
    shop.override("C1", "A", "B", at=NOW - timedelta(days=age), expires_at=date(2028, 1, 1))
    assert [each.count for each in shop.watched().overrides.ages.buckets] == [
        int(place == bucket) for place in range(5)
    ]


def test_those_that_wait_are_counted_since_the_longest(busy: Shop) -> None:
    found = busy.watched().overrides
    assert found.awaiting == Waiting(1, moment("2026-03-06"), "O5")
    assert found.returned == Waiting(0, None, None)
    busy.act("O5", Act.RETURNED, "zhao", moment("2026-03-11"))
    found = busy.watched().overrides
    assert (found.awaiting.count, found.returned) == (0, Waiting(1, moment("2026-03-06"), "O5"))


def test_what_became_of_the_proposals_adds_up(busy: Shop) -> None:
    flow = busy.watched().overrides.flow
    parts = (flow.in_effect, flow.awaiting, flow.returned, flow.expired, flow.superseded)
    assert (flow.proposed, parts) == (7, (4, 1, 0, 0, 0))
    assert (flow.rejected.events, flow.withdrawn.events, flow.rejected.n) == (1, 1, 7)
    assert (flow.rejected.share, flow.rejected.is_small) == (1 / 7, True)


def test_others_took_two_days_and_six_hours_to_decide(busy: Shop) -> None:
    """What needed nobody's approval was not decided by others."""
    assert busy.watched().overrides.flow.decided == Waits(2, 97_200.0, 172_800.0)


@pytest.mark.parametrize(("today", "expiring"), [("2026-06-30", 0), ("2026-07-01", 1), ("2026-07-31", 1)])
def test_an_end_within_thirty_days_is_near(busy: Shop, today: str, expiring: int) -> None:
    assert busy.watched(moment(today)).overrides.expiring == expiring


def test_what_expired_is_no_more_in_effect_and_counted_in_its_period(busy: Shop) -> None:
    later = moment("2026-08-10")
    found = busy.watched(later)
    assert (found.overruled.rate.events, found.overrides.flow.expired, found.overrides.flow.ended) == (
        3,
        1,
        1,
    )
    flow = busy.watched(later, since=date(2026, 7, 1), until=date(2026, 8, 10)).overrides.flow
    assert (flow.proposed, flow.expired, flow.ended) == (0, 0, 1)
    assert busy.watched(later, since=date(2026, 8, 1)).overrides.flow.ended == 0


def test_a_period_follows_only_what_was_proposed_in_it(busy: Shop) -> None:
    flow = busy.watched(since=date(2026, 3, 3), until=date(2026, 3, 8)).overrides.flow
    assert (flow.proposed, flow.rejected.events, flow.withdrawn.events) == (5, 1, 0)


# No look-ahead


def test_everything_is_as_it_stood_when_the_day_ended(busy: Shop) -> None:
    """On 6 March the upward one still waited, and nothing was yet rejected or withdrawn."""
    found = busy.watched(until=date(2026, 3, 6))
    assert (found.overruled.rate.events, found.overrides.awaiting.count) == (3, 2)
    assert (found.overrides.flow.proposed, found.overrides.flow.rejected.events) == (5, 0)
    assert found.subject.today == date(2026, 3, 6)
    assert busy.watched(until=date(2026, 3, 7)).overruled.rate.events == 4


def test_what_was_withdrawn_later_was_in_effect_before(busy: Shop) -> None:
    assert busy.watched(until=date(2026, 3, 9)).overruled.rate.events == 5


def test_an_earlier_run_is_watched_until_the_next_took_its_place(busy: Shop) -> None:
    first = busy.place.runs().manifests[0].run_id
    busy.graded(as_of=date(2026, 3, 4), created_at=moment("2026-03-04", 12))
    found = busy.watched(run_id=first)
    assert (found.overruled.rate.events, found.overrides.flow.proposed) == (3, 3)
    assert found.subject.moment == moment("2026-03-04", 12) - timedelta(microseconds=1)
    assert busy.watched(policy_id="shop.tiers").subject.run_id != first
    assert busy.watched(until=date(2026, 3, 3)).subject.run_id == first


# In doubt


def test_stale_suspended_and_gone_are_told_apart(busy: Shop) -> None:
    """Now C42, lifted from B, is C by the model, C1 is B anyway, and C2 and C43 are not there any more."""
    rows = customers().splitlines()
    kept = [row for row in rows if row.split(",")[0] not in {"C2", "C43"}]
    table = "\n".join(kept).replace("C42,200", "C42,100").replace("C1,300", "C1,200") + "\n"
    busy.graded(table, as_of=date(2026, 4, 1))
    found = busy.watched()
    assert (found.overruled.rate.events, found.overruled.rate.n) == (2, 98)
    assert (found.overruled.stale, found.overruled.suspended, found.overruled.gone) == (
        2,
        {"model_fell": 1},
        2,
    )


def test_a_grade_given_where_the_model_had_none_is_not_in_the_rate(shop: Shop) -> None:
    shop.graded(customers(ungraded=1))
    shop.override("C101", None, "C")
    shop.override("C1", "A", "B")
    found = shop.watched()
    assert (found.overruled.rate.events, found.overruled.rate.n, found.overruled.not_graded) == (1, 100, 1)
    assert found.overrides.directions == Directions(0, 1, 0, 1)
    assert found.overrides.matrix == (Cell("A", "B", 1), Cell(None, "C", 1))


def test_grades_that_are_no_ranks_have_no_direction(shop: Shop) -> None:
    shop.graded(policy=POLICY.replace("ordered = true", "ordered = false"))
    shop.override("C1", "A", "B", notches=None)
    found = shop.watched()
    assert found.subject.is_ordered is False
    assert (found.overrides.directions, found.overrides.notches) == (Directions(0, 0, 0, 1), ())


# Corrections and judgements


def test_corrections_and_judgements_are_counted_apart(shop: Shop) -> None:
    shop.graded()
    shop.correction("C41", "350", "200", given="A")
    shop.correction("C42", "50", "200", given="D", at=moment("2026-03-03"), maker="wang")
    shop.correction("C43", "4", None, kind=InputKind.JUDGEMENT, subject="manner", at=moment("2026-03-04"))
    found = shop.watched()
    assert found.overruled.rate.events == 0
    assert (found.corrections.in_effect, found.judgements.in_effect) == (2, 1)
    assert found.corrections.directions == Directions(up=1, down=1, same=0, unknown=0)
    assert found.corrections.subjects == (Counted("spent", 2, 1.0),)
    assert found.judgements.subjects == (Counted("manner", 1, 1.0),)
    assert found.corrections.makers == (Counted("li", 1, 0.5), Counted("wang", 1, 0.5))


def test_an_override_over_a_corrected_grade_is_not_stale(shop: Shop) -> None:
    shop.graded()
    shop.correction("C41", "350", "200", given="A")
    shop.override("C41", "A", "C", at=moment("2026-03-03"))
    shop.override("C42", "A", "C", at=moment("2026-03-04"))
    assert shop.watched().overruled.stale == 1


def test_data_the_source_has_overtaken_are_in_doubt(shop: Shop) -> None:
    shop.graded()
    shop.correction("C41", "350", "200")  # the source says 200 still
    shop.correction("C42", "350", "150", at=moment("2026-03-03"))  # 200 by now
    shop.correction("C43", "200", "150", at=moment("2026-03-04"))  # the same by now
    shop.correction("C999", "350", "200", at=moment("2026-03-05"))  # nobody
    shop.correction("C44", "3", None, subject="manner", at=moment("2026-03-06"))  # not asked for
    assert shop.watched().doubts[InputKind.CORRECTION] == DataDoubts(stale=1, moot=1, idle=1, gone=1)


# Side by side


def test_by_person_each_has_their_own(busy: Shop) -> None:
    li, wang = busy.watched(by=Dimension.PERSON).groups
    assert (li.key, li.in_effect, li.up, li.down, li.mean_notches) == ("li", 2, 0, 2, -1.0)
    assert (li.proposed, li.rejected.events, li.awaiting) == (5, 1, 1)
    assert (wang.key, wang.in_effect, wang.up, wang.down, wang.mean_notches) == ("wang", 2, 1, 1, -0.5)


def test_by_team_those_without_one_stand_together(busy: Shop) -> None:
    busy.override("C3", "A", "B", at=moment("2026-03-11"), maker="chen")
    groups = busy.watched(by=Dimension.TEAM).groups
    assert [(each.key, each.in_effect) for each in groups] == [("东区", 2), ("西区", 2), (None, 1)]


def test_by_grade_the_rate_is_of_the_customers_of_that_grade(busy: Shop) -> None:
    groups = busy.watched(by=Dimension.GRADE).groups
    told = [(each.key, each.in_effect, each.rate and (each.rate.events, each.rate.n)) for each in groups]
    assert told == [("A", 2, (2, 40)), ("B", 2, (2, 30)), ("C", 0, (0, 20))]


def test_by_kind_all_human_input_stands_side_by_side(busy: Shop) -> None:
    busy.correction("C80", "350", "100", at=moment("2026-03-11"))
    groups = busy.watched(by=Dimension.KIND).groups
    assert [(each.key, each.in_effect, each.proposed) for each in groups] == [
        ("override", 4, 7),
        ("correction", 1, 1),
    ]


# What is worth a look


def test_too_few_and_too_many_are_told(busy: Shop) -> None:
    assert busy.watched().overruled.alert is None
    assert busy.told("[monitor]\noverride_rate = { low = 5 }\n").watched().overruled.alert is Alert.TOO_LOW


def test_bounds_and_minimum_are_the_workspaces(busy: Shop) -> None:
    found = busy.told("[monitor]\noverride_rate = { high = 3.9 }\nminimum = 101\n").watched()
    assert (found.limits.low, found.limits.high, found.limits.minimum) == (None, 3.9, 101)
    assert (found.overruled.alert, found.overruled.rate.is_small) == (None, True)


def test_without_any_input_there_is_nothing_to_watch(shop: Shop) -> None:
    shop.graded()
    found = shop.watched()
    assert (found.is_empty, found.overruled.rate.events) == (True, 0)
    shop.override("C1", "A", "B")
    assert shop.watched(until=date(2026, 3, 1)).is_empty
    assert not shop.watched().is_empty


def test_another_policys_overrides_do_not_count(busy: Shop) -> None:
    busy.override("C5", "A", "B", at=moment("2026-03-11"), policy_id="other")
    assert busy.watched().overruled.rate.events == 4


# Bad input


def test_without_a_run_one_line_says_so(shop: Shop) -> None:
    with pytest.raises(RungError, match="There is no run yet"):
        shop.watched()


def test_a_period_that_ends_before_it_begins_is_refused(busy: Shop) -> None:
    with pytest.raises(RungError, match="ends before it begins: 2026-03-02 – 2026-03-01"):
        busy.watched(since=date(2026, 3, 2), until=date(2026, 3, 1))


def test_before_the_first_run_there_is_nothing(busy: Shop) -> None:
    with pytest.raises(RungError, match="There was no run yet on 2026-02-01"):
        busy.watched(until=date(2026, 2, 1))


# Laws

ACTS = st.lists(
    st.tuples(
        st.integers(1, 100),
        st.sampled_from("ABCD"),
        st.sampled_from(["li", "wang", "zhao"]),
        st.sampled_from(["none", "wait", "approve", "reject", "withdraw", "return", "expired"]),
    ),
    max_size=12,
    unique_by=lambda each: each[0],
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_the_counts_add_up(acts: list[tuple[int, str, str, str]], shop: Shop) -> None:
    if not shop.place.runs().manifests:
        shop.graded()
    for left in shop.place.folder.glob("ledger.db*"):
        left.unlink()
    for number, grade, maker, act in acts:
        model = "A" if number <= 40 else "B" if number <= 70 else "C" if number <= 90 else "D"
        needed = int(act in {"wait", "approve", "reject", "return"})
        ends = date(2026, 6, 30) if act == "expired" else date(2027, 3, 1)
        made = shop.override(f"C{number}", model, grade, maker=maker, needed=needed, expires_at=ends)
        if act == "approve":
            shop.approved(made, "boss", moment("2026-03-02"))
        elif act in {"reject", "withdraw", "return"}:
            done = {"reject": Act.REJECTED, "withdraw": Act.WITHDRAWN, "return": Act.RETURNED}[act]
            shop.act(made, done, "boss", moment("2026-03-02"))
    found = shop.watched()
    flow, figures = found.overrides.flow, found.overrides
    parts = (flow.in_effect, flow.awaiting, flow.returned, flow.expired, flow.superseded)
    assert sum(parts) + flow.rejected.events + flow.withdrawn.events == flow.proposed == len(acts)
    ways = figures.directions
    assert ways.up + ways.down + ways.same + ways.unknown == figures.in_effect
    for counts in (figures.notches, figures.matrix, figures.reasons, figures.makers, figures.ages.buckets):
        assert sum(each.count for each in counts) == figures.in_effect
    suspended = sum(found.overruled.suspended.values())
    assert figures.in_effect + suspended + found.overruled.gone == flow.in_effect
    for by in Dimension:
        groups = shop.watched(by=by).groups
        assert sum(each.in_effect for each in groups) == figures.in_effect
        assert sum(each.proposed for each in groups) == flow.proposed
    plain = plain_overrides(found, str)
    assert plain["overrides"]["in_effect"] == figures.in_effect == plain["overruled"]["rate"]["events"]
