"""Asks a person for a record field by field: each answer is checked at once, and none is lost."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from rung.cli.asking import ask
from rung.cli.terminal import console, line
from rung.text import _
from rung.words import fold

if TYPE_CHECKING:
    from rung.service.records.form import Form, FormField

__all__ = ["Asked", "command_words"]

_BACK: Final = frozenset({"<", "＜"})
_HELP: Final = frozenset({"?", "？"})
_YES: Final = frozenset({"", "y", "yes", "是", "好", "确认"})
_NO: Final = frozenset({"n", "no", "否", "不"})


class Asked:
    """One walk through a form; ``answers`` holds what was given so far, whatever becomes of it."""

    def __init__(self, form: Form) -> None:
        self._form: Final = form
        self._screen: Final = console()
        self.answers: dict[str, str] = {}
        """By field id, as they were written."""

    def gone(self) -> bool:
        """Ask everything; return whether it shall be recorded. Raises Stopped where nobody is there."""
        self._say(_("Enter skips what is not needed, “<” goes back, “?” tells more, Ctrl-D stops."), "dim")
        at = 0
        while True:
            while at < len(self._form.fields):
                at = self._asked(at)
            self._show()
            answer = fold(ask(_("Record it? yes, no, or < to go back")))
            if answer in _BACK:
                at = len(self._form.fields) - 1
            elif answer in _YES:
                return True
            elif answer in _NO:
                return False

    def _asked(self, at: int) -> int:
        """Ask one field; return the place of the next."""
        field = self._form.fields[at]
        self._head(at)
        while True:
            answer = ask(self._prompt(field))
            if answer in _BACK:
                return max(0, at - 1)
            if answer in _HELP:
                self._help(field)
            elif not answer:
                if field.is_required and field.id not in self.answers:
                    self._say(_("This is needed."), "red")
                else:
                    return at + 1
            elif self._is_taken(field, answer):
                return at + 1

    def _is_taken(self, field: FormField, answer: str) -> bool:
        chosen = field.chosen(answer)
        try:
            kept = field.read(chosen)
        except ValueError as error:
            self._say(str(error), "red")
            return False
        if kept is None:
            if field.is_required:
                self._say(_("This is needed."), "red")
                return False
            self.answers.pop(field.id, None)
        else:
            self.answers[field.id] = chosen
        return True

    def _head(self, at: int) -> None:
        field = self._form.fields[at]
        needed = f"  {_('needed')}" if field.is_required else ""
        self._say(f"{at + 1}/{len(self._form.fields)}  {field.title}{needed}", "bold")
        for number, each in enumerate(field.choices, start=1):
            self._say(f"   {number}  {each.title}")

    def _prompt(self, field: FormField) -> str:
        if field.id in self.answers:
            return f"[{self._words(field)}]"
        return "" if field.choices else field.how

    def _words(self, field: FormField) -> str:
        return str(field.words(field.read(self.answers[field.id])))

    def _help(self, field: FormField) -> None:
        if field.about is not None:
            self._say(str(field.about), "dim")
        if field.how:
            self._say(_("Write {how}.").format(how=field.how), "dim")
        if field.id in self.answers:
            self._say(_("Enter keeps what stands in brackets; “-” takes it out."), "dim")

    def _show(self) -> None:
        for field in self._form.fields:
            if field.id in self.answers:
                self._say(_("{field}: {value}").format(field=field.title, value=self._words(field)))

    def _say(self, words: str, style: str = "") -> None:
        self._screen.print(line(words, style), soft_wrap=True)


def command_words(type_id: str, customer: str, answers: dict[str, str]) -> str:
    """Return the command that gives these answers again, ready to be pasted into a shell."""
    given = (part for name, answer in answers.items() for part in ("--set", f"{name}={answer}"))
    return shlex.join(["rung", "record", "new", type_id, customer, *given])
