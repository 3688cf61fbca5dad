"""The ledger: every human act on record, append-only, each event carrying the hash of the one before."""

from rung.ledger.actor import Actor, People, Role, account
from rung.ledger.chain import Break, Misfit, Verdict, check_head, verify
from rung.ledger.desk import Batch, Desk, overrides_in
from rung.ledger.events import Event, EventFilter
from rung.ledger.grades.effective import Effective, Overlay, Suspension, Tally
from rung.ledger.grades.laid_over import laid_over
from rung.ledger.grades.one_by_one import effective_grades
from rung.ledger.keeping.opening import open_ledger
from rung.ledger.kinds import Act, EventKind, InputKind
from rung.ledger.people_config import read_people
from rung.ledger.records import DataInput, Decision, InputRecord, Override, State, Status
from rung.ledger.rules.customer_ground import Ground
from rung.ledger.rules.delegation import Delegation
from rung.ledger.rules.wanted import Proposal, Resubmission, Supply
from rung.ledger.store import Appending, Head, InputFilter, LedgerStore

__all__ = [
    "Act",
    "Actor",
    "Appending",
    "Batch",
    "Break",
    "DataInput",
    "Decision",
    "Delegation",
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
    "Resubmission",
    "Role",
    "State",
    "Status",
    "Supply",
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
