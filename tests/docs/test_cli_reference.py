"""docs/cli.md names every verb and option there is, with the words an option takes, and none there is not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from rung.cli import verbs
from rung.cli.program import BAD_INPUT, DONE, FINDINGS, run
from rung.ledger.actor import Actor, Role
from rung.plugins import Extra, PluginHost
from rung.workspace.config import (
    AlarmsConfig,
    CalendarConfig,
    Config,
    MonitorConfig,
    PoolConfig,
    SourceConfig,
)

Tables = Callable[[str], dict[str, dict[str, tuple[str, ...]]]]
PAGE = Path(__file__).parents[2] / "docs/cli.md"


def _commands() -> dict[str, click.Command]:
    found = {name: verbs.load(verb) for name, verb in verbs.own_verbs().items()}
    host = PluginHost()
    for info in host.everything():
        if (info.kind, info.distribution) == (Extra.VERB, "rung"):
            verb = host.verb(info.id)
            assert isinstance(verb, click.Command)
            found[info.id] = verb
    return dict(pair for name, command in found.items() for pair in _leaves(f"rung {name}", command))


def _leaves(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None, name
            yield from _leaves(f"{path} {name}", inner)
    else:
        yield path, command


def _written(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return (parameter.metavar or (parameter.name or "").upper()).strip("[].")


def test_every_verb_has_its_table(tables: Tables) -> None:
    assert set(tables("cli.md")) - {
        "exit codes",
        "AlarmsConfig",
        "CalendarConfig",
        "Config",
        "MonitorConfig",
        "PoolConfig",
        "SourceConfig",
        "Actor",
    } == set(_commands())


@pytest.mark.parametrize("name", sorted(_commands()))
def test_a_table_lists_the_arguments_and_options_of_its_verb(tables: Tables, name: str) -> None:
    assert set(tables("cli.md")[name]) == {_written(parameter) for parameter in _commands()[name].params}


@pytest.mark.parametrize("name", sorted(_commands()))
def test_a_table_names_the_words_an_option_takes(tables: Tables, name: str) -> None:
    untold = [
        (_written(parameter), word)
        for parameter in _commands()[name].params
        if isinstance(parameter.type, click.Choice)
        for word in parameter.type.choices
        if f"`{word}`" not in tables("cli.md")[name][_written(parameter)][0]
    ]
    assert untold == []


def test_the_page_lists_the_exit_codes(tables: Tables) -> None:
    assert {int(code) for code in tables("cli.md")["exit codes"]} >= {DONE, FINDINGS, BAD_INPUT}


def test_bad_input_ends_with_the_code_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["grade", os.devnull + ".csv", "--policy", "bank.credit-tiers"]) == 2
    assert capsys.readouterr().err.startswith("rung: ")


@pytest.mark.parametrize(
    "part",
    [AlarmsConfig, CalendarConfig, Config, MonitorConfig, PoolConfig, SourceConfig],
    ids=lambda part: part.__name__,
)
def test_a_table_lists_the_keys_of_a_workspace_file(tables: Tables, part: type[BaseModel]) -> None:
    assert set(tables("cli.md")[part.__name__]) == {
        info.alias or name for name, info in part.model_fields.items()
    }


def test_a_table_lists_what_is_said_of_a_person(tables: Tables) -> None:
    said = {field.name for field in fields(Actor)} - {"account", "on_behalf_of"}
    assert set(tables("cli.md")["Actor"]) == said
    assert all(f"`{role.value}`" in tables("cli.md")["Actor"]["role"][0] for role in Role)
