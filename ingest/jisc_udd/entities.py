"""The entities of Jisc's data definitions: what their files are called, and which columns are wanted of each."""

from pathlib import PurePosixPath

from ingest.bundle import Member
from ingest.found import NotReadable
from ingest.limits import Limits
from ingest.tables import Tables, by_name

# Entities are called in one way in the definitions and in another as files; both are met as file names.
_OTHER_NAMES = {
    "studentonamoduleinstance": "studentmoduleinstance",
    "studentonmoduleinstance": "studentmoduleinstance",
    "studentonassessmentinstance": "studentassessmentinstance",
    "studentoncourseinstance": "studentcourseinstance",
}

CHARACTERISTICS = ("DOB", "ETHNICITY", "SEXID", "DIFFLEARN1", "DIFFLEARN2", "DOMICILE")
"""The columns of a student that equality monitoring counts by."""

RECORDS: dict[str, tuple[str, ...]] = {
    "student": (
        "STUDENT_ID",
        "FIRST_NAME",
        "LAST_NAME",
        "PRIMARY_EMAIL_ADDRESS",
        "MOBILE_PHONE",
        *CHARACTERISTICS,
    ),
    "staff": ("STAFF_ID", "FIRST_NAME", "LAST_NAME"),
    "stafflink": ("STAFF_ID", "PROPERTY_NAME", "PROPERTY_VALUE", "RELATIONSHIP"),
    "course": ("COURSE_ID", "TITLE", "COURSE_AIM", "INST_TIER_1", "INST_TIER_2", "INST_TIER_3"),
    "courseinstance": ("COURSE_INSTANCE_ID", "START_DATE", "END_DATE"),
    "studentcoursemembership": (
        "STUDENT_COURSE_MEMBERSHIP_ID",
        "STUDENT_ID",
        "COURSE_ID",
        "WITHDRAWAL_REASON",
        "COURSE_OUTCOME",
        "COURSE_GRADE",
        "COURSE_AIM_ATTAINED",
        "COURSE_EXPECTED_END_DATE",
        "COURSE_END_DATE",
        "COURSE_JOIN_DATE",
        "ACTIVE_MEMBERSHIP",
    ),
    "studentcourseinstance": (
        "STUDENT_COURSE_MEMBERSHIP_ID",
        "COURSE_INSTANCE_ID",
        "MODE",
        "YEAR_PRG",
        "PROGRESSION",
        "LOCATION_OF_STUDY",
        "ACADEMIC_YEAR",
    ),
    "period": ("PERIOD_CODE", "ACADEMIC_YEAR", "PERIOD_START_DATE", "PERIOD_END_DATE"),
    "module": ("MOD_ID", "MOD_NAME", "MOD_CREDITS", "CREDIT_BEARING"),
    "moduleinstance": ("MOD_INSTANCE_ID", "MOD_ID", "MOD_PERIOD", "MOD_ACADEMIC_YEAR"),
    "studentmoduleinstance": (
        "STUDENT_ID",
        "STUDENT_COURSE_MEMBERSHIP_ID",
        "MOD_INSTANCE_ID",
        "MOD_START_DATE",
        "MOD_END_DATE",
    ),
    "assessmentinstance": (
        "ASSESS_INSTANCE_ID",
        "MOD_INSTANCE_ID",
        "ASSESS_TYPE",
        "ASSESS_TYPE_RAW_NAME",
        "ASSESS_DETAIL",
        "ASSESS_SUMMATIVE",
        "ASSESS_WEIGHT",
    ),
    "studentassessmentinstance": (
        "STUDENT_ID",
        "ASSESS_INSTANCE_ID",
        "ASSESS_SEQ_ID",
        "ASSESS_DUE_DATE",
        "ASSESS_SUBMISSION_DATE",
        "ASSESS_AGREED_MARK",
    ),
    "extension": ("ENTITY", "REF_KEY", "PROPERTY_NAME", "PROPERTY_VALUE"),
}

EVENTS: dict[str, tuple[str, ...]] = {
    "event": (
        "EVENT_ID",
        "EVENT_START",
        "EVENT_END",
        "EVENT_LOCATION",
        "ROOM_ID",
        "EVENT_TYPE",
        "EVENT_TYPE_RAW",
        "MOD_INSTANCE_ID",
    ),
    "studentevent": ("EVENT_ID", "MOD_INSTANCE_ID"),
}

# Without these columns a file says nothing.
_NEEDED = {
    "student": ("STUDENT_ID",),
    "staff": ("STAFF_ID",),
    "stafflink": ("STAFF_ID", "PROPERTY_NAME", "PROPERTY_VALUE", "RELATIONSHIP"),
    "course": ("COURSE_ID",),
    "courseinstance": ("COURSE_INSTANCE_ID",),
    "studentcoursemembership": (
        "STUDENT_COURSE_MEMBERSHIP_ID",
        "STUDENT_ID",
        "COURSE_ID",
        "ACTIVE_MEMBERSHIP",
    ),
    "studentcourseinstance": ("STUDENT_COURSE_MEMBERSHIP_ID", "COURSE_INSTANCE_ID", "ACADEMIC_YEAR"),
    "period": RECORDS["period"],
    "module": ("MOD_ID",),
    "moduleinstance": ("MOD_INSTANCE_ID", "MOD_ID", "MOD_ACADEMIC_YEAR"),
    "studentmoduleinstance": ("STUDENT_ID", "STUDENT_COURSE_MEMBERSHIP_ID", "MOD_INSTANCE_ID"),
    "assessmentinstance": ("ASSESS_INSTANCE_ID", "MOD_INSTANCE_ID"),
    "studentassessmentinstance": ("STUDENT_ID", "ASSESS_INSTANCE_ID"),
    "extension": RECORDS["extension"],
    "event": ("EVENT_ID", "EVENT_START", "EVENT_END"),
    "studentevent": ("EVENT_ID",),
}

# A file that cannot be read without another.
_LEANS_ON = {
    "studentcoursemembership": ("course", "studentcourseinstance"),
    "stafflink": ("studentcoursemembership", "staff"),
    "moduleinstance": ("module",),
    "studentmoduleinstance": ("moduleinstance",),
    "studentassessmentinstance": ("assessmentinstance",),
}


def of(members: tuple[Member, ...], limits: Limits, columns: dict[str, tuple[str, ...]]) -> Tables:
    """The bundle's files as tables. NotReadable for JSON and XML, and where a file that others need is missing."""
    other = [m.name for m in members if PurePosixPath(m.name).suffix.casefold() in (".json", ".xml")]
    if other:
        raise NotReadable("kind", f"{other[0]}: only tab-separated files are read. Export them as such.")
    found = by_name(members, _OTHER_NAMES)
    for entity in columns:
        for needed in _LEANS_ON.get(entity, ()):
            if entity in found and needed not in found:
                raise NotReadable(
                    "missing_file", f"{found[entity].name} cannot be read without {needed}.tsv."
                )
    return Tables(found, limits, columns, _NEEDED, delimiter="\t")
