"""The reasons of judgements and corrections that come with a contact: on no policy's list, good on all."""

from __future__ import annotations

from typing import Final

from rung.text import Text

__all__ = ["CONTACT", "LEARNED", "REASON_TITLES"]

CONTACT: Final = "contact"
"""An outcome in effect under the policy sets it: it was approved with the policy."""
LEARNED: Final = "learned"
"""A person gave it with a contact; it goes by the policy's rules."""
REASON_TITLES: Final = {
    CONTACT: Text("联系结果", "Outcome of a contact"),
    LEARNED: Text("联系中得知", "Learned in a contact"),
}
"""What they are called where people read them."""
