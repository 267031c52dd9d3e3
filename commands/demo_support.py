"""What the demo's people have done with each other: conversations, a plan that helped, and what waits today."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from auth.viewer import Viewer
from data_access import (
    credentials,
    days_passing,
    escalations,
    meeting_steps,
    meetings,
    notes,
    offer_answers,
    offering,
    offers,
    plan_actions,
    plan_agreement,
    plans,
    shared_with_me,
    sharing,
    suggestion_answers,
    tutees,
)
from engagement.suggestion import State
from engagement.tutee import Tutee
from ingest.demo import signins
from ingest.demo.habits import Kind
from ingest.demo.signins import SignIn
from ingest.demo.stories import story
from policy.days import LONDON, london_day
from support.action import Action, Wanted
from support.offer import Format, Invitation, Slot
from support.party import Party

JOINED = timedelta(weeks=21)
"""How long ago the staff of the demo signed the agreement: before anything is suggested here."""
LOOKED = timedelta(minutes=4)
"""How long somebody looks at what a suggestion rests on before they answer."""
_DAY = timedelta(days=1)
ROOM = "Room 2.14, Weaver Building"


def write(at: datetime) -> None:
    """Let the tutor, tutees, an adviser and a senior tutor act, each as themselves and on a day of their own."""
    tutor, _, adviser, _ = (signed(one, at) for one in signins.STAFF)
    mine = {tutee.name: tutee for tutee in tutees.in_order(tutor, at)}
    _returner(tutor, adviser, mine, at)
    _steady(tutor, mine, at)
    _stopped(tutor, mine, at)
    excused = _of(mine, Kind.EXCUSED)
    then = _ago(10, at)
    said = "We agreed by e-mail which work is still needed after the two weeks, and by when."
    meeting_steps.record(tutor, excused.id, Slot(0, then, 15), Format.EMAIL, said, then)
    days_passing.carry_on(Viewer.service("demo"), at)


def _returner(tutor: Viewer, adviser: Viewer, mine: Mapping[str, Tutee], at: datetime) -> None:
    """Three weeks away, a conversation, a plan that both keep to, and back for two weeks."""
    student, of = acting(signins.RETURNER, at), _of(mine, Kind.RETURN).id
    met = _ago(21, at)
    text = "I have not seen you in class for a while, and would like to hear how you are getting on."
    _meet(tutor, student, of, Invitation(Format.IN_PERSON, ROOM, text, 30, (met,)), _ago(24, at))
    (meeting,) = meetings.of(tutor, of, met)
    meeting_steps.hold(tutor, of, meeting.id, met + _DAY)
    said = (
        "We talked about the weeks away. The timetable clashed with a job, which now begins later. "
        "Two pieces of work are open; we agreed what comes first."
    )
    note = notes.begin(tutor, of, said, met + _DAY, meeting=meeting.id)
    notes.share(tutor, of, note, 1, met + _DAY)
    notes.approve(student, note, 2, met + 2 * _DAY)
    _plan(tutor, student, adviser, of, meeting.id, at)


def _plan(tutor: Viewer, student: Viewer, adviser: Viewer, of: str, meeting: int, at: datetime) -> None:
    began, today = _ago(19, at), london_day(at)
    ruth = plan_actions.advisers(tutor, of, at)[0].id
    wanted = (
        Wanted("Come to the classes of the first two days of the week", Party.STUDENT, today - 5 * _DAY),
        Wanted("Ask the module leader for the notes of the missed weeks", Party.TUTOR, today - 12 * _DAY),
        Wanted("Go through a plan of the week together", Party.ADVISER, today - 9 * _DAY, adviser=ruth),
        Wanted("Look at the order of the open work together", Party.ADVISER, today + 6 * _DAY, adviser=ruth),
        Wanted("Hand in the open laboratory report", Party.STUDENT, today + 9 * _DAY),
    )
    aim = "To be back in class every week, and up to date with the work by the end of term"
    plan = plans.draft(tutor, of, aim, today - 5 * _DAY, wanted, meeting, began)
    plans.propose(tutor, of, plan, began)
    (read,) = plans.of(student, None, began + _DAY)
    own, tutors, first, second, _ = (_named(read.actions, one) for one in wanted)
    plan_agreement.agree(student, plan, read.wording, (first, second), began + _DAY)
    need = "Ruth makes the plan of the week with each student who asks for it"
    share = sharing.share(tutor, of, first, ruth, need, began + 2 * _DAY)
    plan_actions.done(tutor, of, tutors, today - 14 * _DAY, "", _ago(14, at))
    came = "We made a plan of the week. It leaves two free mornings for the open work."
    shared_with_me.report(adviser, of, share, came, True, _ago(10, at))
    plan_actions.done(student, None, own, today - 6 * _DAY, "", _ago(6, at))
    review = (
        "Being back is easier than I thought.",
        "In every class for two weeks. We go on with the open work.",
    )
    plans.review(tutor, of, plan, *review, today + 16 * _DAY, _ago(5, at))
    need = "Ruth helps to see which of the open work can still count"
    sharing.share(tutor, of, second, ruth, need, _ago(4, at))


def _steady(tutor: Viewer, mine: Mapping[str, Tutee], at: datetime) -> None:
    """Asks for a conversation of her own accord; it is planned."""
    student, of = acting(signins.STEADY, at), _of(mine, Kind.STEADY).id
    text = "Could we talk about which modules to choose for next year?"
    offer = offer_answers.ask(student, text, Format.IN_PERSON, _ago(4, at))
    times = (ahead(1, 11, at), ahead(2, 15, at))
    answer = Invitation(Format.IN_PERSON, ROOM, "Gladly. Do these times suit you?", 20, times)
    offering.offer_times(tutor, of, offer, answer, _ago(3, at))
    (read,) = offers.of(student, None, _ago(2, at))
    offer_answers.accept(student, offer, read.slots[1].id, _ago(2, at))


def _stopped(tutor: Viewer, mine: Mapping[str, Tutee], at: datetime) -> None:
    """Is offered a conversation and has not answered; a senior tutor is asked to help."""
    one, then = _of(mine, Kind.STOP), _ago(2, at)
    asked = [talk.id for talk in one.suggestions if talk.unanswered]
    for talk in asked:
        reason = "I would like to hear how things are"
        suggestion_answers.answer(tutor, one.id, talk, State.CONFIRMED, reason, then - LOOKED, then)
    text = "I have missed you in the last weeks. Shall we have a chat? There is nothing to prepare."
    times = (ahead(1, 10, at), ahead(3, 14, at))
    invitation = Invitation(Format.VIDEO, "The link is in the calendar entry", text, 30, times)
    offering.make(tutor, one.id, invitation, asked, then)
    seniors = escalations.senior_tutors(tutor, one.id, at)
    chosen = next(each for each in seniors if each.name == str(signins.SENIOR_TUTOR.name))
    reason = "No sign for more than two weeks, and no answer yet. Could you write too?"
    escalations.pass_on(tutor, one.id, chosen.id, reason, _ago(1, at))


def _meet(tutor: Viewer, student: Viewer, of: str, invitation: Invitation, at: datetime) -> None:
    """Offered, and the first time accepted a day later."""
    offer = offering.make(tutor, of, invitation, (), at)
    (read,) = offers.of(student, None, at)
    offer_answers.accept(student, offer, read.slots[0].id, at + _DAY)


def signed(one: SignIn, at: datetime) -> Viewer:
    """A colleague, who has signed the agreement; in the last of their roles."""
    viewer = acting(one, at)
    credentials.accept_agreement(viewer, str(one.name), at - JOINED)
    return viewer


def acting(one: SignIn, at: datetime) -> Viewer:
    """Somebody of the demo as they sign in."""
    person = credentials.check_password(one.username, signins.PASSWORD, at)
    if person is None:
        raise LookupError(f"{one.username} cannot sign in to the demo")
    return Viewer(person, one.roles[-1], "demo")


def _of(mine: Mapping[str, Tutee], kind: Kind) -> Tutee:
    return mine[str(story(kind).name)]


def _named(actions: Iterable[Action], wanted: Wanted) -> int:
    return next(one.id for one in actions if one.text == wanted.text)


def _ago(days: int, at: datetime) -> datetime:
    """Ten in the morning, so many days ago, or on the Friday before."""
    on = london_day(at) - timedelta(days=days)
    on -= timedelta(days=max(0, on.weekday() - 4))
    return datetime.combine(on, time(10), LONDON)


def ahead(days: int, hour: int, at: datetime) -> datetime:
    """That hour so many working days from now."""
    on = london_day(at)
    while days:
        on += _DAY
        days -= on.weekday() < 5
    return datetime.combine(on, time(hour), LONDON)
