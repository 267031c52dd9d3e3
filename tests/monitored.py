"""A university large enough to be told of: 360 invented students beside the cast, with one gap to be found.

On two courses of two stages each. Of the group `Black` three in ten are rated Low, of all others one in ten; and of
the students with a suggestion two in three were offered a conversation, whatever their group.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from auth.viewer import Viewer
from data_access import database, equality, release_decisions, releasing
from data_access.releasing import Wanted
from data_access.tables import (
    ConversationOffer,
    Course,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    EnrolmentWeek,
    Level,
    Mode,
    Person,
    Restriction,
    RightsCase,
    School,
    SourceKey,
    Status,
    SuggestedTalk,
)
from engagement.suggestion import Rule
from engagement.suggestion import State as Suggestion
from policy.days import monday, number
from privacy.characteristics import Dimension, Home, Profile
from privacy.labels import Source
from privacy.purposes import Purpose
from privacy.releases import Cohort
from privacy.request import Channel, Kind
from privacy.request import State as Case
from support.offer import Format
from support.offer import State as Offer
from tests.cast import ADA, NOW, ROS, TERM
from tests.data_access.profiles import PROFILE

JOB = Viewer.service("release")
STUDENTS = 360
_LOW, _GOOD = 2_500, 7_000
"""Scores in hundredths."""


CENSUSES = (date(2026, 11, 8), date(2026, 11, 15))
"""Two censuses that are told of here, the second with every week of the term up to it."""


def publish():
    """Add the students and their profiles, and let compliance approve the releases of both censuses and the weeks."""
    with database.writing() as session:
        profiles = students(session)
    keep(profiles)
    for on in CENSUSES:
        number = releasing.make(JOB, Wanted(Cohort.CENSUS, on, TERM, on, NOW), NOW)
        release_decisions.approve(ROS.viewer, number, NOW)
    for wanted in releasing.due(JOB, NOW):
        if wanted.cohort is Cohort.WEEK:
            releasing.make(JOB, wanted, NOW)


def students(session):
    """Add them, with everything that a census reads; their profiles by their key in student records."""
    session.add(School(id=90, name="School of Wombats"))
    session.flush()
    for course in (91, 92):
        title = f"BA Wombat {course}"
        session.add(Course(id=course, code=f"C{course}", title=title, school=90, level=Level.UNDERGRADUATE))
    session.flush()
    numbers = count(9_000)
    found = {}
    for n in range(STUDENTS):
        person = next(numbers)
        black = n % 4 == 0
        _enrol(session, n, person)
        _rate(session, person, low=n % 40 < 12 if black else n % 40 in (1, 11, 21))
        found[f"k{person}"] = _profile("120" if black else "160", "Female" if n % 2 else "Male")
    return found


def another(session, known):
    """One more, who studied all along, of whom student records told later; their profile."""
    person = 9_000 + STUDENTS
    _enrol(session, 0, person, known)
    _rate(session, person, low=False)
    return {f"k{person}": _profile("120", "Male")}


def stop(session, some):
    """So many of them ask not to be counted."""
    for person in range(9_000, 9_000 + some):
        case = RightsCase(
            reference=f"R-{person}",
            student=person,
            kind=Kind.EQUALITY_STOP,
            state=Case.FULFILLED,
            channel=Channel.HERE,
            text="",
            received_at=NOW,
            entered_at=NOW,
        )
        session.add(case)
        session.flush()
        session.add(Restriction(student=person, case=case.id, purpose=Purpose.EQUALITY, begun_at=NOW))


def keep(profiles):
    """Put the profiles into the store of characteristics."""
    equality.put(JOB, profiles, NOW)


def _enrol(session, n, person, known=None):
    session.add(Person(number=person, id=f"wombat-{person}", given_name="Wombat", family_name=f"No {person}"))
    session.flush()
    session.add(SourceKey(system=Source.STUDENT_RECORDS, key=f"k{person}", person=person))
    session.add(
        Enrolment(
            id=person,
            key=f"e{person}",
            student=person,
            course=91 + n // 4 % 2,
            mode=Mode.FULL_TIME,
            stage=1 + n // 8 % 2,
            starts=TERM,
            expected_end=TERM + timedelta(days=1_000),
            run=1,
        )
    )
    session.flush()
    session.add(EnrolmentAgreement(enrolment=person, agreed_on=TERM, regulation="3", run=1))
    session.add(
        EnrolmentStatus(
            enrolment=person, status=Status.ENROLLED, first=TERM, recorded_at=known or _at(TERM), run=1
        )
    )


def _rate(session, person, *, low):
    """The same score in every week of the term; who is Low has a suggestion, and two in three of them an offer."""
    for weeks in range(9):
        week = number(monday(TERM) + timedelta(weeks=weeks))
        session.add(
            EnrolmentWeek(enrolment=person, week=week, score=_LOW if low else _GOOD, as_of=week + 6, rule="1")
        )
    if low:
        session.add(
            SuggestedTalk(
                enrolment=person,
                rule=Rule.ATTENDANCE,
                state=Suggestion.RAISED,
                raised_at=_at(TERM),
                as_of=number(TERM),
                last=number(TERM),
                amount=1,
                of=4,
                policy="1",
            )
        )
        if person % 3:
            session.add(
                ConversationOffer(
                    enrolment=person,
                    tutor=ADA.number,
                    made_by=ADA.number,
                    state=Offer.OFFERED,
                    format=Format.IN_PERSON,
                    place="",
                    text="",
                    made_at=_at(TERM) + timedelta(days=4),
                )
            )


def _at(day):
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def _profile(ethnicity, sex):
    held = {**PROFILE.held, Dimension.ETHNICITY: ethnicity, Dimension.SEX: sex}
    return Profile(held, Home.ENGLAND, imd_version=2019)
