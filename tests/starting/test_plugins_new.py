"""``rung plugins new`` finds every mistake at once, and writes a whole package or nothing."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from rung.cli import run
from rung.errors import Problem, RungError
from rung.starting import (
    PluginAnswers,
    answer_problems,
    read_field,
    target_problems,
    usual_fields,
    write_package,
)
from rung.starting.checking import OWN
from rung.text import Text
from rung.vocabulary import Kind


def _answers(**changed: Any) -> PluginAnswers:
    told: dict[str, Any] = {"name": "studio", "title": Text("工作室", "Studio"), "fields": usual_fields()}
    return PluginAnswers(**told | changed)


def _problems(taken: tuple[str, ...] = (), **changed: Any) -> list[str]:
    return [problem.message for problem in answer_problems(_answers(**changed), taken)]


def test_what_is_proposed_has_no_problem() -> None:
    assert _problems() == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("class", "“class” is a word of Python's own."),
        ("match", "“match” is a word of Python's own."),
        ("Studio", "“Studio” is no name for a plugin."),
        ("my-studio", "“my-studio” is no name for a plugin."),
        ("1st", "“1st” is no name for a plugin."),
        ("", "“” is no name for a plugin."),
        ("../up", "“../up” is no name for a plugin."),
        ("rung-studio", "“rung-studio” names the package, not the trade."),
        ("bank", "A plugin “bank” is installed already, and two of one id are both refused."),
        ("policies", "A package “rung_policies” is installed already."),
    ],
)
def test_a_name_that_cannot_be_used_is_told(name: str, told: str) -> None:
    assert _problems(("bank",), name=name) == [told]


def test_every_mistake_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = (
        "class",
        "--yes",
        "--into",
        str(tmp_path / "none"),
        "--title-zh",
        "Studio",
        "--title-en",
        "工作室",
    )
    assert run(["plugins", "new", *words, "--field", "a", "--field", "b:int:乙:B"]) == 2
    told = capsys.readouterr().err
    assert len(told.strip().splitlines()) == 5
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "rung-studio").mkdir()
    (tmp_path / "rung-studio" / "mine").write_text("mine")
    assert run(["plugins", "new", "studio", "--yes", "--into", str(tmp_path)]) == 2
    assert [(file.name, file.read_text()) for file in (tmp_path / "rung-studio").iterdir()] == [
        ("mine", "mine")
    ]


def test_a_dangling_link_of_the_name_counts_as_there(tmp_path: Path) -> None:
    (tmp_path / "rung-studio").symlink_to(tmp_path / "nowhere")
    assert [each.message for each in target_problems(tmp_path, "rung-studio")] == [
        "It is there already; nothing is overwritten."
    ]


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, written = Path.write_text, []

    def full(self: Path, *words: Any, **more: Any) -> int:
        written.append(self)
        if len(written) == 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return plain(self, *words, **more)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(RungError):
        write_package(_answers(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plugins", "new", "studio", "--json", "--into", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    files = {
        file.relative_to(tmp_path / "rung-studio").as_posix()
        for file in (tmp_path / "rung-studio").rglob("*")
        if file.is_file()
    }
    assert set(told["files"]) == files
    assert told["distribution"] == "rung-studio"
    assert {"README.md", "README.zh.md", ".github/workflows/test.yml", "rung_studio/py.typed"} <= files


def test_the_same_answers_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_package(_answers(), tmp_path / name)
    first, second = (
        {
            file.relative_to(tmp_path / name): file.read_bytes()
            for file in (tmp_path / name).rglob("*")
            if file.is_file()
        }
        for name in ("a", "b")
    )
    assert first == second


def test_titles_with_quotes_are_written_as_a_formatter_writes_them(tmp_path: Path) -> None:
    title = Text("“水疗”店", 'The "Spa"')
    write_package(_answers(title=title), tmp_path)
    sector = (tmp_path / "rung-studio" / "rung_studio" / "sector.py").read_text("utf-8")
    assert """title=Text("“水疗”店", 'The "Spa"'),""" in sector


def test_no_placeholder_is_left(tmp_path: Path) -> None:
    write_package(_answers(author='Li "M" Min'), tmp_path)
    for file in (tmp_path / "rung-studio").rglob("*"):
        if file.is_file() and file.suffix not in {".yml"}:
            assert "${" not in file.read_text("utf-8"), file


def test_the_names_it_begins_with_are_those_of_the_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(_answers(name="rehearsal", fields=()), tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "rung-rehearsal"))
    from importlib import import_module

    fields = import_module("rung_rehearsal.fields").FIELDS
    features = import_module("rung_rehearsal.events").FEATURES
    assert [(each.id, each.names(), each.kind) for each in (*fields, *features)] == [
        (each.id, each.names(), each.kind) for each in OWN
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("nights", "“nights” is no field."),
        ("nights:integer:间夜", "“nights:integer:间夜” is no field."),
        ("nights:int:间夜:Nights", "“int” of field “nights” is no kind."),
        ("plan:category:会籍:Plan", "Category “plan” has fewer than two choices."),
        ("plan:category:会籍:Plan:a=甲=A", "Category “plan” has fewer than two choices."),
        ("nights:integer:间夜:Nights:a=甲=A", "Field “nights” has choices, but is no category."),
    ],
)
def test_a_field_that_cannot_be_read_is_told(written: str, told: str) -> None:
    found = read_field(written)
    assert isinstance(found, Problem)
    assert found.message == told


def test_a_field_is_read_with_either_colon() -> None:
    found = read_field("plan：category：会籍：Plan：yearly=年卡=Yearly，day=次卡=Day pass")
    assert not isinstance(found, Problem)
    assert (found.id, found.kind, found.title) == ("plan", Kind.CATEGORY, Text("会籍", "Plan"))
    assert found.choices == (("yearly", Text("年卡", "Yearly")), ("day", Text("次卡", "Day pass")))


@pytest.mark.parametrize("name", ["spend", "share", "customer_id", "spend_12m"])
def test_a_field_named_as_what_is_there_is_told(name: str) -> None:
    found = read_field(f"{name}:money:另一个:Another")
    assert not isinstance(found, Problem)
    assert len(_problems(fields=(found,))) == 1
