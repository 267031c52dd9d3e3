"""What the demo's tutors have made of suggestions so far, week by week: some answer at once, some late or never."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random

import policy
from auth.refusals import NotYoursToSee
from auth.viewer import Role, Viewer
from commands.demo_support import JOINED, LOOKED, ROOM, ahead
from data_access import (
    credentials,
    days_passing,
    loads,
    meeting_steps,
    offer_answers,
    offering,
    offers,
    plan_actions,
    plan_agreement,
    plans,
    suggesting,
    suggestion_answers,
    tutees,
)
from engagement.suggestion import State
from engagement.tutee import Tutee
from ingest.demo.stories import STORIES
from ingest.demo.university import University
from policy.days import london_day
from support.action import Wanted
from support.meeting import Missed
from support.offer import Format, Invitation
from support.party import Party
from support.plan import Outcome

_JOB = Viewer.service("demo")
_WEEK = timedelta(weeks=1)
_SETTLED = 3  # weeks of a term before anything is suggested
_MOST = 20  # weeks
_LATELY = timedelta(weeks=2)  # what is younger waits for whoever opens the demo
_OFFERED, _DISMISSED = 0.45, 0.53  # of what waits in a week, up to here
_DECLINED, _SILENT = 0.1, 0.25  # of what is offered
_MISSED = 0.12  # of what is accepted
_PLANNED = 0.4  # of what is held
_TEXT = "I would like to hear how the term is going for you. There is nothing to prepare."
_AIM = "To be back in class every week"
_ACTION = "Go through the open work of the last weeks, and hand in what still counts"


@dataclass(frozen=True)
class _Tutor:
    """A tutor as they act, and their tutees by name."""

    viewer: Viewer
    students: Mapping[str, Viewer]


@dataclass(frozen=True)
class _Agreed:
    """A plan that runs: whose it is, and its number."""

    tutor: _Tutor
    tutee: Tutee
    plan: int


def write(of: University, at: datetime, report: Callable[[int, int], None]) -> None:
    """Suggest as of each week since the last censused term began, and let tutors and tutees act on it."""
    tutors, chance = _tutors(of, at), of.chance("tutors")
    weeks, agreed = _weeks(at), list[_Agreed]()
    for done, then in enumerate(weeks, start=1):
        suggesting.refresh(_JOB, None, then)
        if then < at - _LATELY:
            agreed += (plan for one in tutors for plan in _answer(one, then, chance))
        if then < at:
            agreed = [plan for plan in agreed if not _over(plan, ahead(1, 9, then))]
        days_passing.carry_on(_JOB, then)
        report(done, len(weeks))


def _tutors(of: University, at: datetime) -> list[_Tutor]:
    number = loads.persons(_JOB, at)
    by_tutor: dict[str, dict[str, Viewer]] = {}
    for student in of.students:
        viewer = Viewer(number[student.key], Role.STUDENT, "demo")
        by_tutor.setdefault(student.tutor, {})[str(student.name)] = viewer
    tutors = {key: Viewer(number[key], Role.TUTOR, "demo") for key in sorted(by_tutor)}
    for key, viewer in tutors.items():
        credentials.accept_agreement(viewer, str(of.staff[key]), at - JOINED)
    told = {str(one.name) for one in STORIES}
    return [
        _Tutor(viewer, {name: one for name, one in by_tutor[key].items() if name not in told})
        for key, viewer in tutors.items()
    ]


def _weeks(at: datetime) -> list[datetime]:
    """This time of day on each such weekday since the term of the last census had settled."""
    calendar, release = policy.current().calendar, policy.current().release
    first, _ = release.past(calendar, london_day(at))[-1]
    settled = first + _SETTLED * _WEEK
    weeks = (at - n * _WEEK for n in range(_MOST))
    return sorted(then for then in weeks if london_day(then) >= settled or then == at)


def _answer(tutor: _Tutor, then: datetime, chance: Random) -> Iterator[_Agreed]:
    """Answer what waits, each tutee by themselves; the plans that came of it."""
    here = (one for one in tutees.in_order(tutor.viewer, ahead(1, 9, then)) if one.name in tutor.students)
    times = (ahead(3, 9, then) + n * timedelta(minutes=30) for n in count())
    for tutee in here:
        asked = [talk.id for talk in tutee.suggestions if talk.unanswered]
        drawn = chance.random() if asked else 1.0
        if drawn < _OFFERED:
            with suppress(NotYoursToSee):  # who has left since
                yield from _talk(tutor, tutee, asked, next(times), then, chance)
        elif drawn < _DISMISSED:
            _said(tutor, tutee, asked, State.DISMISSED, "We have spoken after class already", then)


def _said(tutor: _Tutor, tutee: Tutee, asked: Sequence[int], state: State, why: str, then: datetime) -> None:
    day = ahead(1, 10, then)
    for talk in asked:
        suggestion_answers.answer(tutor.viewer, tutee.id, talk, state, why, day - LOOKED, day)


def _talk(
    tutor: _Tutor, tutee: Tutee, asked: Sequence[int], slot: datetime, then: datetime, chance: Random
) -> Iterator[_Agreed]:
    """Offer a conversation; the student accepts or not, comes or not, and agrees to a plan or not."""
    _said(tutor, tutee, asked, State.CONFIRMED, "I would like to hear how things are", then)
    student, (invited, replied, held) = tutor.students[tutee.name], (ahead(n, 10, then) for n in (1, 2, 4))
    invitation = Invitation(Format.IN_PERSON, ROOM, _TEXT, 30, (slot,))
    offer = offering.make(tutor.viewer, tutee.id, invitation, asked, invited)
    answers = chance.random()
    if answers < _DECLINED:
        offer_answers.decline(student, offer, "", replied)
    if answers < _SILENT:
        return
    (chosen,) = next(one.slots for one in offers.of(student, None, replied) if one.id == offer)
    meeting = offer_answers.accept(student, offer, chosen.id, replied)
    if chance.random() < _MISSED:
        meeting_steps.miss(tutor.viewer, tutee.id, meeting, Missed.STUDENT, held)
        return
    meeting_steps.hold(tutor.viewer, tutee.id, meeting, held)
    if chance.random() < _PLANNED:
        yield _Agreed(tutor, tutee, _plan(tutor.viewer, tutee.id, meeting, held))


def _plan(tutor: Viewer, of: str, meeting: int, at: datetime) -> int:
    """Agreed when they met."""
    review = london_day(at) + 4 * _WEEK
    plan = plans.draft(tutor, of, _AIM, review, (Wanted(_ACTION, Party.STUDENT, review),), meeting, at)
    plans.propose(tutor, of, plan, at)
    (read,) = (one for one in plans.of(tutor, of, at) if one.id == plan)
    plan_agreement.record_agreed(tutor, of, plan, read.wording, ROOM, london_day(at), at)
    return plan


def _over(one: _Agreed, then: datetime) -> bool:
    """Close a plan whose review has come; whether it has."""
    tutor, of = one.tutor.viewer, one.tutee.id
    with suppress(NotYoursToSee):
        (plan,) = (found for found in plans.of(tutor, of, then) if found.id == one.plan)
        if plan.review_on > london_day(then):
            return False
        for action in plan.actions:
            plan_actions.done(tutor, of, action.id, london_day(then), "", then)
        plans.close(tutor, of, plan.id, Outcome.HELPED, "The open work is handed in.", then)
    return True
