"""What the mode works on beside the screen: the draft, its tree, and the customers it is tried on."""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from rung.policy.keys import KeyPath
from rung_tui.language import _, spoken
from rung_tui.modes.desk import Desk, doors_of
from rung_tui.policy.effect import Effect

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.workspace import Workspace
    from rung.workspace.drafting.draft import PolicyDraft, Tried
    from rung.workspace.drafting.over_run import Trials
    from rung.workspace.drafting.tree import Node

__all__ = ["PolicyDesk"]

_Result = TypeVar("_Result")


@dataclass
class PolicyDesk(Desk):
    """The mode's side beside the screen."""

    run_id: str
    policy_id: str
    """Of the policy shown: that of the run, or one begun here."""
    draft: PolicyDraft | None = None
    nodes: tuple[Node, ...] = ()
    unfolded: set[str] = field(default_factory=lambda: {"criteria", "grading"})
    """Keys of the parts whose inside is shown."""
    at: str = ""
    """Key of the line under the cursor."""
    typing: KeyPath | None = None
    """The value being typed."""
    typed: str = ""
    effect: Effect = field(default_factory=Effect)
    tests: tuple[int, int] | None = None
    """Of the tests run last: how many failed, of how many; None once something was changed."""
    fresh: object = None
    """What was filled in of a policy to begin."""
    tables: dict[str, str] = field(default_factory=dict)
    """The tables policies were begun from here, by the policy's id."""
    of_run: str = field(init=False)
    """Id of the run's policy."""
    _trials: Trials | None = field(default=None, init=False)
    _wanted: int = field(default=0, init=False)
    _weighing: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="weigh"), init=False, repr=False
    )

    def __post_init__(self) -> None:
        self.of_run = self.policy_id

    @classmethod
    def of(cls, workspace: Workspace, run_id: str, policy_id: str) -> PolicyDesk:
        """Return a desk with doors of its own."""
        return cls(doors_of(workspace), run_id, policy_id)

    @property
    def is_of_run(self) -> bool:
        """Whether the policy shown is that of the run on screen."""
        return self.policy_id == self.of_run

    def close(self) -> None:
        """End what is under way and give back what is held open."""
        self._wanted += 1
        self._weighing.shutdown(wait=True, cancel_futures=True)
        super().close()

    def give_back(self) -> None:
        """Give the run back."""
        if self._trials is not None:
            self._trials.close()

    def begun(self) -> str:
        """Return what was typed and not taken; edits are on disk and come back."""
        if self.typing is None:
            return ""
        return _("A value of the policy begun and not taken: {typed}").format(typed=self.typed)

    # For ``work``

    def open(self) -> PolicyDraft:
        """Read the policy and what was begun with it; what has been published since is seen."""
        from rung.workspace.drafting.draft import PolicyDraft

        if self.draft is None:
            self.draft = PolicyDraft.open(self.workspace, self.policy_id, self.now().date())
        self.grow()
        return self.draft

    def reopen(self) -> PolicyDraft:
        """Read the policy anew, after its file was written."""
        self.workspace = doors_of(self.workspace)
        self.draft = None
        self.tests = None
        return self.open()

    def grow(self) -> None:
        """Make the tree anew, in the language of the screen."""
        from rung.workspace.drafting.tree import policy_tree

        if self.draft is not None:
            self.nodes = policy_tree(self.draft)

    def change(self, done: Callable[[PolicyDraft], _Result]) -> _Result:
        """Do something to the draft, and grow its tree again."""
        assert self.draft is not None
        self.tests = None
        result = done(self.draft)
        self.grow()
        return result

    def tried(self, path: KeyPath, typed: str) -> Tried:
        """Return what a typed text does to the policy, and keep it on disk as typed."""
        assert self.draft is not None
        self.draft.note_typed(path, typed)
        return self.draft.tried(path, typed)

    # Trying it out

    async def weighing(self, work: Callable[[], _Result]) -> _Result:
        """Do work on the customers beside everything else."""
        return await get_running_loop().run_in_executor(self._weighing, lambda: (spoken(), work())[1])

    def want(self) -> Callable[[], bool]:
        """Have nothing wanted any more that was asked for before; return what says whether this still is."""
        self._wanted += 1
        mine = self._wanted
        return lambda: mine == self._wanted

    def weigh_sample(self, candidate: CompiledPolicy) -> Effect | None:
        """Return what a policy does to a sample; None where everybody answers as quickly."""
        trials = self._begun_trials()
        found = trials.of_sample(candidate)
        return None if found is None else Effect(found, of=trials.whole.of)

    def weigh_all(self, candidate: CompiledPolicy, is_wanted: Callable[[], bool]) -> Effect | None:
        """Return what a policy does to everybody; None once nobody wants that."""
        trials = self._begun_trials()
        if not is_wanted():
            return None
        found = trials.of_all(candidate, is_wanted)
        return None if found is None else Effect(found, of=trials.whole.of)

    def _begun_trials(self) -> Trials:
        from rung.workspace.drafting.over_run import Trials

        if self._trials is None:
            self._trials = Trials(doors_of(self.workspace), self.run_id)
        return self._trials
