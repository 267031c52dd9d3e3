"""Every format that is read. A new one is one small file, and one line here."""

from ingest import (
    caliper,
    icalendar_feed,
    jisc_attendance,
    jisc_attendance_statements,
    jisc_udd,
    jisc_vle,
    mended_rows,
    moodle_attendance,
    moodle_logs_report,
    moodle_logstore,
    ms_sds,
    oneroster,
    our_template,
    xapi,
)
from ingest.bundle import Member
from ingest.format import Format, Glance
from ingest.found import NotReadable
from privacy.labels import Source

FORMATS: tuple[Format, ...] = (
    *our_template.FORMATS,
    *jisc_udd.FORMATS,
    oneroster.FORMAT,
    ms_sds.FORMAT,
    icalendar_feed.FORMAT,
    jisc_attendance.FORMAT,
    jisc_attendance_statements.FORMAT,
    moodle_attendance.FORMAT,
    moodle_logstore.FORMAT,
    *moodle_logs_report.FORMATS,
    jisc_vle.FORMAT,
    xapi.FORMAT,
    caliper.FORMAT,
)


def named(name: str, system: Source) -> Format:
    """The format of that name; NotReadable, naming those there are, when the system has none so called."""
    fitting = [found for found in FORMATS if found.system is system]
    if name == mended_rows.NAME:
        return Format(name, system, "Waiting rows, mended", lambda _: False, mended_rows.read)
    for found in fitting:
        if found.name == name:
            return found
    known = ", ".join(found.name for found in fitting)
    raise NotReadable("format", f"{system.words} has no format “{name}”. There are: {known}.")


def guessed(members: tuple[Member, ...], system: Source) -> Format:
    """The first format of the system that recognises what was handed in.

    NotReadable when none does: why it cannot be read as a table, or what it lacks to be our template.
    """
    glance = Glance(members)
    for found in FORMATS:
        if found.system is system and found.recognises(glance):
            return found
    if glance.unreadable:
        raise glance.unreadable
    known = ", ".join(found.name for found in FORMATS if found.system is system)
    lacks = our_template.lacking(system, glance.header)
    raise NotReadable(
        "format",
        f"This is no export that {system.words} knows. {lacks}Say which it is with --format: {known}.",
    )
