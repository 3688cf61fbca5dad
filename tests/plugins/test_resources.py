"""A resource folder is found by name, and nothing of its package runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rung.errors import RungError
from rung.plugins import resource_folder


@pytest.fixture
def package(site: Path) -> Path:
    folder = site / "some_policies"
    (folder / "bank" / "inner").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise RuntimeError('imported')")
    (folder / "bank" / "__init__.py").write_text("raise RuntimeError('imported')")
    return folder


def test_a_folder_is_found_without_importing_its_package(package):
    assert resource_folder("some_policies.bank") == package / "bank"
    assert resource_folder("some_policies.bank.inner") == package / "bank" / "inner"
    assert resource_folder("some_policies") == package
    assert "some_policies" not in sys.modules


def test_the_projects_own_policies_are_found():
    assert resource_folder("rung_policies.bank").parts[-2:] == ("rung_policies", "bank")


def test_a_package_without_init_is_searched_in_all_its_places(tmp_path, monkeypatch):
    for place, inner in (("one", "bank"), ("two", "shop")):
        (tmp_path / place / "spread_policies" / inner).mkdir(parents=True)
        monkeypatch.syspath_prepend(str(tmp_path / place))
    assert resource_folder("spread_policies.bank") == tmp_path / "one" / "spread_policies" / "bank"
    assert resource_folder("spread_policies.shop") == tmp_path / "two" / "spread_policies" / "shop"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere_policies.bank", "The package “nowhere_policies” .* is not installed"),
        (
            "some_policies.shop",
            "The package “some_policies” holds no folder “shop”. Looked in .*some_policies",
        ),
        ("some_policies..", "does not name a resource folder"),
        ("some_policies.../etc", "does not name a resource folder"),
        ("/etc", "does not name a resource folder"),
        ("", "does not name a resource folder"),
        ("json.decoder.x", "The package “json” holds no folder “decoder/x”"),
        ("sys", "The package “sys” .* is not installed"),
        ("__main__.x", "is not installed"),
    ],
)
@pytest.mark.usefixtures("package")
def test_what_is_not_there_is_told(name, message):
    with pytest.raises(RungError, match=message):
        resource_folder(name)
