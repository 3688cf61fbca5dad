"""The policy kept with a run, layers and libraries too: grades stay explainable when its files change."""

from __future__ import annotations

import json
from pathlib import Path

from rung.errors import Place, RungError
from rung.policy.library import Library, parse_library
from rung.policy.reader import LoadedPolicy, parse_policy
from rung.policy.sources import SourceText
from rung.text import _

__all__ = ["keep_policy", "kept_policy"]


def keep_policy(loaded: LoadedPolicy, path: Path) -> None:
    """Write the texts that ``loaded`` was read from."""
    libraries, layers = (
        {text.id: {"name": text.name, "text": text.text} for text in texts}
        for texts in (loaded.sources.libraries, loaded.sources.layers)
    )
    kept = {"name": loaded.sources.name, "text": loaded.text, "libraries": libraries, "layers": layers}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def kept_policy(path: Path, sha256: str) -> LoadedPolicy:
    """Read the policy of a run; raises RungError where it is not the one of that hash."""
    try:
        kept = json.loads(path.read_bytes())
        name, text, libraries = kept["name"], kept["text"], kept["libraries"]
        layers = kept.get("layers", {})

        def library(sector: str) -> Library:
            return parse_library(libraries[sector]["text"], libraries[sector]["name"], sector)

        def base(policy_id: str) -> SourceText:
            return SourceText(layers[policy_id]["name"], layers[policy_id]["text"], policy_id)

        loaded = parse_policy(text, name, library, base)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _altered(path) from error
    if loaded.sha256 != sha256:
        raise _altered(path)
    return loaded


def _altered(path: Path) -> RungError:
    return RungError.of(
        _("The policy kept with the run is damaged or was altered."),
        _("Grade the customers again."),
        Place(str(path)),
    )
