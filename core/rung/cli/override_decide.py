"""``rung override approve`` and its like: what others, or the maker, do to an input after it was proposed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rung import moments
from rung.cli.options import Day, json_option, workspace_option
from rung.cli.record_words import plain_record
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json
from rung.errors import Problem, RungError
from rung.ledger.grades.value_texts import NOT_KNOWN, check_written
from rung.text import _
from rung.workspace.record_titles import Titles
from rung.workspace.record_words import decided_words

if TYPE_CHECKING:
    from rung.ledger import InputRecord
    from rung.workspace.human_input import HumanInput

__all__ = ["approve", "reject", "resubmit", "return_", "withdraw"]

_Verb = TypeVar("_Verb", bound=Callable[..., Any])


def _ids(verb: _Verb) -> _Verb:
    return click.argument("ids", metavar="ID...", nargs=-1)(verb)


def _batch(verb: _Verb) -> _Verb:
    words = _("Besides, all that were proposed together with the input of that id and are still open.")
    return click.option("--batch", metavar="ID", help=words)(verb)


def _note(verb: _Verb, *, required: bool = False) -> _Verb:
    words = _("What the maker should know.") if required else _("What there is to say about it.")
    return click.option("--note", default="", metavar="TEXT", help=words)(verb)


@click.command(
    help=_(
        "Approve the proposals ID, of any kind: O12, J13, C14.\n\n"
        "With the last approval the policy asks for it takes effect. All are approved, or none."
    )
)
@_ids
@_batch
@_note
@workspace_option
@json_option
def approve(
    ids: tuple[str, ...], batch: str | None, note: str, workspace: Path | None, as_json: bool
) -> None:
    """Approve."""
    _decide("approved", ids, batch, note, workspace, as_json=as_json)


@click.command(help=_("Reject the proposals ID, with a note that says why. All are rejected, or none."))
@_ids
@_batch
@partial(_note, required=True)
@workspace_option
@json_option
def reject(ids: tuple[str, ...], batch: str | None, note: str, workspace: Path | None, as_json: bool) -> None:
    """Reject."""
    _decide("rejected", ids, batch, note, workspace, as_json=as_json)


@click.command(
    "return",
    help=_(
        "Give the proposals ID back to their makers for more information, with a note that says what is "
        "wanted.\n\nThe maker says more with: rung override resubmit ID."
    ),
)
@_ids
@_batch
@partial(_note, required=True)
@workspace_option
@json_option
def return_(
    ids: tuple[str, ...], batch: str | None, note: str, workspace: Path | None, as_json: bool
) -> None:
    """Give back."""
    _decide("returned", ids, batch, note, workspace, as_json=as_json)


@click.command(help=_("Take back the inputs ID, your own that are open. All are taken back, or none."))
@_ids
@_batch
@workspace_option
@json_option
def withdraw(ids: tuple[str, ...], batch: str | None, workspace: Path | None, as_json: bool) -> None:
    """Withdraw."""
    _decide("withdrawn", ids, batch, "", workspace, as_json=as_json)


@click.command(
    help=_(
        "Put your input ID forward again after it was returned, saying more or wanting something else.\n\n"
        "What is not given stays as it was."
    )
)
@click.argument("input_id", metavar="ID")
@click.option("--grade", metavar="GRADE", help=_("Another grade, of an override."))
@click.option("--value", metavar="VALUE", help=_("Another value, of a judgement or correction."))
@click.option("--reason", metavar="CODE", help=_("Code of one of the policy's reasons."))
@click.option("--narrative", metavar="TEXT", help=_("What you know, in a sentence or two."))
@click.option("--evidence", metavar="TEXT", help=_("Where the evidence is kept."))
@click.option("--expires", type=Day(), metavar="DATE", help=_("The last day it shall be in force."))
@click.option("--note", default="", metavar="TEXT", help=_("What there is to say about it."))
@workspace_option
@json_option
def resubmit(
    input_id: str,
    grade: str | None,
    value: str | None,
    reason: str | None,
    narrative: str | None,
    evidence: str | None,
    expires: date | None,
    note: str,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Put forward again."""
    from rung.ledger import Resubmission

    surroundings = session(workspace).in_workspace()
    human_input = surroundings.human_input
    now = moments.now()
    _check_fitting(human_input.input(input_id), grade, value)
    is_not_known = value is not None and value.strip() in NOT_KNOWN
    changes = Resubmission(
        grade=grade,
        value=None if is_not_known else value,
        is_not_known=is_not_known,
        reason=reason,
        narrative=narrative,
        evidence=evidence,
        expires_at=expires,
        note=note,
    )
    made = human_input.resubmit(input_id, changes, now)
    _show([surroundings.confidential.listed(made)], human_input, now.date(), as_json=as_json)


def _check_fitting(made: InputRecord, grade: str | None, value: str | None) -> None:
    """Raise RungError where a grade is given of a value's input, or the other way round: nothing is lost."""
    from rung.ledger import DataInput

    if isinstance(made, DataInput):
        if grade is not None:
            raise RungError.of(
                _("{id} gives a value, no grade.").format(id=made.id), _("Write --value instead of --grade.")
            )
        if value is not None:
            check_written(value)
    elif value is not None:
        raise RungError.of(
            _("{id} gives a grade, no value.").format(id=made.id), _("Write --grade instead of --value.")
        )


def _decide(
    act: str, ids: Sequence[str], batch: str | None, note: str, workspace: Path | None, *, as_json: bool
) -> None:
    from rung.ledger import Act

    surroundings = session(workspace).in_workspace()
    human_input = surroundings.human_input
    now = moments.now()
    wanted = [*ids, *(_of_batch(human_input, batch, now.date()) if batch else ())]
    if not wanted:
        raise RungError.of(_("No input is named."), _("Write its id, such as O12; see: rung override list."))
    made = human_input.decide_all(Act(act), wanted, now, note)
    _show([surroundings.confidential.listed(each) for each in made], human_input, now.date(), as_json=as_json)


def _of_batch(human_input: HumanInput, batch: str, today: date) -> list[str]:
    """Return the ids of the open inputs proposed together; raises RungError where there are none."""
    from rung.ledger import InputFilter

    first = human_input.input(batch)
    together = human_input.inputs(InputFilter(batch=first.batch)) if first.batch else ()
    found = [each.id for each in together if each.status(today).is_open]
    if not found:
        raise RungError(
            Problem(
                _("No open input was proposed together with “{id}”.").format(id=batch),
                _("See what there is: rung override list --batch {id} --all.").format(id=first.id),
            )
        )
    return found


def _show(made: Sequence[InputRecord], human_input: HumanInput, today: date, *, as_json: bool) -> None:
    if as_json:
        plain = [plain_record(each, today) for each in made]
        print_json({plain[0]["kind"].value: plain[0]} if len(plain) == 1 else {"inputs": plain})
        return
    screen = console()
    titles = Titles(human_input)
    for each in made:
        for words in decided_words(each, human_input.people, today, titles.quantity(each)):
            screen.print(line(words))
