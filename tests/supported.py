"""Support of Ben's with something of each kind: what the pages of support look like when they are in use."""

from datetime import datetime, timedelta

from data_access import (
    consents,
    escalations,
    meeting_steps,
    notes,
    offer_answers,
    offering,
    offers,
    plan_actions,
    plan_agreement,
    plans,
    sensitive_notes,
    sharing,
)
from policy.days import london_day
from privacy.consent import Wanted as Asked
from support.action import Wanted
from support.meeting import Missed
from support.offer import Format, Invitation, Slot
from support.party import Party
from support.plan import Outcome, Plan
from tests.cast import ADA, AVI, BEN, SUE

DAY = timedelta(days=1)
_NEED = "Avi makes a timetable with Ben, and needs to know what is open"


def everything(at: datetime) -> None:
    """Let Ada, Ben, Avi and Sue act in the fortnight before `at`; much of it waits for somebody now."""
    _conversations(at)
    _plans(at)
    _notes(at)
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, "He did not answer three offers of mine", at - DAY)


def _offer(made: datetime, *times: datetime, how: Format = Format.IN_PERSON) -> int:
    words = "I noticed that you were online less than usual. Shall we have a chat?"
    return offering.make(ADA.viewer, BEN.id, Invitation(how, "Room 4.12", words, 30, times), [], made)


def _meeting(made: datetime, starts_at: datetime, how: Format = Format.VIDEO) -> int:
    offer = _offer(made, starts_at, how=how)
    slot = next(one for one in offers.of(BEN.viewer, None, made) if one.id == offer).slots[0]
    return offer_answers.accept(BEN.viewer, offer, slot.id, made)


def _conversations(at: datetime) -> None:
    offer_answers.decline(
        BEN.viewer, _offer(at - 9 * DAY, at - 5 * DAY), "Not this week, thank you", at - 8 * DAY
    )
    missed = _meeting(at - 7 * DAY, at - 6 * DAY)
    meeting_steps.miss(ADA.viewer, BEN.id, missed, Missed.TECHNICAL, at - 5 * DAY)
    slot = Slot(0, at - 4 * DAY, 15)
    meeting_steps.record(ADA.viewer, BEN.id, slot, Format.EMAIL, "Ben wrote about his week", at - 4 * DAY)
    _meeting(at - 3 * DAY, at - 2 * DAY, Format.PHONE)  # waits to be recorded
    _meeting(at - 2 * DAY, at + 2 * DAY)
    _offer(at - DAY, at + 3 * DAY, at + 4 * DAY)
    countered = _offer(at - DAY, at + 5 * DAY)
    offer_answers.counter(BEN.viewer, countered, at + 6 * DAY, 30, "I work on Tuesdays", at)
    offer_answers.ask(BEN.viewer, "Could we talk about next term?", Format.EMAIL, at)


def _plan(at: datetime, aim: str, *wanted: Wanted) -> Plan:
    plans.draft(ADA.viewer, BEN.id, aim, london_day(at) + 21 * DAY, wanted, None, at)
    return plans.of(ADA.viewer, BEN.id, at)[0]


def _plans(at: datetime) -> None:
    """One that is closed, one that runs, one that is proposed and one that is a draft."""
    day, then = london_day(at), at - 8 * DAY
    own = Wanted("Make a list of open work", Party.STUDENT, day + 2 * DAY)
    advised = Wanted("Talk about a study timetable", Party.ADVISER, day + 3 * DAY, adviser=AVI.id)
    tutors = Wanted("Ask for another seminar group", Party.TUTOR, day - DAY)
    place = Wanted("Book an hour to plan", Party.SERVICE, day + 9 * DAY, service="Library and study skills")
    closed = _agreed(then, _plan(then, "To come to the first class of the week", own))
    plans.close(ADA.viewer, BEN.id, closed.id, Outcome.PARTLY, "It was a beginning", at - 7 * DAY)
    running = _agreed(
        at - 6 * DAY, _plan(at - 6 * DAY, "To be up to date with the essays", own, advised, tutors, place)
    )
    first = next(one for one in running.actions if one.owner is Party.STUDENT)
    shared = next(one for one in running.actions if one.owner is Party.ADVISER)
    plan_actions.done(BEN.viewer, None, first.id, day - DAY, "", at)
    share = sharing.share(ADA.viewer, BEN.id, shared.id, AVI.id, _NEED, at - DAY)
    plans.propose(ADA.viewer, BEN.id, _plan(at, "To find hours for paid work", own).id, at)
    _plan(at, "To choose the modules of next year", own)
    _consents(at, running.id, share)


def _agreed(at: datetime, plan: Plan) -> Plan:
    plans.propose(ADA.viewer, BEN.id, plan.id, at)
    (read,) = (one for one in plans.of(BEN.viewer, None, at) if one.id == plan.id)
    advised = {one.id for one in read.actions if one.owner is Party.ADVISER}
    plan_agreement.agree(BEN.viewer, plan.id, read.wording, advised, at)
    return read


def _consents(at: datetime, plan: int, share: int) -> None:
    """One that is given, with a note of which a sentence is passed on, and one that is asked for."""
    what = "Which of your classes are hard to reach with your hay fever"
    asked = Asked(plan, what, "So that the plan can name other times for them", (AVI.id,))
    given = consents.ask(ADA.viewer, BEN.id, asked, at - DAY)
    (read,) = consents.of(BEN.viewer, None, at)
    consents.give(BEN.viewer, given, read.sha256, "Ben Quaverley", at)
    note = sensitive_notes.write(ADA.viewer, BEN.id, given, "Mornings are hard. Noon is better.", at)
    sensitive_notes.share(ADA.viewer, BEN.id, note, share, [0], _NEED, at)
    consents.ask(ADA.viewer, BEN.id, asked, at)


def _notes(at: datetime) -> None:
    """A draft, one that waits, and one that the student commented on and that was corrected."""
    commented = notes.begin(ADA.viewer, BEN.id, "We talked about the two essays.", at - 3 * DAY)
    notes.share(ADA.viewer, BEN.id, commented, 1, at - 3 * DAY)
    notes.comment(BEN.viewer, commented, "It was three essays", at - 2 * DAY)
    notes.correct(ADA.viewer, BEN.id, commented, "Three essays, not two", at - DAY)
    notes.share(ADA.viewer, BEN.id, notes.begin(ADA.viewer, BEN.id, "We met in the corridor.", at), 1, at)
    notes.begin(ADA.viewer, BEN.id, "To be said better", at)
