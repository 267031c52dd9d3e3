"""Consents that a student refuses or takes back by another way than their page: which there are, and their end."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

import policy
from auth.refusals import GoneMeanwhile
from auth.viewer import Role, Viewer
from data_access import access_log, consents, gate, request_rows, requests
from data_access.access_log import Line
from data_access.consent_register import LOOK
from data_access.consent_rows import last
from data_access.gate import Opened
from data_access.tables import Consent, ConsentStep, Enrolment, Person, RightsCase
from engagement import words
from privacy import request
from privacy.consent import WAITS, Method, State
from privacy.consent_record import Standing
from privacy.request import Channel

_METHODS: Mapping[Channel, Method] = {
    Channel.EMAIL: Method.BY_EMAIL,
    Channel.POST: Method.BY_POST,
    Channel.SPOKEN: Method.BY_WORD,
}


def standing(viewer: Viewer, key: str, at: datetime) -> tuple[Standing, ...]:
    """The consents that stand or wait of the student with that very number in student records, the latest first.

    Nothing of what they are about; none where nobody has the number. The log names whose they are.
    """
    with gate.reading(viewer, None, LOOK, at, only={Role.COMPLIANCE}) as opened:
        student = request_rows.numbered(opened, key)
        if student is None:
            return ()
        line = Line(viewer, LOOK, (student,), at)
        if not access_log.repeats(line, policy.current().access.same_read):
            access_log.record(line)
        question = (
            select(
                Consent.id,
                Consent.last_day,
                Person.given_name,
                Person.family_name,
                last(ConsentStep.at),
                last(ConsentStep.state),
            )
            .join(Enrolment, Enrolment.id == Consent.enrolment)
            .join(Person, Person.number == Consent.asked_by)
            .where(Enrolment.student == student, last(ConsentStep.state).in_([State.GIVEN, *WAITS]))
            .order_by(Consent.id.desc())
        )
        rows = opened.session.execute(question).all()
    return tuple(
        Standing(number, f"{given} {family}", since, last_day, state in WAITS)
        for number, last_day, given, family, since, state in rows
    )


def carry_out(opened: Opened, case: RightsCase, numbers: Collection[int], at: datetime) -> None:
    """End these consents in the transaction of the request that says no to them, and with them the request.

    GoneMeanwhile where none is named; MovedOn for one that has ended, NotYoursToSee for another student's.
    """
    if not numbers:
        raise GoneMeanwhile("Please choose at least one consent that is refused or taken back.")
    for number in numbers:
        consents.said_no(opened, number, _METHODS[case.channel], at)
    ended = words.of(len(numbers), "consent")
    why = f"{ended} ended at once, and what was written under a consent that has ended is shut."
    requests.settled(opened, case.id, request.State.FULFILLED, why, at)
