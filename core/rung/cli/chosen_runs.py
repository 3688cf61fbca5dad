"""Which runs of a workspace a person means: the latest, one by id, the last by a policy, or all of a call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from rung.cli.terminal import show_problems
from rung.errors import RungError
from rung.runs.store import LATEST
from rung.text import _
from rung.workspace.named_customer import policy_id_of

if TYPE_CHECKING:
    from rung.plugins import PluginHost
    from rung.runs.manifest import Manifest
    from rung.workspace import Workspace

__all__ = ["chosen_runs", "run_meant", "warn_of_changes"]


def chosen_runs(
    workspace: Workspace, run_id: str | None, policies: Sequence[str], *, all_policies: bool
) -> tuple[str, ...]:
    """Return the ids of the runs meant, and warn on stderr where their plugins are not those at hand.

    Raises RungError for options that contradict each other.
    """
    wanted = _chosen(workspace, run_id, policies, all_policies=all_policies)
    manifests = []
    for each in wanted:
        with suppress(RungError), workspace.run(each) as run:  # opened again, it is told there
            manifests.append(run.manifest)
    warn_of_changes(manifests, workspace.host)
    return wanted


def _chosen(
    workspace: Workspace, run_id: str | None, policies: Sequence[str], *, all_policies: bool
) -> tuple[str, ...]:
    if run_id is not None and policies:
        raise RungError.of(
            _("--run and --policy exclude each other."), _("A run is by one policy: name the run alone.")
        )
    if policies:
        if all_policies:
            raise RungError.of(_("--policy and --all-policies exclude each other."))
        return tuple(workspace.latest_by(policy_id_of(workspace, each)) for each in dict.fromkeys(policies))
    if not all_policies:
        return (run_id or LATEST,)
    together = workspace.batch(run_id or LATEST)
    if len(together) > 1 or run_id is not None:
        return together
    manifests = workspace.runs().manifests
    return tuple(workspace.latest_by(each) for each in dict.fromkeys(m.policy.id for m in manifests))


def warn_of_changes(manifests: Iterable[Manifest], host: PluginHost) -> None:
    """Say on stderr which runs were made with another plugin than the one at hand."""
    from rung.pipeline.made_with import plugin_changes

    show_problems(problem for manifest in manifests for problem in plugin_changes(manifest, host))


def run_meant(workspace: Workspace, run_id: str | None, policy: str | None) -> str:
    """Return the id of the one run meant by id, or by its policy as the last; the latest if neither."""
    return chosen_runs(workspace, run_id, () if policy is None else (policy,), all_policies=False)[0]
