"""Each fault of a sector is found by the test meant for it, in words its author can act on."""

from __future__ import annotations

from typing import Any

import pytest

from rung.testing import SectorSuite
from rung.testing.suite import WHOLE

ASKING = "test_a_fault_is_found_by_the_test_meant_for_it"
MODULE = "RUNG_API = 1\n"
HOOK = "def rung_sector():\n"
NETWORK = """
import socket

try:
    socket.create_connection(("127.0.0.1", 9), 0.1)
except OSError:
    pass
"""
LOOKUP = """
    import socket

    try:
        socket.getaddrinfo("example.invalid", 80)
    except OSError:
        pass
"""
THREAD = """
import threading, time

threading.Thread(target=time.sleep, args=(9,), daemon=True, name="worker").start()
"""
DOUBLE = 'nw.col("spent") * 2'
BAD: dict[str, tuple[dict[str, dict[str, str]], str, str]] = {
    "an alias with a unit that is not the field's": (
        {"swap": {'Text("消费额", "Spent"), kind': 'Text("消费额", "Spent"), aliases=("  ",), kind'}},
        "test_every_field_is_found_by_each_of_its_names",
        "customers.spent: the header '  ' (as declared) is not its",
    ),
    "a field without Chinese": (
        {"swap": {'Text("消费额", "Spent")': 'Text("Spending", "Spent")'}},
        "test_its_texts_are_in_both_languages",
        "Sector.fields['spent'].title: zh is 'Spending' — expected Chinese, or the very same as en, 'Spent'",
    ),
    "a field whose English is Chinese": (
        {"swap": {'Text("消费额", "Spent")': 'Text("消费额", "花费")'}},
        "test_its_texts_are_in_both_languages",
        "en is '花费' — expected English",
    ),
    "a word of two choices": (
        {"swap": {'Text("锡", "Tin")': 'Text("锡", "gold")'}},
        "test_every_choice_is_understood_by_each_of_its_words",
        "level, choice tin: the word 'gold' (as declared) means gold — expected tin",
    ),
    "a measure by chance": (
        {"swap": {DOUBLE: "nw.col(\"spent\") * 0 + __import__('random').randrange(10**9)"}},
        "test_a_measure_is_the_same_each_time",
        "measure double:",
    ),
    "a measure that looks at other rows": (
        {"swap": {DOUBLE: 'nw.col("spent") - nw.col("spent").min()'}},
        "test_a_measure_depends_on_its_own_row_alone",
        "its value among all",
    ),
    "a measure that overflows": (
        {"swap": {DOUBLE: 'nw.col("spent") * nw.col("spent") * nw.col("spent") // 1000'}},
        "test_a_measure_is_exact_at_the_ends",
        "computed in 128 bits",
    ),
    "a measure that is a float": (
        {"swap": {DOUBLE: 'nw.col("spent") / 2'}},
        "test_a_measure_is_the_same_each_time",
        "it gives Float64; money is kept as Int64",
    ),
    "a measure that fails on a table": (
        {"swap": {DOUBLE: 'nw.col("spnet") * 2'}},
        "test_huge_and_negative_values_are_graded_or_given_a_reason",
        "shop.tiers: huge and negative values:",
    ),
    "Polars imported with the module": (
        {"swap": {MODULE: MODULE + "import polars\n"}},
        "test_importing_it_loads_nothing_heavy",
        "shop_plugin: imports polars — expected polars not imported before it is used",
    ),
    "Polars imported in the hook": (
        {"swap": {HOOK: HOOK + "    import polars\n"}},
        "test_importing_it_loads_nothing_heavy",
        "imports polars",
    ),
    "the network at import": (
        {"swap": {MODULE: MODULE + NETWORK}},
        "test_importing_it_reaches_no_network",
        "127.0.0.1",
    ),
    "the network in the hook": (
        {"swap": {HOOK: HOOK + LOOKUP}},
        "test_importing_it_reaches_no_network",
        "example.invalid",
    ),
    "a file written at import": (
        {"swap": {MODULE: MODULE + "open('trace.txt', 'w').close()\n"}},
        "test_importing_it_does_no_work",
        "trace.txt — expected a file left alone",
    ),
    "a thread begun at import": (
        {"swap": {MODULE: MODULE + THREAD}},
        "test_importing_it_does_no_work",
        "worker — expected a thread left alone",
    ),
    "long work at import": (
        {"swap": {MODULE: MODULE + "sum(range(30_000_000))\n"}},
        "test_importing_it_does_no_work",
        "ms of computing — expected 100 ms at most (import_ms)",
    ),
    "an import of what is not the sdk": (
        {"swap": {MODULE: MODULE + "from rung.values import parse_value\n"}},
        "test_it_imports_nothing_of_rung_but_the_sdk",
        "imports rung.values — expected rung.sdk alone",
    ),
    "an edition nobody knows": (
        {"swap": {MODULE: "RUNG_API = 99\n"}},
        "test_it_says_for_which_edition_it_was_written",
        "It was written for edition 99",
    ),
    "a gap between bands": (
        {"policy_swap": {'"< 2000"': '"< 1000"'}},
        "test_bands_and_rules_cover_everybody",
        "shop.tiers",
    ),
    "a grade nobody reaches": (
        {"policy_swap": {"points = 100": "points = 40"}},
        "test_no_rule_is_idle_and_no_grade_out_of_reach",
        "shop.tiers",
    ),
    "a test of a policy that fails": (
        {"policy_swap": {"customer = { double = 3000 }": "customer = { double = 300 }"}},
        "test_policies_pass_their_own_tests",
        "expected grade A, found B",
    ),
    "a policy with a mistake": (
        {"policy_swap": {'measure = "double"': 'measure = "duble"'}},
        "test_every_policy_is_checked_clean",
        "Did you mean “double”?",
    ),
    "a sample that is never twice the same": (
        {"swap": {"random.Random(seed)": "random.Random()"}},
        "test_equal_seeds_give_equal_samples",
        "sample(200, 1): differs when made again",
    ),
    "a sample that seeds do not change": (
        {"swap": {"random.Random(seed)": "random.Random(1)"}},
        "test_equal_seeds_give_equal_samples",
        "sample(200, 2): equals sample(200, 1)",
    ),
    "a sample with one customer too few": (
        {"swap": {"for n in range(count)": "for n in range(count - 1)"}},
        "test_a_sample_of_a_thousand_customers_is_graded",
        "sample(1,000, 2026): 999 customers — expected 1,000",
    ),
    "a sample with a header of no field": (
        {"swap": {'"消费额", "是否会员")': '"消费额", "备注")'}},
        "test_every_header_of_the_sample_is_known",
        "customers, header '备注': is no field's",
    ),
    "a sample by the order of a set": (
        {"swap": {'rng.choice("是否"))': 'next(iter({"是", "否", "有", "无", "对", "错"})))'}},
        "test_another_process_gives_the_same_bytes",
        "PYTHONHASHSEED=",
    ),
}


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest, together: Any) -> Any:
    """What the suite says of each faulty sector that is asked for, all tried by one run of pytest."""
    asked = [
        item.callspec.params["name"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.originalname == ASKING
    ]
    return together(
        {
            name: {**BAD[name][0], "only": (f"TestShop::{BAD[name][1]}", f"TestShop::{WHOLE}")}
            for name in asked
        }
    )


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_found_by_the_test_meant_for_it(name: str, found: Any) -> None:
    _swaps, test, words = BAD[name]
    ran = found[name]
    assert ran.ended == {test: "failed", WHOLE: "passed"}, ran.output[-3000:]
    assert words in ran.output, ran.output[-3000:]
    assert "How to mend: " in ran.output or "does not load" in ran.output


FIELDS_ALONE = """
    from rung.sdk import Field, Kind, Sector, Text, hookimpl

    RUNG_API = 1


    @hookimpl
    def rung_sector():
        return Sector(
            id="shop",
            title=Text("小店", "Shop"),
            about=Text("小店的客户。", "Customers of a shop."),
            fields=(
                Field(id="customer_id", title=Text("客户号", "Customer number"), kind=Kind.TEXT),
                Field(id="customer_name", title=Text("客户", "Customer"), kind=Kind.TEXT),
            ),
        )
"""


@pytest.fixture(scope="module")
def whole(together: Any) -> Any:
    """What the whole suite says of sectors without a fault."""
    return together({"sound": {}, "of fields alone": {"code": FIELDS_ALONE}})


def test_a_sound_plugin_passes_whole_and_skips_what_it_has_not(whole: Any) -> None:
    ran = whole["sound"]
    assert ran.failed == set(), ran.output[-3000:]
    assert ran.counts["skipped"] == 2
    assert set(ran.ended) == set(SectorSuite.names_of_tests())
    assert "has_events is False: the plugin has no event tables" in ran.output
    assert "has_library is False: the plugin has no library of criteria" in ran.output


def test_a_sector_of_fields_alone_passes(whole: Any) -> None:
    ran = whole["of fields alone"]
    assert ran.failed == set(), ran.output[-3000:]
    assert ran.counts["skipped"] == 18


def test_a_plugin_that_is_not_installed_is_told_as_such(kit: Any) -> None:
    ran = kit(only=("TestShop::test_it_loads",), entry_point="shopp")
    assert ran.failed == {"test_it_loads"}
    assert (
        "No installed distribution has the entry point “shop” in the group “rung”. Did you mean “shopp”?"
        in ran.output
    )


def test_what_was_declared_and_is_lost_is_missed(kit: Any) -> None:
    suite = """
        from rung.testing import SectorSuite


        class TestShop(SectorSuite):
            plugin = "shop"
            has_sample = True
            has_records = False
    """
    test = "test_what_it_is_said_to_have_is_there"
    ran = kit(only=(f"TestShop::{test}",), suite=suite, swap={"        sample=_sample,\n": ""})
    assert ran.failed == {test}
    assert "TestShop.has_sample: True, and the sector has no sample — expected False" in ran.output
    assert "TestShop.has_records: False, and the sector has types of record — expected True" in ran.output
