"""Texts of the policy changed on the screen, in both languages; no grade rests on them, so none is tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung_tui.chooser import Choice, Chooser
from rung_tui.language import _, spoken, words
from rung_tui.policy.changing import PolicyChanging
from rung_tui.policy.rows import node_at
from rung_tui.policy.wording import WordingScreen
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.text import Text
    from rung.workspace.drafting.texts import PartText
    from rung.workspace.drafting.tree import Node

__all__ = ["PolicyRetelling"]


class PolicyRetelling(PolicyChanging):
    """The part of the mode that changes what the policy says."""

    @work(group="words", exclusive=True, opens=True)
    async def action_words(self) -> None:
        """Change a text of the part under the cursor; of several, the one chosen."""
        from rung.workspace.drafting.texts import texts_at

        desk, row = self.desk, self.table.current
        if row is None or desk.draft is None:
            return
        node = row.node
        found = await desk.work(lambda: texts_at(desk.open(), node.path))
        if not found:
            self.notify(_("There is no text here to change."), markup=False)
            return
        chosen = found[0] if len(found) == 1 else await self._chosen(node, found)
        if chosen is not None:
            await self._reword(node, chosen)

    async def _chosen(self, node: Node, found: Sequence[PartText]) -> PartText | None:
        def choices() -> list[Choice]:
            return [
                Choice(str(number), _named(each), words(each.text) or _("none"))
                for number, each in enumerate(found)
            ]

        screen = Chooser(lambda: _("Texts of “{part}”").format(part=self._title(node)), choices)
        answer = await self.app.push_screen_wait(screen)
        return None if answer is None else found[int(answer)]

    async def _reword(self, node: Node, part: PartText) -> None:
        from rung.workspace.drafting.texts import put_text, try_text

        desk = self.desk

        async def refused(text: Text) -> Sequence[Problem]:
            try:
                return await desk.work(lambda: try_text(desk.open(), part.path, text))
            except RungError as error:
                return error.problems

        def heading() -> str:
            title, name = self._title(node), _named(part)
            return name if title.casefold() == name.casefold() else f"{name} · {title}"

        text = await self.app.push_screen_wait(WordingScreen(heading, part, refused))
        if text is not None:
            await self._done(lambda draft: put_text(draft, part.path, text))

    def _title(self, node: Node) -> str:
        """Return what a part is called in the language of now."""
        return (node_at(self.desk.nodes, node.key) or node).title


def _named(part: PartText) -> str:
    from rung.workspace.drafting.texts import text_named

    spoken()
    name = text_named(str(part.path[-1]))
    return name[:1].upper() + name[1:]
