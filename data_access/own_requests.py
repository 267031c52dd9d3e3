"""A student's own requests: asked, answered when something is asked back, taken back, and what became of each."""

from datetime import datetime

from sqlalchemy import select

from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile, NothingWritten
from auth.refusals.rights import PurposesNeeded
from auth.viewer import Role, Viewer
from data_access import disputes_closing, gate, request_rows, request_steps, requests, restrictions
from data_access.gate import Opened
from data_access.tables import CaseStep, RightsCase
from policy.days import london_day
from privacy.case import Case
from privacy.case_decisions import Answer, Ask, Own, TakeBack, UseAgain
from privacy.labels import Category
from privacy.purposes import Duty, Purpose
from privacy.request import Kind, State

READ = Act(Action.READ, Category.RIGHTS, Duty.RIGHTS)
ASK = Act(Action.WRITE, Category.RIGHTS, Duty.RIGHTS)
_SPEAKS = frozenset({Kind.ERASURE, Kind.COMPLAINT})
_EVERYTHING = tuple(Purpose)
_WAITS = frozenset({State.CLARIFYING, State.ID_PENDING, State.MORE_INFO})


def of(viewer: Viewer, at: datetime) -> tuple[Case, ...]:
    """Every request of the viewer, the latest first."""
    with gate.reading(viewer, None, READ, at, only={Role.STUDENT}) as opened:
        return tuple(sorted(request_rows.cases(opened), key=lambda one: one.received_at, reverse=True))


def carry_out(viewer: Viewer, decided: Own, at: datetime) -> None:
    """Do what the student decided. A Refusal changes nothing."""
    match decided:
        case Ask():
            ask(viewer, decided, at)
        case Answer(reference, text):
            answer(viewer, reference, text, at)
        case TakeBack(reference):
            take_back(viewer, reference, at)
        case UseAgain(purpose):
            restrictions.use_again(viewer, purpose, at)


def ask(viewer: Viewer, asked: Ask, at: datetime) -> str:
    """Write the request down, and do at once what needs no decision; its reference.

    From an objection or a restriction on the data are not used. NothingWritten where words are needed,
    PurposesNeeded for an objection to nothing, GoneMeanwhile for a complaint about a request that is not there.
    """
    if asked.kind in _SPEAKS and not asked.text.strip():
        raise NothingWritten
    if asked.kind is Kind.OBJECTION and not asked.purposes:
        raise PurposesNeeded
    with gate.writing_own(viewer, ASK, at) as opened:
        case = _written(opened, viewer, asked, at)
        restrictions.begin(opened, viewer.person, case, left_unused(asked.kind, asked.purposes), at)
        if asked.kind is Kind.EQUALITY_STOP:
            requests.settled(opened, case.id, State.FULFILLED, "You are in no count from now on.", at)
        return case.reference


def answer(viewer: Viewer, reference: str, text: str, at: datetime) -> None:
    """Answer what was asked back; the clock runs again from today. NothingWritten, GoneMeanwhile."""
    if not text.strip():
        raise NothingWritten
    with gate.writing_own(viewer, ASK, at) as opened:
        case = _own(opened, reference)
        if case.state not in _WAITS:
            raise GoneMeanwhile
        request_steps.move(opened, case, resumed(opened, case), london_day(at), text, at)


def take_back(viewer: Viewer, reference: str, at: datetime) -> None:
    """Take the request back. MovedOn when it is over; what is left unused stays so until the student says else."""
    with gate.writing_own(viewer, ASK, at) as opened:
        case = _own(opened, reference)
        request_steps.move(opened, case, State.WITHDRAWN, london_day(at), "", at)
        disputes_closing.after_request(opened, case.id, at)


def left_unused(kind: Kind, purposes: tuple[Purpose, ...]) -> tuple[Purpose, ...]:
    """The purposes for which data are left unused as soon as this is asked."""
    match kind:
        case Kind.OBJECTION:
            return purposes
        case Kind.RESTRICTION:
            return _EVERYTHING
        case Kind.EQUALITY_STOP:
            return (Purpose.EQUALITY,)
        case _:
            return ()


def resumed(opened: Opened, case: RightsCase) -> State:
    """Where a request goes on once what was asked is answered: in the longer time, if that was taken."""
    if case.kind is Kind.COMPLAINT:
        return State.INVESTIGATING
    taken = select(CaseStep.id).where(CaseStep.case == case.id, CaseStep.state == State.EXTENDED)
    longer = case.state is State.CLARIFYING and opened.session.scalars(taken).first() is not None
    return State.EXTENDED if longer else State.IN_PROGRESS


def _written(opened: Opened, viewer: Viewer, asked: Ask, at: datetime) -> RightsCase:
    number = requests.opened_case(opened, viewer.person, asked.kind, asked.text, at)
    case = opened.session.get_one(RightsCase, number)
    case.about_team = asked.about_team and asked.kind is Kind.COMPLAINT
    if asked.about:
        case.about_case = _own(opened, asked.about).id
    return case


def _own(opened: Opened, reference: str) -> RightsCase:
    found = request_rows.row(opened, reference)
    if found is None:
        raise GoneMeanwhile
    return found
