"""The ledger: every human act on record, append-only, each event carrying the hash of the one before."""

from rung.ledger.actor import Actor, People, Role, account, read_people
from rung.ledger.chain import Break, Misfit, Verdict, check_head, verify
from rung.ledger.desk import Desk, overrides_in
from rung.ledger.effective import Effective, Overlay, Suspension, Tally
from rung.ledger.events import Event, EventFilter
from rung.ledger.kinds import Act, EventKind, InputKind
from rung.ledger.laid_over import effective_grades, laid_over
from rung.ledger.opening import open_ledger
from rung.ledger.overrides import Ground, Proposal
from rung.ledger.records import DataInput, Decision, InputRecord, Override, State, Status
from rung.ledger.store import Appending, Head, InputFilter, LedgerStore

__all__ = [
    "Act",
    "Actor",
    "Appending",
    "Break",
    "DataInput",
    "Decision",
    "Desk",
    "Effective",
    "Event",
    "EventFilter",
    "EventKind",
    "Ground",
    "Head",
    "InputFilter",
    "InputKind",
    "InputRecord",
    "LedgerStore",
    "Misfit",
    "Overlay",
    "Override",
    "People",
    "Proposal",
    "Role",
    "State",
    "Status",
    "Suspension",
    "Tally",
    "Verdict",
    "account",
    "check_head",
    "effective_grades",
    "laid_over",
    "open_ledger",
    "overrides_in",
    "read_people",
    "verify",
]
