"""Policies ready to grade: compiled with the words of their sector, or with the cut-offs of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.grading.calibration import Calibration
from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy, Ungraded
from rung.grading.scorecard import Scorecard
from rung.policy.shelf import Shelf
from rung.runs.kept_policy import kept_policy
from rung.runs.run import POLICY, Run
from rung.text import _

if TYPE_CHECKING:
    from rung.plugins import PluginHost
    from rung.policy.reader import LoadedPolicy

__all__ = ["compiled_policy", "grading_policy", "scorecard_of"]


def compiled_policy(loaded: LoadedPolicy, host: PluginHost) -> CompiledPolicy:
    """Compile a policy with the words of its sector; raises RungError with every problem, each placed."""
    try:
        vocabulary = Shelf(host).vocabulary(loaded.policy)
        return compile_policy(loaded.policy, vocabulary)
    except RungError as error:
        raise RungError.all(map(loaded.located, error.problems)) from error


def grading_policy(loaded: LoadedPolicy, host: PluginHost) -> CompiledPolicy:
    """Compile a policy that grades; raises RungError for one that only raises alarms as well."""
    compiled = compiled_policy(loaded, host)
    if isinstance(compiled.method, Ungraded):
        raise RungError.of(
            _("The policy “{name}” grades nobody: it only raises alarms.").format(name=loaded.policy.id),
            _("Grade by a policy that has a [grading] table; “rung policy list” shows them."),
            loaded.sources.place(("id",)),
        )
    return compiled


def scorecard_of(run: Run, host: PluginHost) -> Scorecard:
    """Return what graded a run: its own policy, as kept, and the cut-offs its population gave."""
    loaded = kept_policy(run.folder / POLICY, run.manifest.policy.sha256)
    return Scorecard(compiled_policy(loaded, host), Calibration.from_dict(run.manifest.calibration))
