"""Requests of the demo: students who asked and complained, a letter from one who has left, and a breach."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from auth.viewer import Viewer
from commands import demo_support
from data_access import breaches, own_requests, request_answers, request_queue
from ingest.demo import signins
from ingest.demo.habits import Kind as Habit
from ingest.demo.stories import story
from policy.days import london_day
from privacy.breach import NewBreach, OfBreach
from privacy.breach import State as BreachState
from privacy.case_decisions import (
    Answer,
    Answering,
    Ask,
    Enter,
    Go,
    Progress,
    Searched,
    Send,
)
from privacy.labels import Source
from privacy.refusal_grounds import Ground
from privacy.request import Channel, Kind, State

_FADE = next(one for one in signins.SIGN_INS if one.key == story(Habit.FADE).key)


def write(at: datetime) -> None:
    """Let the students ask and the officer answer, each as themselves and on a day of their own."""
    officer = demo_support.signed(signins.COMPLIANCE, at)
    _copy(officer, at)
    _complaint(officer, at)
    _erasure(officer, at)
    said = "Please send me all that you hold about me. I left in October."
    letter = Enter(story(Habit.LEAVER).key, Kind.ACCESS, Channel.POST, said, at - timedelta(days=26))
    request_queue.enter(officer, letter, at - timedelta(days=23))
    _breach(officer, at)


def _copy(officer: Viewer, at: datetime) -> None:
    """Asked three weeks ago, with a question that stopped the clock for three days."""
    student, asked = demo_support.acting(_FADE, at), at - timedelta(days=20)
    case = own_requests.ask(student, Ask(Kind.ACCESS, "Above all the notes of our conversations."), asked)
    does = _Answering(officer, case, at)
    does(19, Go(State.IN_PROGRESS, london_day(at - timedelta(days=19))))
    does(18, Send(State.CLARIFYING, None, "You have been with us for three years. Which years do you mean?"))
    own_requests.carry_out(student, Answer(case, "This year and the last."), at - timedelta(days=15))
    for system in (Source.STUDENT_RECORDS, Source.ATTENDANCE):
        first = london_day(at - timedelta(days=400))
        does(14, Searched(system, True, "the student number", first, london_day(asked), ""))


def _complaint(officer: Viewer, at: datetime) -> None:
    student = demo_support.acting(signins.RETURNER, at)
    said = "The register of my seminar lay open in the common room for a day."
    case = own_requests.ask(student, Ask(Kind.COMPLAINT, said), at - timedelta(days=9))
    does = _Answering(officer, case, at)
    does(8, Go(State.INVESTIGATING, london_day(at - timedelta(days=8))))
    does(3, Progress("We have spoken with the school. Registers are now kept in the office."))


def _erasure(officer: Viewer, at: datetime) -> None:
    student = demo_support.acting(signins.STEADY, at)
    said = "Please erase my attendance of the first two weeks, when I was still on another course."
    case = own_requests.ask(student, Ask(Kind.ERASURE, said), at - timedelta(days=30))
    does = _Answering(officer, case, at)
    does(28, Go(State.IN_PROGRESS, london_day(at - timedelta(days=28))))
    does(25, Go(State.REVIEW, london_day(at - timedelta(days=25))))
    reasons = "The two weeks are counted for nobody’s rating, as you had not yet joined your modules."
    does(24, Send(State.REFUSED, Ground.PUBLIC_TASK, reasons))


def _breach(officer: Viewer, at: datetime) -> None:
    known = at - timedelta(hours=30)
    breaches.carry_out(
        officer, NewBreach("A register lay open in the common room for a day.", 22, known), known
    )
    (one, *_) = breaches.all_of(officer, at)
    why = (
        "The paper showed names and crosses only, and was found by a member of staff. The students were told."
    )
    breaches.carry_out(officer, OfBreach(one.id, BreachState.NOT_REPORTED, why), at - timedelta(hours=20))


@dataclass(frozen=True)
class _Answering:
    """The officer at work on one request."""

    officer: Viewer
    case: str
    at: datetime

    def __call__(self, days_ago: int, decided: Answering) -> None:
        then = self.at - timedelta(days=days_ago)
        waiting = request_queue.waiting(self.officer, then)
        student = next(one.student_id for one in waiting if one.reference == self.case)
        request_answers.carry_out(self.officer, student, self.case, decided, then)
