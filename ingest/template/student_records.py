"""The sheets of student records."""

from enum import StrEnum
from typing import ClassVar

from engagement.studies import Level, Mode, Status
from ingest.template.fields import (
    Count,
    Day,
    Flag,
    Key,
    OptionalCount,
    OptionalDay,
    OptionalEmail,
    OptionalKey,
    OptionalPhone,
    OptionalText,
    Text,
)
from ingest.template.record import Record, said
from privacy.labels import Source


class OtherSystem(StrEnum):
    """A system that may know a person or a module by another key than student records."""

    VLE = Source.VLE.value
    TIMETABLE = Source.TIMETABLE.value
    ATTENDANCE = Source.ATTENDANCE.value


class Student(Record):
    """A student."""

    sheet: ClassVar[str] = "students"
    withheld: ClassVar[frozenset[str]] = frozenset({"university_email", "phone"})

    student_id: Key = said("The student's key in student records", "w2013456")
    given_name: Text = said("Given name, as the student wants to be called", "Siobhán")
    family_name: OptionalText = said("Family name, where there is one", "O'Rafferty", default=None)
    university_email: OptionalEmail = said(
        "University e-mail address; kept only while an enrolment is active",
        "w2013456@students.example",
        default=None,
    )
    phone: OptionalPhone = said(
        "Telephone number; kept only while an enrolment is active", "020 7946 0991", default=None
    )


class Staff(Record):
    """A member of staff who is a personal tutor."""

    sheet: ClassVar[str] = "staff"

    staff_id: Key = said("The key of the member of staff", "s10422")
    given_name: Text = said("Given name", "Helen")
    family_name: OptionalText = said("Family name", "Fairweather", default=None)


class Identity(Record):
    """A key by which another system knows somebody."""

    sheet: ClassVar[str] = "identities"

    person_id: Key = said("The key of the student or the member of staff in student records", "w2013456")
    system: OtherSystem = said("The other system", "vle")
    key: Key = said("The key there", "siobhan.orafferty")


class CourseEnrolment(Record):
    """A student's enrolment on a course, with its status now."""

    sheet: ClassVar[str] = "enrolments"

    enrolment_id: Key = said("The key of the enrolment; one student may have several", "w2013456-1")
    student_id: Key = said("The student", "w2013456")
    course_id: Key = said("The course", "BSC-CS")
    course_title: Text = said("The course's title", "BSc Computer Science")
    school: Text = said("The school that the course belongs to", "School of Computing")
    level: Level = said("undergraduate, taught postgraduate or research", "undergraduate")
    mode: Mode = said("full-time or part-time", "full-time")
    stage: Count = said("Year of the programme", 2)
    start_date: Day = said("First day of the enrolment", "2025-09-22")
    expected_end: Day = said("Last day expected", "2028-06-02")
    status: Status = said("The status, in the words of student records", "enrolled")
    status_from: OptionalDay = said(
        "First day of the status; without it the start date", "2025-09-22", default=None
    )
    status_until: OptionalDay = said("Last day of the status, where known", "", default=None)
    agreed_on: OptionalDay = said(
        "Day of the agreement made at enrolment; without it nothing is shown to anyone",
        "2025-09-20",
        default=None,
    )


class ModuleDelivery(Record):
    """One delivery of a module."""

    sheet: ClassVar[str] = "modules"

    module_id: Key = said("The key of this delivery of the module", "5COSC001-2026-A")
    module_title: Text = said("The module's title", "Algorithms")
    credits: Count = said("Credits", 20)
    start_date: Day = said("First day of teaching", "2026-09-21")
    end_date: Day = said("Last day, assessment included", "2027-01-22")


class ModuleIdentity(Record):
    """A key by which another system knows a delivery of a module."""

    sheet: ClassVar[str] = "module keys"

    module_id: Key = said("The delivery of the module, by its key in student records", "5COSC001-2026-A")
    system: OtherSystem = said("The other system", "timetable")
    key: Key = said("The key there", "5COSC001/26/A")


class ModuleRegistration(Record):
    """A student's registration on a module, under an enrolment."""

    sheet: ClassVar[str] = "registrations"

    student_id: Key = said("The student", "w2013456")
    module_id: Key = said("The delivery of the module", "5COSC001-2026-A")
    enrolment_id: OptionalKey = said(
        "The enrolment that it counts towards; without it the student's only one", "w2013456-1", default=None
    )
    from_date: Day = said("First day", "2026-09-21")
    until_date: OptionalDay = said("Last day, after a withdrawal from the module", "", default=None)


class PersonalTutor(Record):
    """Who is the personal tutor of an enrolment, and for how long."""

    sheet: ClassVar[str] = "personal tutors"

    enrolment_id: Key = said("The enrolment", "w2013456-1")
    staff_id: Key = said("The personal tutor", "s10422")
    from_date: Day = said("First day", "2025-09-22")
    until_date: OptionalDay = said("Last day, where known", "", default=None)


class Assessment(Record):
    """A piece of work or an examination of a module."""

    sheet: ClassVar[str] = "assessments"

    assessment_id: Key = said("The key of the assessment", "5COSC001-2026-A-CW1")
    module_id: Key = said("The delivery of the module", "5COSC001-2026-A")
    assessment_title: Text = said("Its title", "Coursework 1")
    due_date: OptionalDay = said(
        "The day it is due; without one nothing is expected", "2026-11-06", default=None
    )
    weight: Count = said("Its weight in per cent of the module", 40)
    exam: Flag = said("yes for an examination", "no", default=False)


class Submission(Record):
    """What is known of one student's work for one assessment."""

    sheet: ClassVar[str] = "submissions"

    student_id: Key = said("The student", "w2013456")
    assessment_id: Key = said("The assessment", "5COSC001-2026-A-CW1")
    handed_in: OptionalDay = said("The day it was handed in", "2026-11-05", default=None)
    late: Flag = said("yes when it came after the deadline, or after the extension", "no", default=False)
    extension_until: OptionalDay = said("The day until which an extension was given", "", default=None)
    carried_over: Flag = said("yes when it counts from an earlier attempt", "no", default=False)
    mark: OptionalCount = said("The released mark in whole per cent", 64, default=None)


class Milestone(Record):
    """A milestone of a research student."""

    sheet: ClassVar[str] = "milestones"

    student_id: Key = said("The research student", "w1900321")
    enrolment_id: OptionalKey = said("The enrolment, where there are several", "", default=None)
    milestone: Text = said("The milestone", "Annual progress review")
    due_date: Day = said("The day it is due", "2026-12-11")
    met_on: OptionalDay = said("The day it was met", "", default=None)


class SupervisionMeeting(Record):
    """A supervision meeting of a research student."""

    sheet: ClassVar[str] = "supervision meetings"

    student_id: Key = said("The research student", "w1900321")
    due_date: Day = said("The day by which, or on which, it was to be held", "2026-11-18")
    held_on: OptionalDay = said("The day it was held", "2026-11-18", default=None)


class ExamSitting(Record):
    """A student's sitting of an examination."""

    sheet: ClassVar[str] = "examination sittings"

    student_id: Key = said("The student", "w2013456")
    assessment_id: Key = said("The examination", "5COSC001-2026-A-EX")
    day: Day = said("The day of the sitting", "2027-01-14")
    attended: Flag = said("yes when the student sat it", "yes")
    mark: OptionalCount = said("The released mark in whole per cent", 58, default=None)


class Qualification(Record):
    """A qualification awarded."""

    sheet: ClassVar[str] = "qualifications"

    student_id: Key = said("The student", "w2013456")
    enrolment_id: Key = said("The enrolment it was awarded on", "w2013456-1")
    qualification: Text = said("The qualification", "BSc (Hons)")
    classification: OptionalText = said("The classification", "Upper second class", default=None)
    awarded_on: Day = said("The day of the award", "2028-07-05")
