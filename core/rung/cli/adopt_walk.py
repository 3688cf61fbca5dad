"""Asks a person every question of ``rung policy adopt``, one at a time, and shows what an answer does."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from rung.cli.adopt_words import before_and_after, effect
from rung.cli.asking import Stopped, ask
from rung.cli.terminal import console, line
from rung.errors import RungError
from rung.text import _
from rung.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rung.adopting import Adoption, Step, Trial
    from rung.adopting.trial import Counts
    from rung.grading.compiled import CompiledPolicy

__all__ = ["Walk"]

_BACK: Final = frozenset({"b", "back", "返回", "上一步"})
_QUIT: Final = frozenset({"q", "quit", "退出"})
_SKIP: Final = frozenset({"n", "next", "跳过"})
_HELP: Final = frozenset({"?", "h", "help", "帮助"})


class Walk:
    """One way through the questions; every answer is kept on disk as soon as it is given."""

    def __init__(
        self, adoption: Adoption, steps: Sequence[Step], answers: dict[str, Any], tried: Trial | None
    ) -> None:
        self._adoption: Final = adoption
        self._steps: Final = steps
        self._answers: Final = answers
        self._tried: Final = tried
        self._screen: Final = console()
        self._compiled: CompiledPolicy | None = None
        self._counts: Counts | None = None
        self._pictured: object = None

    def gone(self) -> bool:
        """Ask everything; return whether the person came to the end and wants it written."""
        try:
            self._begin()
            self._ask_all()
            while not self._is_agreed():
                self._ask_all(len(self._steps) - 1)
        except (Stopped, KeyboardInterrupt):
            self._say_goodbye()
            return False
        return True

    def _begin(self) -> None:
        self._refresh()
        told = _("{n} questions: {open} open choices, then what {name} assumes.").format(
            n=len(self._steps),
            open=sum(step.is_required for step in self._steps),
            name=self._adoption.base.policy.id,
        )
        self._say(told)
        self._say(_help_line())
        if self._tried is None:
            self._say(_("Without --data your own customers are not shown."), "dim")
        elif self._counts is not None:
            self._say(_("Grades now: {counts}").format(counts=effect(self._counts, self._counts)))

    def _ask_all(self, start: int = 0) -> None:
        at = max(0, start)
        if start == 0:
            # Answers of an earlier sitting stand; the first question without one is next.
            at = next(
                (n for n, each in enumerate(self._steps) if each.key not in self._answers), len(self._steps)
            )
        while at < len(self._steps):
            at = self._asked(at)

    def _asked(self, at: int) -> int:
        """Ask one question; return the number of the next."""
        step = self._steps[at]
        self._show(at)
        while True:
            answer = ask(self._prompt(step))
            word = fold(answer)
            if word in _HELP:
                self._say(_help_line())
            elif word in _BACK:
                return max(0, at - 1)
            elif word in _QUIT:
                raise Stopped
            elif word in _SKIP and not step.is_required:
                return self._skipped(at)
            elif self._is_taken(step, answer):
                return at + 1

    def _skipped(self, at: int) -> int:
        part, start = self._steps[at].part, at
        while at < len(self._steps) and self._steps[at].part == part and not self._steps[at].is_required:
            self._record(self._steps[at], self._now(self._steps[at]))
            at += 1
        self._say(_("{n} kept.").format(n=at - start), "dim")
        return at

    def _is_taken(self, step: Step, answer: str) -> bool:
        from rung.adopting import read_answer

        now = self._now(step)
        if not answer:
            self._record(step, now)
            return True
        quoted = len(answer) > 1 and answer[0] == answer[-1] == '"'
        try:
            value = read_answer(answer[1:-1] if quoted else answer, now, step.choices)
        except RungError as error:
            self._say(str(error), "red")
            return False
        if value == now:
            self._record(step, now)
            return True
        return self._is_tried(step, value)

    def _is_tried(self, step: Step, value: Any) -> bool:
        """Put the answer in and show what it does; take it back where the policy cannot be read with it."""
        from rung.adopting import named_key

        before = self._counts
        was = self._adoption.wanted
        self._adoption.wanted = copy.deepcopy(was)
        followed = self._adoption.put(step.path, value)
        try:
            self._refresh(strict=True)
        except RungError as error:
            for problem in error.problems:
                self._say(f"{problem.message} {problem.hint}".strip(), "red")
            if not self._is_meant():
                self._adoption.wanted = was
                return False
        self._record(step, value)
        for path in followed:
            told = _("The band beside it moves along: {key} = {value}")
            key = named_key(self._adoption.wanted, path)
            self._say(told.format(key=key, value=self._adoption.value(path)), "dim")
        if before is not None and self._counts is not None and self._counts != before:
            self._say(_("Grades: {counts}").format(counts=effect(before, self._counts)), "green")
        elif before is not None and self._counts is not None:
            self._say(_("No grade changes."), "dim")
        return True

    def _is_meant(self) -> bool:
        """Ask whether an answer stands that the next ones must still be made to fit."""
        answer = ask(_("Keep it, and set the others right next? [y/N]"))
        return fold(answer) in {"y", "yes", "是", "好"}

    def _is_agreed(self) -> bool:
        while True:
            try:
                compiled = self._adoption.compiled()
            except RungError as error:
                self._say(_("The policy is not sound yet:"), "red")
                for problem in error.problems:
                    self._say(f"  {problem}", "red")
                if (
                    fold(ask(_("Enter goes back to the last question, q keeps the answers and stops.")))
                    in _QUIT
                ):
                    raise Stopped from None
                return False
            if self._tried is not None:
                self._screen.print(before_and_after(self._adoption, compiled, self._tried))
            answer = fold(ask(_("Write {file}? [Y/b/q]").format(file=self._adoption.out)))
            if answer in {"", "y", "yes", "是", "好"}:
                return True
            if answer in _BACK:
                return False
            if answer in _QUIT or answer in {"no", "否", "不"}:
                raise Stopped

    def _refresh(self, *, strict: bool = False) -> None:
        try:
            self._compiled = self._adoption.compiled()
            if self._tried is not None:
                self._counts = self._tried.counts(self._compiled)
        except RungError:
            if strict:
                raise

    def _show(self, at: int) -> None:
        step = self._steps[at]
        self._say("")
        if at == 0 or self._steps[at - 1].part != step.part or step.is_required:
            self._say(f"── {step.title}", "bold")
        self._show_picture(step)
        if step.because is not None:
            self._say(_("Assumed: {why}").format(why=step.because), "dim")
        for number, choice in enumerate(step.choices, start=1):
            from rung.adopting.answers import shown

            self._say(f"  {number}. {shown(choice)}")

    def _show_picture(self, step: Step) -> None:
        from rung.adopting.shown_step import picture_of

        if self._tried is None or self._compiled is None:
            return
        cell = self._filled(step)
        lines = picture_of(step, self._compiled, self._tried, cell)
        if lines and lines != self._pictured:
            self._pictured = lines
            for each in lines:
                self._say(f"  {each}")

    def _filled(self, step: Step) -> Any:
        at: Any = self._adoption.draft().table
        for part in step.place:
            if isinstance(part, int) and isinstance(at, dict):
                continue
            if isinstance(at, dict) and part not in at:
                return None
            at = at[part]
        return at

    def _prompt(self, step: Step) -> str:
        from rung.adopting import StepKind
        from rung.adopting.answers import shown

        now = self._now(step)
        number = f"[{self._steps.index(step) + 1}/{len(self._steps)}]"
        if step.kind is StepKind.ACCEPT:
            self._say(_("The practice states no service here; the promises are suggestions."), "dim")
            words = _("Accept the suggested service: {key}").format(key=step.key)
        else:
            words = step.key
        return f"{number} {words} = {shown(now)}"

    def _now(self, step: Step) -> Any:
        from rung.adopting import StepKind

        try:
            return self._adoption.value(step.path)
        except KeyError:
            return False if step.kind is StepKind.ACCEPT else ""

    def _record(self, step: Step, value: Any) -> None:
        from rung.adopting import StepKind, keep_answers

        if step.kind is not StepKind.ACCEPT or value or step.key in self._answers:
            self._adoption.put(step.path, value)
        self._answers[step.key] = value
        keep_answers(self._adoption.out, self._adoption.base.policy.id, self._answers)

    def _say_goodbye(self) -> None:
        from rung.adopting.kept_answers import draft_file

        path = draft_file(self._adoption.out)
        try:
            if path.exists():
                told = _("Stopped. {n} answers are kept in {file}; the same command goes on from there.")
                self._say("\n" + told.format(n=len(self._answers), file=path))
            else:
                self._say("\n" + _("Stopped; nothing was answered and nothing written."))
        except OSError:
            return  # the terminal is gone; the answers are on disk

    def _say(self, text: str, style: str = "") -> None:
        if text.startswith("\n"):
            self._screen.print()
        self._screen.print(line(text.strip("\n"), style), soft_wrap=True)


def _help_line() -> str:
    return _("Enter keeps what stands · a value changes it · b back · n next part · q stop and keep")
