"""A sensitive option stands in no output, no file of a run and no error, whatever the plugin raises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from source_desk import Cli, everything, handing_over

Install = Callable[..., Path]
SECRET = "open sesame"


def test_a_run_keeps_and_shows_no_secret(cli: Cli, install: Install, shop: Path) -> None:
    install()
    assert cli("init", ".").code == 0
    for more in ((), ("--json",)):
        ended = cli("grade", "--from", "crm", "--set", "file=crm.db", "--policy", "shop.toml", *more)
        assert ended.code == 0
        assert SECRET not in ended.out + ended.err
    assert SECRET.encode() not in everything(shop)


def test_an_exception_that_tells_the_secret_is_covered(cli: Cli, install: Install) -> None:
    install()
    flags = ("--set", "file=crm.db", "--set", "fails=at once")
    ended = cli("grade", "--from", "crm", *flags, "--policy", "shop.toml")
    assert ended.code == 2
    assert "ConnectionError: refused: https://crm/?key='●●●'" in ended.err
    assert SECRET not in ended.err


_FAILS = """
from rung.sdk import Field, Kind

SECRET = Field(id="key", title=Text("", ""), kind=Kind.TEXT, is_sensitive=True, is_required=True)


def fail(key):
    raise ValueError("x" * 390 + key)
"""


def test_half_a_secret_is_not_told_where_a_text_is_cut(
    cli: Cli, install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNG_ODD_KEY", "abcdefghijklmnop")
    code = handing_over("fail(options['key'])", _FAILS)
    install("odd", code.replace("read=read", "read=read, options=(SECRET,)"))
    ended = cli("grade", "--from", "odd", "--policy", "shop.toml")
    assert ended.code == 2
    assert "ValueError: xxx" in ended.err
    assert "abcd" not in ended.err


def test_a_secret_in_the_workspaces_file_is_refused_with_its_line(
    cli: Cli, install: Install, shop: Path
) -> None:
    install()
    assert cli("init", ".").code == 0
    with (shop / "rung.toml").open("a") as file:
        file.write(
            '\n[sources.mine]\nfrom = "crm"\n[sources.mine.options]\nfile = "crm.db"\ntoken = "hunter2"\n'
        )
    line = (shop / "rung.toml").read_text().splitlines().index('token = "hunter2"') + 1
    ended = cli("grade", "mine", "--policy", "shop.toml")
    assert ended.code == 2
    assert f"rung.toml:{line} " in ended.err
    assert "RUNG_CRM_TOKEN" in ended.err
    assert "hunter2" not in ended.err


def test_a_secret_written_by_mistake_without_a_sign_is_not_repeated(cli: Cli, install: Install) -> None:
    install()
    ended = cli("grade", "--from", "crm", "--set", "hunter2", "--policy", "shop.toml")
    assert ended.code == 2
    assert "hunter2" not in ended.err


def _named(name: str, option: str) -> str:
    more = f"read=read, options=(Field(id={option!r}, title=words, kind=Kind.TEXT, is_sensitive=True),)"
    code = handing_over("SourceTables(customers=())", "from rung.sdk import Field, Kind")
    return code.replace('"odd"', repr(name)).replace("read=read", more)


def test_of_two_sources_that_would_share_their_secrets_neither_is_loaded(cli: Cli, install: Install) -> None:
    site = install("crm-a", _named("crm-a", "token"))
    metadata = site / "rung_crm-a-1.2.dist-info" / "METADATA"
    metadata.write_text("Metadata-Version: 2.1\nName: north\nVersion: 3\n", encoding="utf-8")
    install("crm_a", _named("crm_a", "token"))
    install("other", _named("other", "token"))
    assert cli("init", ".").code == 0
    for name, origin in (("crm-a", "north 3"), ("crm_a", "rung-crm_a 1.2")):
        refused = cli("grade", "--from", name, "--policy", "shop.toml")
        assert refused.code == 2
        assert refused.err == (
            f"rung: Plugin “{name}” ({origin}), data source, is faulty, duplicate id: “crm-a” (north 3), "
            "“crm_a” (rung-crm_a 1.2) would read their secrets from the same variables, RUNG_CRM_A_…; none "
            "is loaded. Uninstall all of them but one, or have its author call it otherwise.\n"
        )
    listed = {each["id"]: each["state"] for each in cli("plugins", "list", "--json").json["plugins"]}
    assert (listed["crm-a"], listed["crm_a"], listed["other"]) == ("faulty", "faulty", "loaded")


def test_the_doctor_tells_of_a_variable_that_two_sources_read(cli: Cli, install: Install) -> None:
    install("crm", _named("crm", "a_token"))
    install("crm_a", _named("crm_a", "token"))
    install("crm_b", _named("crm_b", "token"))
    told = cli("plugins", "doctor", "crm_a").out
    assert " ".join(told.split()).count("are both read from RUNG_CRM_A_TOKEN") == 1
    assert "both read" in cli("plugins", "doctor", "crm").out
    assert "both read" not in cli("plugins", "doctor", "crm_b").out
