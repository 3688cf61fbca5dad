"""The program starts lightly, knows its verbs, and ends every command with the right code and one line."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest
from commands import RUNG, Cli, process

import rung
from rung.cli import verbs
from rung.hooks import VERB_GROUP
from rung.plugins import PluginHost

HEAVY = ("polars", "narwhals", "pydantic", "textual", "rich", "fastexcel", "xlsxwriter")


def imported_by(*arguments: str) -> set[str]:
    code = f"""
import sys
sys.argv = ["rung", *{arguments!r}]
from rung.__main__ import main
code = main()
print(*sorted({{name.partition(".")[0] for name in sys.modules}}), file=sys.stderr)
sys.exit(code)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(ran.stderr.split())


def test_the_version_is_told_before_click_is_imported() -> None:
    found = imported_by("--version")
    assert found.isdisjoint({*HEAVY, "click", "gettext", "importlib.metadata"})


def test_the_help_imports_nothing_heavy() -> None:
    assert imported_by("--help").isdisjoint({*HEAVY, "pluggy"})


def test_the_help_of_a_verb_imports_no_polars() -> None:
    assert imported_by("grade", "--help").isdisjoint({"polars", "textual", "rich"})


def test_the_version_is_the_distribution_s(tmp_path: Path) -> None:
    assert process("--version", folder=tmp_path).out == f"rung {rung.__version__}\n"


def test_the_version_is_told_behind_other_options_too(cli: Cli) -> None:
    assert cli("--lang", "zh", "--version").out == f"rung {rung.__version__}\n"


def test_without_a_verb_the_help_is_shown(cli: Cli) -> None:
    ended = cli()
    assert ended.code == 0
    for verb in verbs.own_verbs():
        assert f"  {verb} " in ended.out


@pytest.mark.parametrize("verb", list(verbs.own_verbs()))
def test_every_verb_has_a_help(cli: Cli, verb: str) -> None:
    ended = cli(verb, "--help")
    assert ended.code == 0
    assert ended.out.startswith(f"Usage: rung {verb}")


def test_an_unknown_verb_is_one_line_with_the_nearest(cli: Cli) -> None:
    ended = cli("grad", "x.csv")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "rung: There is no verb “grad”. Did you mean “grade”?\n"


@pytest.mark.parametrize(
    "arguments",
    [("grade",), ("grade", "--wrong"), ("--wrong",), ("explain",), ("policy", "shwo"), ("grade", "a", "b")],
)
def test_a_misused_verb_is_one_line_that_points_to_its_help(cli: Cli, arguments: tuple[str, ...]) -> None:
    ended = cli(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1
    assert "--help" in ended.err


def test_an_unknown_language_is_refused(cli: Cli) -> None:
    ended = cli("--lang", "fr", "runs")
    assert ended.code == 2
    assert "Known: zh, en." in ended.err


@pytest.mark.parametrize("arguments", [("--lang", "zh", "--help"), ("--help", "--lang=zh")])
def test_the_language_is_taken_wherever_it_stands(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    from rung.text import _, set_language

    set_language("zh")
    words = _("Grade the customers of a table by a policy.")
    set_language("en")
    assert words in process(*arguments, folder=tmp_path).out


def test_a_mistake_of_ours_is_one_line_and_no_traceback(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_verb: verbs.Verb) -> click.Command:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr(verbs, "load", fail)
    ended = cli("runs")
    assert ended.code == 70
    assert ended.err.startswith("rung: A mistake in Rung or a plugin: ZeroDivisionError: a b.")
    assert len(ended.err.splitlines()) == 1


def test_ctrl_c_is_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_verb: verbs.Verb) -> click.Command:
        raise KeyboardInterrupt

    monkeypatch.setattr(verbs, "load", stop)
    ended = cli("runs")
    assert (ended.code, ended.err) == (130, "rung: Stopped; nothing was written.\n")


def test_a_reader_that_leaves_early_ends_the_program_quietly(tmp_path: Path) -> None:
    command = f"'{RUNG}' policy show bank.credit-tiers | true; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.returncode in (0, 128 + signal.SIGPIPE)


def added(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, VERB_GROUP)


def test_verbs_of_other_distributions_join(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "plugin_verbs", lambda: {"hello": "From somewhere."})
    hello = click.Command("hello", callback=lambda: click.echo("hello to you"))
    monkeypatch.setattr(PluginHost, "verb", lambda _host, _name: hello)
    assert re.search(r"^  hello +From somewhere\.$", cli("--help").out, re.MULTILINE)
    assert cli("hello").out == "hello to you\n"


def test_a_verb_that_is_no_command_is_refused(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "plugin_verbs", lambda: {"hello": "From somewhere."})
    monkeypatch.setattr(PluginHost, "verb", lambda _host, _name: 42)
    ended = cli("hello")
    assert ended.code == 2
    assert "no click command" in ended.err


def test_declared_verbs_are_noticed_without_the_plugin_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert verbs.plugin_verbs() == {}
    metadata = tmp_path / "stranger-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Name: stranger\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text(f"[{VERB_GROUP}]\nhello = stranger:hello\n")
    assert verbs.plugin_verbs() == {"hello": "From stranger:hello."}


def test_a_verb_two_distributions_claim_is_neither_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}-1.dist-info").mkdir()
        declared = (
            f"[{VERB_GROUP}]\nhello = {name}:hello\nonly_{name} = {name}:only\n\n[rung]\nnot = a:verb\n"
        )
        (tmp_path / f"{name}-1.dist-info" / "entry_points.txt").write_text(declared)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert verbs.plugin_verbs() == {"only_one": "From one:only.", "only_two": "From two:only."}


def test_output_that_the_encoding_lacks_is_no_failure(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    ran = subprocess.run(
        [RUNG, "--lang", "zh", "policy", "list"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
