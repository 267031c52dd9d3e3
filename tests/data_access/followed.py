"""Students of a term followed from a suggestion to what became of it, worked out by hand.

All were raised on Monday 12 October, in the fourth week, with scores of 60, 60, 40 and 30 by its end.

* 40 were offered a conversation, had it a week later and rose: 28 of them by 20 points to the fourth week from then
  on, 12 by 35, who are rated Good. 25 of them, those 12 among them, agreed a plan.
* 10 had one too, and no score in any week.
* 12 were offered one and declined, with scores of 70.
* 12 were dismissed after seven working days, with scores of 70.
* 45 were never answered, and rose by 10 points.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Executable, insert

from data_access.tables import (
    ConversationOffer,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentWeek,
    Meeting,
    Mode,
    OfferStep,
    OfferSuggestion,
    Person,
    PlanStep,
    SuggestedTalk,
    SuggestionStep,
    SupportPlan,
)
from engagement.suggestion import Rule, State
from policy.days import london_noon, number
from support import meeting, offer, plan
from support.offer import Format
from tests.cast import ADA, TERM
from tests.conftest import University

FIRST = 9_000
RAISED = TERM + timedelta(weeks=3)
MET = RAISED + timedelta(weeks=1, days=1)
LOW, WELL = (60, 60, 40, 30), (70, 70, 70, 70)


@dataclass(frozen=True)
class Told:
    """A group of students alike: their scores by week in points, and the days of what came after RAISED."""

    many: int
    scores: tuple[int | None, ...]
    answer: State | None = None
    answered: int = 1
    offered: int | None = None
    met: date | None = None
    planned: date | None = None
    rule: Rule = Rule.QUIET


def rising(by: int, to_begin: tuple[int, ...] = LOW) -> tuple[int, ...]:
    """Nine weeks: the last of those to begin with, and so much more from the next on."""
    return (*to_begin, *[to_begin[-1] + by] * 5)


GROUPS = (
    Told(15, rising(20), State.OFFERED, offered=2, met=MET),
    Told(13, rising(20), State.OFFERED, offered=2, met=MET, planned=MET),
    Told(12, rising(35), State.OFFERED, offered=5, met=MET, planned=MET),
    Told(10, (), State.OFFERED, offered=5, met=MET),
    Told(12, rising(0, WELL), State.OFFERED, offered=9),
    Told(12, rising(0, WELL), State.DISMISSED, answered=9),
    Told(45, rising(10)),
)


def assemble(university: University, groups: tuple[Told, ...] = GROUPS) -> None:
    """Put these students beside the cast, on Ben's course."""
    members = [group for group in groups for _ in range(group.many)]
    for n, group in enumerate(members, start=FIRST):
        university.change(*_student(n), *_weeks(n, group), *_told(n, group))


def _student(n: int) -> Iterator[Executable]:
    yield insert(Person).values(number=n, id=f"p-followed-{n}", given_name="Later", family_name=f"Canary{n}")
    yield insert(Enrolment).values(
        id=n,
        key=f"F{n}",
        student=n,
        course=1,
        mode=Mode.FULL_TIME,
        stage=1,
        starts=TERM,
        expected_end=date(2029, 6, 1),
        run=1,
    )
    yield insert(EnrolmentAgreement).values(enrolment=n, agreed_on=TERM, regulation="3.7.1", run=1)


def _weeks(n: int, group: Told) -> Iterator[Executable]:
    for week, points in enumerate(group.scores):
        on = number(TERM + timedelta(weeks=week))
        score = None if points is None else 100 * points
        yield insert(EnrolmentWeek).values(enrolment=n, week=on, as_of=on + 6, score=score, rule="1")


def _told(n: int, group: Told) -> Iterator[Executable]:
    state = group.answer or State.LAPSED
    found: dict[str, Any] = {"as_of": 1, "last": 1, "amount": 10, "of": 0, "policy": "1"}
    yield insert(SuggestedTalk).values(
        id=n, enrolment=n, rule=group.rule, state=state, raised_at=london_noon(RAISED), **found
    )
    on = RAISED + timedelta(days=group.answered)
    by = ADA.number if group.answer else None
    yield insert(SuggestionStep).values(suggestion=n, state=state, at=london_noon(on), person=by)
    if group.offered is not None:
        yield from _offered(n, RAISED + timedelta(days=group.offered))
    if group.met:
        yield insert(Meeting).values(
            id=n, enrolment=n, state=meeting.State.HELD, starts_at=london_noon(group.met), **_HOW, minutes=20
        )
    if group.planned:
        yield from _planned(n, group.planned)


_HOW: Mapping[str, Any] = {"tutor": ADA.number, "format": Format.PHONE, "place": "", "sequence": 0}


def _offered(n: int, on: date) -> Iterator[Executable]:
    at, how = london_noon(on), {"tutor": ADA.number, "made_by": ADA.number, "format": Format.PHONE}
    state = offer.State.ACCEPTED
    yield insert(ConversationOffer).values(
        id=n, enrolment=n, state=state, place="", text="", made_at=at, **how
    )
    yield insert(OfferStep).values(offer=n, state=offer.State.OFFERED, at=at, said="")
    yield insert(OfferSuggestion).values(offer=n, suggestion=n)


def _planned(n: int, on: date) -> Iterator[Executable]:
    at, aim = london_noon(on), {"aim": "Hyacinth", "review_on": on + timedelta(days=28)}
    state = plan.State.ACTIVE
    yield insert(SupportPlan).values(
        id=n, enrolment=n, tutor=ADA.number, state=state, version=1, made_at=at, agreed_at=at, **aim
    )
    yield insert(PlanStep).values(plan=n, state=plan.State.AGREED, at=at, said="")
