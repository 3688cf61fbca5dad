"""docs/plugins.md, where authors begin: its example loads; it leads to every hook, verb and guide."""

from __future__ import annotations

import re
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from rung import hooks
from rung.cli.plugins import plugins
from rung.plugins import PluginHost

HOME = Path(__file__).parents[2]
PAGE = HOME / "docs/plugins.md"
TEXT = PAGE.read_text(encoding="utf-8")
GROUPS = {
    "rung_sector": hooks.GROUP,
    "rung_source": hooks.SOURCE_GROUP,
    "rung_exporter": hooks.EXPORTER_GROUP,
    "rung_panel": hooks.PANEL_GROUP,
    "rung_alarm_raised": hooks.ALARM_GROUP,
    "none": hooks.VERB_GROUP,
}


def test_the_example_is_a_plugin_that_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "rung_gym_of_the_page.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    host = PluginHost([EntryPoint("gym", "rung_gym_of_the_page", "rung")])
    assert [field.id for field in host.sector("gym").fields] == ["member_id", "member_name", "monthly_fee"]


def test_the_page_lists_what_a_plugin_may_supply_with_its_group_and_hook() -> None:
    shown = TEXT.partition("## What a plugin may supply")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| .*? \| `([\w.]+)` \| `?(\w+)`? \|", shown, re.MULTILINE)
    assert {hook: group for group, hook in rows} == GROUPS
    specified = {name for name in vars(hooks) if hasattr(getattr(hooks, name), "rung_spec")}
    assert set(GROUPS) - {"none"} == specified


def test_the_page_names_every_verb_about_plugins() -> None:
    shown = TEXT.partition("## Living with plugins")[2].partition("\n## ")[0]
    for verb in plugins.commands:
        assert re.search(rf"`(?:rung plugins )?{verb}\b", shown), verb


def test_every_guide_is_reached_from_the_page_in_both_languages() -> None:
    linked = set(re.findall(r"\]\((guides/[\w.-]+)\)", TEXT))
    assert linked == {f"guides/{file.name}" for file in (HOME / "docs/guides").glob("*.md")}


def test_every_file_the_page_links_to_exists() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", TEXT)
    assert [link for link in links if not (PAGE.parent / link).exists()] == []
