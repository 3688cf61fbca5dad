"""``rung plugins list``, ``doctor`` and ``hooks``: every kind, faulty and disabled ones too; what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from commands import Cli

HEAD = "from rung.sdk import *\nfrom rung import sdk\nRUNG_API = 1\n"
HOTEL = (
    HEAD
    + """
def sample(n, seed):
    raise LookupError("no guests")

@hookimpl
def rung_sector():
    return Sector(
        id="hotel", title=Text("酒店", "Hotel"), about=Text("酒店", "Hotel guests"),
        fields=(
            Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT),
            Field(id="customer_name", title=Text("名称", "Name"), kind=Kind.TEXT),
            Field(id="spent", title=Text("消费", "Spent"), kind=Kind.MONEY),
        ),
        events=(
            EventTable(
                id="stays", title=Text("入住", "Stays"),
                columns=(
                    Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT),
                    Field(id="date", title=Text("日期", "Date"), kind=Kind.DATE),
                ),
            ),
        ),
        measures=(
            Measure(
                id="half", title=Text("半", "Half"), kind=Kind.MONEY, inputs=("spent",), build=lambda: 1 / 0
            ),
        ),
        policies="nowhere_at_all.hotel",
        sample=sample,
    )

@hookimpl
def rung_panel():
    return Panel(id="hotel", title=Text("入住", "Stays"), sectors=("hotel",), show=lambda seen: None)

@hookimpl
def rung_source():
    return None
"""
)
SPSS = (
    HEAD
    + """
@hookimpl
def rung_exporter():
    return Exporter(id="spss", title=Text("SPSS", "SPSS"), endings=(".sav",), write=print)
"""
)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that lays down a distribution of one module with entry points by group."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def install(distribution: str, code: str, needs: str = "rung", **groups: str) -> None:
        module = f"{distribution.replace('-', '_')}_of_{tmp_path.name}"
        (site / f"{module}.py").write_text(dedent(code), encoding="utf-8")
        info = site / f"{distribution.replace('-', '_')}-0.3.0.dist-info"
        info.mkdir()
        required = f"Requires-Dist: {needs}\n" if needs else ""
        head = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 0.3.0\n{required}"
        (info / "METADATA").write_text(head, encoding="utf-8")
        points = [
            f"[{'.'.join(filter(None, ('rung', group)))}]\n{name} = {module}\n"
            for group, name in ((key.removeprefix("_"), name) for key, name in groups.items())
        ]
        (info / "entry_points.txt").write_text("".join(points), encoding="utf-8")

    return install


def by_kind(told: Any, name: str) -> dict[str, Any]:
    return {each["kind"]: each for each in told["plugins"] if each["id"] == name}


def test_every_kind_is_listed_with_where_it_comes_from_what_it_brings_and_what_it_cost(
    cli: Cli, installed: Callable[..., None]
) -> None:
    installed("rung-hotel", HOTEL, _="hotel", panels="hotel")
    installed("rung-spss", SPSS, exporters="spss")
    ended = cli("plugins", "list", "--json")
    assert ended.code == 0
    hotel = by_kind(ended.json, "hotel")
    assert list(hotel) == ["sector", "panel"]
    assert hotel["sector"]["distribution"] == "rung-hotel"
    assert hotel["sector"]["version"] == "0.3.0"
    assert hotel["sector"]["state"] == "loaded"
    assert hotel["sector"]["load_ms"] > 0
    assert hotel["sector"]["hooks"] == ["rung_panel", "rung_sector", "rung_source"]
    assert hotel["sector"]["supplied"]["measures"] == ["half"]
    assert hotel["panel"]["supplied"]["sectors"] == ["hotel"]
    assert by_kind(ended.json, "spss")["exporter"]["supplied"]["endings"] == [".sav"]
    assert {"bank", "auto4s", "tobacco", "review"} <= {each["id"] for each in ended.json["plugins"]}
    shown = " ".join(cli("plugins", "list").out.split())
    assert "spss exporter rung-spss 0.3.0 loaded" in shown
    assert "SPSS; .sav" in shown


def test_without_loading_nothing_is_imported_and_nothing_is_found_faulty(
    cli: Cli, installed: Callable[..., None]
) -> None:
    installed("rung-bad", "raise RuntimeError", _="bad")
    assert cli("plugins", "list", "--json", "--no-load").code == 0
    ended = cli("plugins", "list", "--json")
    assert ended.code == 1
    (bad,) = by_kind(ended.json, "bad").values()
    assert (bad["state"], bad["faults"][0]["stage"], bad["supplied"]) == ("faulty", "import", None)


def test_the_fault_of_one_kind_leaves_the_others_of_that_name_alone(
    cli: Cli, installed: Callable[..., None]
) -> None:
    installed("rung-hotel", HOTEL, _="hotel", panels="hotel", sources="hotel")
    hotel = by_kind(cli("plugins", "list", "--json").json, "hotel")
    assert {kind: each["state"] for kind, each in hotel.items()} == {
        "sector": "loaded",
        "source": "faulty",
        "panel": "loaded",
    }
    assert [kind for kind, each in hotel.items() if each["faults"]] == ["source"]


def test_disabling_a_name_does_without_everything_of_that_name(
    cli: Cli, installed: Callable[..., None]
) -> None:
    installed("rung-hotel", HOTEL, _="hotel", panels="hotel")
    cli("init")
    told = cli("plugins", "disable", "hotel").out
    assert "- sector, rung-hotel 0.3.0" in told
    assert "- panel, rung-hotel 0.3.0" in told
    states = {each["state"] for each in by_kind(cli("plugins", "list", "--json").json, "hotel").values()}
    assert states == {"disabled"}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("review", "is a verb, and verbs belong to no workspace"),
        ("rung-spss", "The distribution rung-spss brings: spss."),
        ("spsss", "Did you mean “spss”?"),
    ],
)
def test_a_name_that_cannot_be_disabled_is_told_with_what_to_do(
    cli: Cli, installed: Callable[..., None], name: str, hint: str
) -> None:
    installed("rung-spss", SPSS, exporters="spss")
    cli("init")
    refused = cli("plugins", "disable", name)
    assert (refused.code, hint in refused.err) == (2, True)


def test_the_doctor_tells_what_would_fail_at_work_and_what_may_fail_one_day(
    cli: Cli, installed: Callable[..., None]
) -> None:
    installed("rung-hotel", HOTEL, needs="", _="hotel", panels="hotel", source="hotel")
    ended = cli("plugins", "doctor", "hotel", "--json")
    assert ended.code == 1
    sector = next(each for each in ended.json["plugins"] if each["plugin"]["kind"] == "sector")
    told = [(each["severity"], each["message"]) for each in sector["remarks"]]
    package = "The package “nowhere_at_all” of the resource folder “nowhere_at_all.hotel” is not installed."
    assert ("error", package) in told
    assert any(message.startswith("Its sample of 1 fails: LookupError: no guests (") for _s, message in told)
    assert ("error", "Its measure “half” fails: ZeroDivisionError: division by zero") in told
    table = "The event table “stays” is read by no feature, and by none of its policies."
    assert ("warning", table) in told
    assert ("warning", "rung-hotel does not say that it needs Rung.") in told
    source = "It implements rung_source, but announces it nowhere: it is never called."
    assert ("warning", source) in told
    every = cli("plugins", "doctor")
    assert every.code == 1
    assert (
        "“hotel” in the group “rung.source”, which is none of Rung's. Did you mean “rung.sources”?"
        in every.out
    )


def test_the_doctor_looks_at_one_plugin_or_at_all_of_a_distribution(cli: Cli) -> None:
    ended = cli("plugins", "doctor", "tobacco")
    assert (ended.code, "No faults." in ended.out, "bank" in ended.out) == (0, True, False)
    assert "bank" in cli("plugins", "doctor", "rung").out
    refused = cli("plugins", "doctor", "tobaco")
    assert (refused.code, "Did you mean “tobacco”?" in refused.err) == (2, True)


def test_the_doctor_tells_of_verbs_that_nobody_reaches_or_that_are_none(
    cli: Cli, installed: Callable[..., None]
) -> None:
    installed("rung-verbs", "", commands="grade")
    ended = cli("plugins", "doctor", "rung-verbs")
    assert ended.code == 1
    assert "“grade” is a verb of Rung's own: nobody can reach it." in ended.out
    assert "The verb “grade” is no click command." in ended.out


def test_the_hooks_are_listed_with_arguments_group_and_who_uses_them(cli: Cli) -> None:
    told = {each["name"]: each for each in cli("plugins", "hooks", "--json").json["hooks"]}
    assert list(told) == ["rung_sector", "rung_source", "rung_exporter", "rung_panel", "rung_alarm_raised"]
    assert told["rung_sector"]["used_by"] == ["rung"]
    assert told["rung_alarm_raised"]["group"] == "rung.alarms"
    assert told["rung_alarm_raised"]["signature"] == "(alarm: Mapping[str, Any]) -> str | None"
    shown = cli("plugins", "hooks").out
    assert "Edition 1 of the plugin interface; plugins of edition 1 are taken." in shown
    assert "Tell somebody of an alarm" in shown


def test_the_demo_does_without_a_sector_whose_sample_fails_and_says_so(
    cli: Cli, installed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    installed("rung-hotel", HOTEL, _="hotel")
    monkeypatch.setattr("rung.plugins.host.PluginHost.ids", lambda _host: ("hotel", "wealth"))
    ended = cli("demo", "here", "--customers", "50", "--json")
    assert ended.code == 1
    assert "Plugin “hotel” (rung-hotel 0.3.0) failed: LookupError: no guests (" in ended.err
    assert {each["plugin"]["id"] for each in ended.json["runs"]} == {"wealth"}
