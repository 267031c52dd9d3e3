"""All the sheets of the template, by system; the order is the one in which they must be loaded."""

from ingest.template import attendance, characteristics, student_records, timetable, vle
from ingest.template.mended import MendedRow
from ingest.template.record import Record
from privacy.labels import Source

SHEETS: dict[Source, tuple[type[Record], ...]] = {
    Source.STUDENT_RECORDS: (
        student_records.Student,
        student_records.Staff,
        student_records.Identity,
        student_records.CourseEnrolment,
        student_records.ModuleDelivery,
        student_records.ModuleIdentity,
        student_records.ModuleRegistration,
        student_records.PersonalTutor,
        student_records.Assessment,
        student_records.Submission,
        student_records.Milestone,
        student_records.SupervisionMeeting,
        student_records.ExamSitting,
        student_records.Qualification,
        characteristics.Characteristics,
    ),
    Source.VLE: (vle.VleDay, vle.VleEvent),
    Source.TIMETABLE: (timetable.TimetabledClass,),
    Source.ATTENDANCE: (attendance.RegisterMark, attendance.Swipe, attendance.ServiceUse),
}


def every_sheet() -> dict[str, type[Record]]:
    """Each sheet by its name, and the workbook of waiting rows that comes back."""
    found: dict[str, type[Record]] = {MendedRow.sheet: MendedRow}
    return found | {record.sheet: record for records in SHEETS.values() for record in records}
