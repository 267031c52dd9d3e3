"""The letters to whoever asked, sent in the transaction of the step that they tell of, and kept word for word."""

from datetime import date, datetime

from sqlalchemy import select

import policy
from auth.refusals import MovedOn, NothingWritten
from auth.refusals.rights import GroundNeeded, ReasonForQuestion, SearchFirst, TooLateToExtend
from data_access import request_news, request_rows, request_steps
from data_access.gate import Opened
from data_access.tables import CaseLetter, RightsCase
from policy.days import london_day
from privacy import letters
from privacy.bank_holidays import BankHolidays
from privacy.case import Case
from privacy.case_decisions import Send
from privacy.clock_words import extend_by
from privacy.labels import Source
from privacy.marks import Awaited
from privacy.request import Kind, State
from support.sharing import SHORTEST

_DENIED = frozenset({State.REFUSED, State.PARTLY_FULFILLED})
_ASKING = frozenset({State.CLARIFYING, State.ID_PENDING, State.MORE_INFO, State.EXTENDED})
_ANSWERS = frozenset({State.FULFILLED, State.PARTLY_FULFILLED, State.REFUSED})


def send(opened: Opened, row: RightsCase, decided: Send, at: datetime) -> None:
    """Bring a request into the next state with the letter that tells of it, and tell the student that there is one.

    Marks that are not announced stay in the queue, as a request of their own. GroundNeeded, ReasonForQuestion,
    NothingWritten, TooLateToExtend, SearchFirst: what the letter lacks. MovedOn.
    """
    today, case = london_day(at), request_rows.cases(opened, RightsCase.id == row.id)[0]
    _allowed(case, decided, today)
    request_steps.move(opened, row, decided.state, today, decided.said, at)
    ours = policy.current().institution
    text = letters.letter(
        case, decided.state, decided.ground, decided.said, row.due, ours, today, decided.awaited
    )
    sent = {"state": decided.state, "text": text, "sent_at": at, "sent_by": opened.viewer.person}
    opened.session.add(CaseLetter(case=row.id, **sent))
    request_news.tell(opened, row, at)
    if decided.awaited:
        _marks_wait(opened, row, decided.awaited, at)


def _marks_wait(opened: Opened, row: RightsCase, awaited: Awaited, at: datetime) -> None:
    """Keep the marks in the queue as a request of their own, received when they were asked for; once."""
    waits = select(RightsCase.id).where(RightsCase.about_case == row.id, RightsCase.marks_by.is_not(None))
    if opened.session.scalars(waits).first() is not None:
        return
    case = request_steps.begun(
        opened,
        row.student,
        row.kind,
        "",
        row.channel,
        row.received_at,
        at,
        about_case=row.id,
        marks_by=awaited.by,
    )
    why = f"The marks that the answer to {row.reference} could not hold yet."
    request_steps.move(opened, case, State.IN_PROGRESS, london_day(at), why, at)


def _allowed(case: Case, decided: Send, today: date) -> None:
    if case.marks_by and decided.state is State.CLARIFYING:
        raise MovedOn  # no question moves that day
    enough = len(" ".join(decided.said.split())) >= SHORTEST
    if decided.state in _DENIED and not (decided.ground and enough):
        raise GroundNeeded
    if decided.state in _ASKING and not enough:
        raise ReasonForQuestion
    if decided.state in {State.OUTCOME, State.REVIEWED} and not enough:
        raise NothingWritten
    if decided.state is State.EXTENDED:
        last = extend_by(case, BankHolidays(policy.current().rights.holidays))
        if last is None or today > last:
            raise TooLateToExtend
    searched = {one.system for one in case.searches}
    whole = case.kind is Kind.ACCESS and not case.marks_by  # for the marks alone the search was made before
    if whole and decided.state in _ANSWERS and searched != set(Source):
        raise SearchFirst
