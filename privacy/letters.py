"""Letters to whoever asked: what was decided and why, and every way to complain. Plain text."""

from collections.abc import Iterator
from datetime import date

from policy.institution import Contact, Institution
from privacy.case import Case
from privacy.marks import Awaited
from privacy.refusal_grounds import Ground
from privacy.request import Kind, State

_DECIDED = {
    State.FULFILLED: "We have done what you asked for.",
    State.PARTLY_FULFILLED: "We have done a part of what you asked for. What we did not do, and why, is below.",
    State.REFUSED: "We have not done what you asked for. The reasons are below.",
    State.EXTENDED: "Your request is complex, so we need longer than one month to answer it. The law allows us two "
    "months more (UK GDPR, Article 12(3)).",
    State.CLARIFYING: "Before we go on we need to ask you something. A large amount of information is held about "
    "you, and your answer helps us to find what you mean. The time we have to answer stands still until we hear from "
    "you. What is clear already we go on with.",
    State.ID_PENDING: "Before we go on we need to be sure that it was you who asked. The time we have to answer "
    "begins when we are.",
    State.ACKNOWLEDGED: "We have received your complaint. We look into it, and you hear from us as it goes on.",
    State.MORE_INFO: "Before we go on we need to ask you something.",
    State.OUTCOME: "We have looked into your complaint. This is what we found, and what we do about it.",
    State.REVIEWED: "We have looked into your complaint once more. This is what we found.",
}
LETTERS = frozenset(_DECIDED)
"""The states that a student hears of by a letter."""
_WITH_ROUTES = frozenset(_DECIDED) - {State.ID_PENDING, State.CLARIFYING, State.ACKNOWLEDGED, State.MORE_INFO}


def letter(
    case: Case,
    state: State,
    ground: Ground | None,
    said: str,
    due: date | None,
    ours: Institution,
    on: date,
    awaited: Awaited | None = None,
) -> str:
    """The letter that tells of `state`, in the words `said` of whoever decided. `due` is the new day of an answer.

    `awaited` are marks that were asked for and are not announced. KeyError for a state that no letter tells of.
    """
    return "\n\n".join(_paragraphs(case, state, ground, said, due, ours, on, awaited))


def _paragraphs(
    case: Case,
    state: State,
    ground: Ground | None,
    said: str,
    due: date | None,
    ours: Institution,
    on: date,
    awaited: Awaited | None,
) -> Iterator[str]:
    asked = "complaint" if case.kind is Kind.COMPLAINT else "request"
    yield f"{ours.controller_name}\n{_day(on)}\nReference {case.reference}"
    yield f"Dear {case.student},"
    yield f"{case.what}: your {asked} of {_day(case.received)}."
    yield _DECIDED[state]
    if ground:
        yield f"The ground in law ({ground.value}): {ground.words}"
    if said.strip():
        yield said.strip()
    if awaited:
        yield awaited.told
    if state is State.EXTENDED and due:
        yield f"You will have our answer by the end of {_day(due)}."
    if state in _WITH_ROUTES:
        yield routes(ours, on)
    team = ours.information_compliance
    yield f"{team.name or 'Information compliance team'}\n{_reached(team)}".strip()


def routes(ours: Institution, on: date) -> str:
    """Whom to complain to: the university, the regulator of that day, and a court."""
    regulator = ours.regulator_on(on)
    procedure = f" How: {ours.complaints.link}." if ours.complaints.link else ""
    phone = f", {regulator.phone}" if regulator.phone else ""
    return (
        "If you do not agree, you can complain:\n"
        "- to the university, on your page My data or in any other way; we confirm within 30 days that we have it."
        f"{procedure}\n"
        f"- to the regulator, {regulator.name}: {regulator.link}{phone}\n"
        "- to a court (Data Protection Act 2018, section 167)."
    )


def _reached(contact: Contact) -> str:
    return " · ".join(way for way in (contact.email, contact.phone, contact.link) if way)


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
