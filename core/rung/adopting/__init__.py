"""Taking a policy over, number by number and against one's own customers, or beginning one from a table."""

from rung.adopting.adoption import Adoption
from rung.adopting.answers import read_answer
from rung.adopting.kept_answers import forget_answers, keep_answers, kept_answers
from rung.adopting.steps import SCORE, Step, StepKind, named_key, steps_of
from rung.adopting.trial import Trial, trial

__all__ = [
    "SCORE",
    "Adoption",
    "Step",
    "StepKind",
    "Trial",
    "forget_answers",
    "keep_answers",
    "kept_answers",
    "named_key",
    "read_answer",
    "steps_of",
    "trial",
]
