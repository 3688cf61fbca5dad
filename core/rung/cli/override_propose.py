"""``rung override propose``: overrules one customer's grade, or those of many for one reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rung import moments
from rung.cli.chosen_runs import run_meant
from rung.cli.data_input import why_options
from rung.cli.options import FORMATS, json_option, workspace_option
from rung.cli.override_many import Many, propose_many, show_rehearsal
from rung.cli.record_words import outcome_words, plain_record
from rung.cli.session import session
from rung.cli.terminal import console, line, print_json
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    pass

__all__ = ["propose"]

_VIEWS: Final = ("stale", "overridden", "ungraded", "thin")


@click.command(
    help=_(
        "Give CUSTOMER, by id or name, GRADE instead of the model's, for a reason on the policy's list.\n\n"
        "It takes effect at once or awaits approval, as the policy says. The model's grade is kept beside "
        "it. Without CUSTOMER, those listed with --customers or chosen by the other options get GRADE, each "
        "an override of its own, all of them or none; what would happen is shown first."
    )
)
@click.argument("customer", metavar="[CUSTOMER]")
@click.argument("grade", metavar="GRADE", required=False)
@why_options
@click.option(
    "--customers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("A table with a column of ids, or plain lines, of those meant; “-” is standard input."),
)
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    help=_("What standard input carries where it lists the customers; found by itself if left out."),
)
@click.option(
    "--in-grade",
    "grades",
    multiple=True,
    metavar="GRADE",
    help=_("Those with this effective grade; may be repeated."),
)
@click.option(
    "--flag", "flags", multiple=True, metavar="ID", help=_("Those with this flag; may be repeated.")
)
@click.option(
    "--where",
    multiple=True,
    metavar="FIELD=CELL",
    help=_("Those whose value meets a cell as policies write it, such as “late=> 30”; may be repeated."),
)
@click.option(
    "--view",
    "views",
    multiple=True,
    type=click.Choice(_VIEWS),
    help=_("Those who stand so; may be repeated."),
)
@click.option("--skip-refused", is_flag=True, help=_("Of many: leave out those the rules refuse."))
@click.option("--dry-run", is_flag=True, help=_("Show what would happen, and record nothing."))
@click.option("--yes", is_flag=True, help=_("Of many: record them without asking."))
@workspace_option
@json_option
def propose(
    customer: str,
    grade: str | None,
    reason: str,
    narrative: str,
    evidence: str,
    expires: date | None,
    supersede: tuple[str, ...],
    run_id: str | None,
    policy: str | None,
    workspace: Path | None,
    as_json: bool,
    **given: Any,
) -> int:
    """Propose one override, or many."""
    from rung.ledger import Proposal

    many = Many(**given)
    customer_meant, grade_meant = _meant(customer, grade, many)
    wanted = Proposal(
        grade=grade_meant,
        reason=reason,
        narrative=narrative,
        evidence=evidence,
        expires_at=expires,
        supersedes=supersede,
    )
    surroundings = session(workspace).in_workspace()
    human_input = surroundings.human_input
    run = run_meant(surroundings, run_id, policy)
    if many.is_given:
        return propose_many(surroundings, wanted, many, run, as_json=as_json)
    if many.dry_run:
        return show_rehearsal([customer_meant], human_input, wanted, run, as_json=as_json)
    now = moments.now()
    made = human_input.propose(customer_meant, wanted, now, run)
    if as_json:
        print_json({"override": plain_record(made, now.date())})
        return 0
    screen = console()
    for words in outcome_words(made):
        screen.print(line(words))
    screen.print(line(_("Take it back with: rung override withdraw {id}").format(id=made.id), "dim"))
    return 0


def _meant(customer: str, grade: str | None, many: Many) -> tuple[str, str]:
    """Return the one customer meant, empty for many, and the grade; raises RungError where they clash."""
    if many.is_given:
        if grade is not None:
            raise RungError.of(
                _("One customer is named, and many are chosen by options."),
                _("Leave “{name}” out to propose for all of them.").format(name=customer),
            )
        return "", customer
    if grade is None:
        raise RungError.of(
            _("GRADE is missing."), _("Write: rung override propose CUSTOMER GRADE --reason CODE.")
        )
    for name, is_set in (("--skip-refused", many.skip_refused), ("--yes", many.yes)):
        if is_set:
            raise RungError.of(_("{option} goes with many customers only.").format(option=name))
    return customer, grade
