"""``rung plugins disable`` and ``enable``: what they say, and that the other verbs go by them."""

from __future__ import annotations

from pathlib import Path

from commands import Cli


def test_a_plugin_is_disabled_and_enabled_again(cli: Cli, shop: Path) -> None:
    del shop
    cli("init")
    assert "“bank” is disabled here." in cli("plugins", "disable", "bank").out
    assert "“bank” was disabled already." in cli("plugins", "disable", "bank").out
    told = {each["id"]: each["state"] for each in cli("plugins", "list", "--json").json["plugins"]}
    assert (told["bank"], told["tobacco"]) == ("disabled", "loaded")
    assert "disabled" in cli("plugins", "doctor", "bank").out
    refused = cli("policy", "show", "bank.credit-tiers")
    assert (refused.code, "is disabled in this workspace" in refused.err) == (2, True)
    assert "“bank” is enabled here." in cli("plugins", "enable", "bank").out
    assert cli("policy", "show", "bank.credit-tiers").code == 0
    assert "“bank” was not disabled." in cli("plugins", "enable", "bank").out


def test_a_name_nobody_has_is_refused_with_what_was_meant(cli: Cli, shop: Path) -> None:
    del shop
    cli("init")
    refused = cli("plugins", "disable", "bnak")
    assert (refused.code, "Did you mean “bank”?" in refused.err) == (2, True)
