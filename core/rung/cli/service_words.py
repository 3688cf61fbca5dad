"""Promises of service in words: what was promised, how often or how soon, and by whom."""

from __future__ import annotations

from collections.abc import Mapping

from rung.policy.model import Contact, Obligation, Owner, Promise, Respond, Review, ServiceTerms
from rung.text import Text, _

__all__ = ["obligation_words", "terms_words"]

Roles = Mapping[str, Text]
"""Role id → its title."""


def terms_words(terms: ServiceTerms, roles: Roles) -> list[str]:
    """Return every obligation of the terms in words; suggestions nobody accepted are marked."""
    words = [obligation_words(obligation, roles) for obligation in terms.obligations()]
    if terms.is_in_force:
        return words
    return [_("{promise} (suggested, not in force)").format(promise=each) for each in words]


def obligation_words(obligation: Obligation, roles: Roles) -> str:
    """Return one obligation in words, in the current language."""
    parts = [_kind(obligation, roles)]
    if obligation.by is not None and not isinstance(obligation, Owner):
        parts.append(_("by: {role}").format(role=_role(obligation.by, roles)))
    if obligation.text is not None and not isinstance(obligation, Promise):
        parts.append(str(obligation.text))
    if obligation.when is not None:
        parts.append(_("under a condition"))
    return _("; ").join(part for part in parts if part)


def _kind(obligation: Obligation, roles: Roles) -> str:
    match obligation:
        case Contact():
            return _contact(obligation)
        case Respond(to=to, within=within):
            return _("answer to “{event}” within {span}").format(event=to, span=within.text())
        case Review(every=None):
            return _("grade reviewed at no fixed time")
        case Review(every=every):
            return _("grade reviewed every {span}").format(span=every.text() if every else "")
        case Owner(by=by):
            return _("responsible: {role}").format(role=_role(by, roles))
        case Promise(text=text):
            return str(text or "")


def _contact(contact: Contact) -> str:
    parts = [_("contact every {span}").format(span=contact.every.text()) if contact.every else _("contact")]
    if contact.no_later_than:
        parts.append(_("after {span} at the latest").format(span=contact.no_later_than.text()))
    if contact.no_sooner_than:
        parts.append(_("after {span} at the earliest").format(span=contact.no_sooner_than.text()))
    if contact.channel:
        parts.append(str(contact.channel))
    if contact.aim:
        parts.append(_("to: {aim}").format(aim=contact.aim))
    return _(", ").join(parts)


def _role(role: str | None, roles: Roles) -> str:
    return str(roles.get(role or "", role or "?"))
