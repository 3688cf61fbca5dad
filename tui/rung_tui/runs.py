"""The runs of the workspace to choose from, the damaged ones named with what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import App

from rung.errors import RungError
from rung_tui.chooser import Choice, Chooser
from rung_tui.language import _, words

if TYPE_CHECKING:
    from rung.runs import Manifest
    from rung_tui.review import Review

__all__ = ["choose_run"]


def choose_run(app: App[Any], review: Review, then: Callable[[Review], object]) -> None:
    """Ask which run to open, and hand it over opened."""
    from rung_tui.review import Review

    shelved = review.workspace.runs()
    for problem in shelved.problems:
        app.notify(str(problem), severity="warning", markup=False)
    choices = [_choice(manifest) for manifest in shelved.manifests]

    def open_run(run_id: str | None) -> None:
        if run_id is None or run_id == review.manifest.run_id:
            return
        try:
            opened = Review(review.workspace, review.workspace.run(run_id))
        except RungError as error:
            app.notify(str(error), severity="error", markup=False)
            return
        then(opened)

    app.push_screen(Chooser(lambda: _("Runs, newest first"), choices, review.manifest.run_id), open_run)


def _choice(manifest: Manifest) -> Choice:
    made = manifest.created_at.astimezone()
    about = _("as of {day} · {count} customers · made {made}").format(
        day=manifest.as_of, count=f"{manifest.rows:,}", made=f"{made:%Y-%m-%d %H:%M}"
    )
    title = f"{words(manifest.policy.title)} {manifest.policy.version}"
    return Choice(manifest.run_id, title, about, "warning" if manifest.faults else "")
