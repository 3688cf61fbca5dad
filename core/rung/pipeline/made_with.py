"""Whether a run would be the same again: by the plugin, the data source and the policy at hand now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError, Severity
from rung.plugins import SECTOR, Extra, origin_words
from rung.policy.reader import read_policy
from rung.text import _

if TYPE_CHECKING:
    from rung.plugins import PluginHost
    from rung.policy.shelf import Shelf
    from rung.runs.manifest import Manifest, PluginStamp, SourceStamp

__all__ = ["plugin_changes", "policy_changes", "source_changes"]


def plugin_changes(manifest: Manifest, host: PluginHost) -> tuple[Problem, ...]:
    """Return a warning where the plugin a run was made with is not the one at hand; loads nothing.

    Grades of the run stand. What is computed from it anew, an explanation, a correction, a simulation, is
    computed by the plugin at hand.
    """
    return tuple(_plugin(manifest, host))


def policy_changes(manifest: Manifest, shelf: Shelf) -> tuple[Problem, ...]:
    """Return a warning where what stands under a run's policy and version now reads otherwise than then.

    A policy that is not at hand any more is no warning: nobody would grade by it.
    """
    return tuple(_policy(manifest, shelf))


def source_changes(manifest: Manifest, host: PluginHost) -> tuple[Problem, ...]:
    """Return a warning where the data source a run's tables came from is not the one at hand; loads nothing.

    What was read is kept with the run: nothing computed from the run itself changes.
    """
    return tuple(_source(manifest, host))


def _warning(message: str, hint: str) -> Problem:
    return Problem(message, hint, severity=Severity.WARNING)


def _plugin(manifest: Manifest, host: PluginHost) -> Iterator[Problem]:
    made = manifest.plugin
    if made is None:
        return
    now = _at_hand(host, SECTOR, made.id)
    told = _told(manifest, made, now)
    if not now:
        message = _("Run {run} was made with {then}, which is not installed.")
        hint = _("Its grades stand; install it to explain them or to grade again.")
        yield _warning(message.format(**told), hint)
    elif made.id in host.disabled:
        message = _("Run {run} was made with {then}, and “{name}” is disabled here.")
        yield _warning(
            message.format(**told), _("Enable it again: rung plugins enable {name}.").format(**told)
        )
    elif origin_words(made) not in now:
        message = _("Run {run} was made with {then}; {now} is installed: graded again, grades may differ.")
        hint = _("The run's own grades stand; what is computed from it now is computed by {now}.")
        yield _warning(message.format(**told), hint.format(**told))


def _source(manifest: Manifest, host: PluginHost) -> Iterator[Problem]:
    made = manifest.source
    if made is None:
        return
    now = _at_hand(host, Extra.SOURCE, made.id)
    told = _told(manifest, made, now)
    if not now:
        message = _("Run {run} took its customers from “{name}” of {then}, which is not installed.")
        yield _warning(message.format(**told), _("Its grades stand; install it to read from there again."))
    elif made.id in host.disabled:
        message = _("Run {run} took its customers from “{name}” of {then}, which is disabled here.")
        yield _warning(
            message.format(**told), _("Enable it again: rung plugins enable {name}.").format(**told)
        )
    elif origin_words(made) not in now:
        message = _(
            "Run {run} took its customers from “{name}” of {then}; {now} is installed: read again, they may "
            "differ."
        )
        yield _warning(message.format(**told), _("The run's own grades stand, and what they were graded by."))


def _at_hand(host: PluginHost, kind: str, name: str) -> tuple[str, ...]:
    """Return the distributions, with their versions, that supply what has the name."""
    return tuple(origin_words(each) for each in host.everything() if (each.kind, each.id) == (kind, name))


def _told(manifest: Manifest, made: PluginStamp | SourceStamp, now: tuple[str, ...]) -> dict[str, str]:
    return {
        "run": manifest.run_id,
        "then": origin_words(made),
        "now": _(", ").join(now),
        "name": made.id,
    }


def _policy(manifest: Manifest, shelf: Shelf) -> Iterator[Problem]:
    stamp = manifest.policy
    hashes: frozenset[str] = frozenset()
    with suppress(RungError):  # what cannot be read is told wherever policies are listed
        hashes = shelf.hashes(stamp.id, stamp.version, manifest.as_of)
    hashes = hashes or _of_file(manifest, shelf)
    if not hashes or stamp.sha256 in hashes:
        return
    message = _("Run {run} was made by {policy} {version}, which reads otherwise now: grades may differ.")
    told = {"run": manifest.run_id, "policy": stamp.id, "version": stamp.version}
    yield _warning(
        message.format(**told),
        _("The run keeps the policy it was made by; a changed one wants a new version."),
    )


def _of_file(manifest: Manifest, shelf: Shelf) -> frozenset[str]:
    """Return the hash of the file a run's policy was read from, if that is still the policy."""
    stamp, file = manifest.policy, Path(manifest.policy.file)
    if not file.is_file():
        return frozenset()
    with suppress(RungError):
        loaded = read_policy(file, shelf.library, shelf.bases_near(file, manifest.as_of))
        if (loaded.policy.id, loaded.policy.version) == (stamp.id, stamp.version):
            return frozenset({loaded.sha256})
    return frozenset()
