"""``rung policy adopt``: a policy made one's own, open choices and assumed numbers one by one."""

from __future__ import annotations

import getpass
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung import moments
from rung.cli.options import source_options, workspace_option
from rung.cli.population import SourceGiven, day_meant, request_of
from rung.cli.progress import progress
from rung.cli.session import Session, session
from rung.cli.terminal import console, line, show_problems
from rung.errors import Place, Problem, RungError, Severity
from rung.text import _

if TYPE_CHECKING:
    from rung.adopting import Adoption, Step, Trial
    from rung.policy.reader import LoadedPolicy

__all__ = ["adopt"]

_INTERRUPTED = 130
_OPTION = "from."
# Begins an option of the data source; no policy has a key of that name.


@click.command(
    help=_(
        "Make POLICY your own: go through the choices it leaves open and every number it assumes, each "
        "shown against your own customers if --data names them, and write what you change as a policy laid "
        "over it.\n\n"
        "Where nobody can be asked (a pipe, a script), answer with --set, --accept and --yes. "
        "What is answered is kept if you stop; the same command goes on from there."
    )
)
@click.argument("policy")
@click.option(
    "--data",
    metavar="SOURCE",
    help=_("The table of your customers, or the name of a source; without it nothing is drawn or tried."),
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help=_(
        "An answer given here, such as parameters.town.value=Hangzhou, or an option of the data source, such "
        "as from.region=east; may be repeated."
    ),
)
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="SERVICE",
    help=_("Take suggested service over, such as service.A, or “all”; may be repeated."),
)
@click.option("--yes", is_flag=True, help=_("Ask nothing: keep what is not set, and write."))
@click.option(
    "--out",
    metavar="OVERLAY.toml",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("The policy file to write; if left out ID.toml in the workspace's policies."),
)
@click.option("--id", "own_id", metavar="ID", help=_("The new policy's id; own.NAME if left out."))
@click.option("--version", "version", metavar="TEXT", help=_("The new policy's version; 1 if left out."))
@click.option("--reason", metavar="TEXT", help=_("Why it is changed."))
@source_options
@workspace_option
def adopt(
    policy: str,
    data: str | None,
    settings: tuple[str, ...],
    accepted: tuple[str, ...],
    yes: bool,
    out: Path | None,
    own_id: str | None,
    version: str | None,
    reason: str | None,
    workspace: Path | None,
    **given: Any,
) -> int:
    """Take a policy over; return 1 where the result has problems, 130 where it was left unfinished."""
    surroundings = session(workspace)
    settings, options = _apart(settings)
    asked = SourceGiven(source=data, settings=options, **given)
    if options and not asked.is_there:
        raise RungError.of(_("There is no data source to give an option to."), _("Name one: --from ID."))
    day = day_meant(asked, surroundings)
    base = surroundings.policy(policy, day)
    adoption = _begun(base, surroundings, out, own_id, version)
    answers = _taken_up(adoption)
    answers |= _given(adoption, settings, accepted)
    for key, value in answers.items():
        adoption.put(adoption.path(key), value)
    steps = _steps(adoption)
    is_asked = not yes and data != "-" and sys.stdin.isatty()
    if not is_asked:
        _refuse_unanswered(steps, answers, is_kept=yes)
    with ExitStack() as stack:
        tried = _trial(stack, asked, adoption, surroundings, steps) if asked.is_there else None
        if is_asked:
            from rung.cli.adopt_walk import Walk

            if not Walk(adoption, steps, answers, tried).gone():
                return _INTERRUPTED
        return _finished(adoption, tried, surroundings, reason)


def _apart(settings: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return answers, and options of the data source without what tells them apart."""
    answers = tuple(each for each in settings if not each.startswith(_OPTION))
    return answers, tuple(each.removeprefix(_OPTION) for each in settings if each.startswith(_OPTION))


def _begun(
    base: LoadedPolicy, surroundings: Session, out: Path | None, own_id: str | None, version: str | None
) -> Adoption:
    from rung.adopting import Adoption

    own = own_id or f"own.{base.policy.id.rpartition('.')[2]}"
    if out is None:
        if surroundings.workspace is None:
            raise RungError.of(
                _("Outside of a workspace there is no folder for the new policy."),
                _("Name the file: --out FILE.toml."),
            )
        out = surroundings.workspace.folder / "policies" / f"{own.partition('.')[2] or own}.toml"
    if not out.absolute().parent.is_dir():
        raise RungError.of(
            _("The folder to write into is not there."), _("Create it, or choose another."), Place(str(out))
        )
    return Adoption.begin(base, surroundings.shelf, out, own_id, version)


def _taken_up(adoption: Adoption) -> dict[str, Any]:
    from rung.adopting import kept_answers

    answers = kept_answers(adoption.out, adoption.base.policy.id)
    if answers:
        told = _("Going on from {n} answers given before.").format(n=len(answers))
        console(stderr=True).print(line(told, "dim"))
    return answers


def _given(adoption: Adoption, settings: tuple[str, ...], accepted: tuple[str, ...]) -> dict[str, Any]:
    """Return the answers of the command line; raises RungError with everything wrong among them."""
    answers: dict[str, Any] = {}
    problems: list[Problem] = []
    for setting in settings:
        try:
            key, value = _setting(adoption, setting)
            answers[key] = value
        except RungError as error:
            problems += error.problems
    for name in accepted:
        try:
            answers |= dict.fromkeys(_accepting(adoption, name), True)
        except RungError as error:
            problems += error.problems
    if problems:
        raise RungError.all(problems)
    return answers


def _setting(adoption: Adoption, setting: str) -> tuple[str, Any]:
    from rung.adopting import named_key, read_answer

    key, sign, written = setting.partition("=")
    if not (sign and key.strip()):
        raise RungError.of(
            _("“{found}” sets nothing.").format(found=setting),
            _("Write --set KEY=VALUE, such as --set parameters.town.value=Hangzhou."),
        )
    path = adoption.path(key.strip())
    now = False if path[-1] == "accepted" else adoption.value(path)
    if isinstance(now, dict) or (isinstance(now, list) and path[0] != "parameters"):
        raise RungError.of(
            _("“{key}” is a table, not one value.").format(key=key.strip()),
            _("Name one of its keys."),
        )
    choices: tuple[Any, ...] = ()
    if path[0] == "parameters" and path[-1] == "value":
        choices = tuple(adoption.wanted["parameters"][path[1]].get("choices", ()))
    try:
        value = read_answer(written, now, choices)
    except RungError as error:
        (problem,) = error.problems
        raise RungError.of(f"{key.strip()}: {problem.message}", problem.hint) from None
    return named_key(adoption.wanted, path), value


def _accepting(adoption: Adoption, name: str) -> list[str]:
    from rung.adopting import StepKind

    suggested = [step.key for step in _steps(adoption) if step.kind is StepKind.ACCEPT]
    if name == "all":
        return suggested
    key = name if name.endswith(".accepted") else f"{name}.accepted"
    if key not in suggested:
        names = _(", ").join(each.removesuffix(".accepted") for each in suggested)
        raise RungError.of(
            _("The policy suggests no service under “{name}”.").format(name=name),
            _("Suggested: {names}.").format(names=names) if names else _("It suggests none."),
        )
    return [key]


def _steps(adoption: Adoption) -> tuple[Step, ...]:
    from rung.adopting import steps_of

    # The questions are the base's: what an answer changes must not change what is asked.
    return steps_of(adoption.base.policy, adoption.below)


def _refuse_unanswered(steps: tuple[Step, ...], answers: dict[str, Any], *, is_kept: bool) -> None:
    """Raise RungError for choices nobody made, and for assumed numbers nobody said to keep."""
    from rung.adopting.answers import shown

    problems = [
        Problem(
            _("A choice is open: {key} ({title}).").format(key=step.key, title=step.title),
            _("Choose: --set {key}=VALUE, one of {choices}.").format(
                key=step.key, choices=_(", ").join(map(shown, step.choices))
            )
            if step.choices
            else _("Choose: --set {key}=VALUE.").format(key=step.key),
        )
        for step in steps
        if step.is_required and step.key not in answers
    ]
    unset = [step for step in steps if not step.is_required and step.key not in answers]
    if unset and not is_kept:
        problems.append(
            Problem(
                _("{n} assumed values are not set, and nobody can be asked here.").format(n=len(unset)),
                _("Add --yes to keep them, or run this in a terminal."),
            )
        )
    if problems:
        raise RungError.all(problems)


def _trial(
    stack: ExitStack,
    asked: SourceGiven,
    adoption: Adoption,
    surroundings: Session,
    steps: tuple[Step, ...],
) -> Trial | None:
    from rung.adopting import trial
    from rung.pipeline.cards import grading_policy

    compiled = grading_policy(adoption.base, surroundings.host)
    choices = {each for step in steps for each in step.choices if isinstance(each, str)}
    also = frozenset(choices & compiled.quantities.keys())
    request = stack.enter_context(request_of(asked, (adoption.base,), surroundings, also))
    with progress() as report:
        return stack.enter_context(trial(request, compiled, also, report))


def _finished(adoption: Adoption, tried: Trial | None, surroundings: Session, reason: str | None) -> int:
    from rung.adopting import forget_answers
    from rung.cli.adopt_words import before_and_after
    from rung.grading.check import examine
    from rung.policy.model import Change

    compiled = adoption.compiled()
    screen = console()
    if tried is not None:
        screen.print(before_and_after(adoption, compiled, tried))
    author, why = getpass.getuser(), reason or _("Adopted: choices made, assumed numbers gone through.")
    adoption.write(Change(author=author, date=moments.today(), reason=why))
    forget_answers(adoption.out)
    screen.print(line(_("Written: {file}").format(file=adoption.out), "green"), soft_wrap=True)
    changed = ", ".join(sorted(adoption.changes()))
    if changed:
        told = _("Changed against {base}: {keys}").format(base=adoption.base.policy.id, keys=changed)
    else:
        told = _("It says what {base} says.").format(base=adoption.base.policy.id)
    screen.print(line(told, "dim"))
    problems = examine(adoption.out, surroundings.shelf)
    show_problems(problems)
    return 1 if any(each.severity is Severity.ERROR for each in problems) else 0
