"""Jisc's Unified Data Definitions: student records, and the timetable, as tab-separated files, one for each entity.

The definitions know neither the day of the agreement made at enrolment nor when a personal tutor's work began.
The first may come as an extension (entity `student_course_membership`, property `AGREED_ON`); the second is
taken to be the enrolment's first day.
"""

from collections.abc import Iterator

from ingest.bundle import Member
from ingest.format import Format, Glance
from ingest.found import Found
from ingest.jisc_udd import assessments, enrolments, entities, events, modules, people, qualifications
from ingest.limits import Limits
from ingest.tables import header
from privacy.labels import Source


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """Students and enrolments first, for the rest belongs to them."""
    udd = entities.of(members, limits, entities.RECORDS)
    yield from udd.unopened()
    yield from people.students(udd)
    memberships = yield from enrolments.memberships(udd)
    yield from qualifications.qualifications(memberships)
    tutors = yield from people.tutors(udd, memberships)
    yield from people.staff(udd, tutors)
    deliveries = yield from modules.deliveries(udd)
    yield from modules.registrations(udd, deliveries)
    yield from assessments.read(udd)


# The columns that tell each file from a namesake of another format, folded.
_SIGNS = {
    "student": {"studentid"},
    "staff": {"staffid"},
    "studentcoursemembership": {"studentcoursemembershipid"},
    "moduleinstance": {"modinstanceid"},
    "assessmentinstance": {"assessinstanceid"},
}


def _recognises_records(glance: Glance) -> bool:
    return any(header(glance, entity) >= signs for entity, signs in _SIGNS.items())


def _recognises_events(glance: Glance) -> bool:
    return header(glance, "event") >= {"eventid", "eventstart"}


FORMATS = (
    Format(
        "jisc-udd",
        Source.STUDENT_RECORDS,
        "Jisc Unified Data Definitions, tab-separated, a file for each entity, in a folder or an archive",
        _recognises_records,
        read,
        "Students' names, e-mail addresses and mobile telephones, course memberships with mode, stage, level and "
        "status, agreements (as an extension), personal tutors (staff links), modules, registrations, assessments "
        "and what was handed in, examination sittings, qualifications; for equality monitoring, apart from all "
        "of these, ethnicity, sex, learning difficulties, domicile and the band of the age. Not read: "
        "addresses, telephones at home, photos, parents, earlier education, reasons for withdrawal, visas.",
    ),
    Format(
        "jisc-udd-events",
        Source.TIMETABLE,
        "Jisc Unified Data Definitions: events",
        _recognises_events,
        events.read,
        "Events with their module, which comes with the students who are expected (student_event). "
        "Not read: names, descriptions.",
    ),
)
