"""The runs of the workspace to choose from, the damaged ones named with what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import App

from rung.errors import RungError
from rung.moments import local
from rung_tui.chooser import Choice, Chooser
from rung_tui.language import _, spoken, words

if TYPE_CHECKING:
    from rung.runs import Manifest
    from rung_tui.review import Review

__all__ = ["choose_run", "opened_run"]


def choose_run(app: App[Any], review: Review, then: Callable[[Review], object]) -> None:
    """Ask which run to open, and hand it over opened."""
    app.run_worker(_choose(app, review, then), group="open", exclusive=True)


async def _choose(app: App[Any], review: Review, then: Callable[[Review], object]) -> None:
    try:
        shelved = await review.telling(lambda: (spoken(), review.workspace.runs())[1])
    except RungError as error:
        app.notify(str(error), severity="error", markup=False, timeout=12)
        return
    for problem in shelved.problems:
        app.notify(str(problem), severity="warning", markup=False)

    async def open_run(run_id: str) -> None:
        try:
            opened = await review.telling(lambda: opened_run(review, run_id))
        except RungError as error:
            app.notify(str(error), severity="error", markup=False, timeout=12)
        else:
            then(opened)

    def chosen(run_id: str | None) -> None:
        if run_id is not None and run_id != review.manifest.run_id:
            app.run_worker(open_run(run_id), group="open", exclusive=True)

    def choices() -> list[Choice]:
        return [_choice(manifest) for manifest in shelved.manifests]

    app.push_screen(Chooser(lambda: _("Runs, newest first"), choices, review.manifest.run_id), chosen)


def opened_run(review: Review, run_id: str) -> Review:
    """Open a run of the same workspace, its policy read: one stays where one is if it cannot be."""
    from rung_tui.review import Review

    spoken()
    opened = Review(review.workspace, review.workspace.run(run_id))
    try:
        opened.read_policy()
    except RungError:
        opened.close()
        raise
    opened.drafts = review.drafts
    return opened


def _choice(manifest: Manifest) -> Choice:
    made = local(manifest.created_at)
    about = _("as of {day} · made {made} · {count} customers").format(
        day=manifest.as_of, count=f"{manifest.rows:,}", made=f"{made:%Y-%m-%d %H:%M}"
    )
    title = f"{words(manifest.policy.title)} {manifest.policy.version}"
    return Choice(manifest.run_id, title, about, "warning" if manifest.faults else "")
