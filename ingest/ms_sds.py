"""Microsoft School Data Sync 2.1: OneRoster's roster without a manifest, in columns of its own."""

from collections.abc import Iterator

from ingest import rosters
from ingest.bundle import Member
from ingest.format import Format, Glance
from ingest.found import Found, Note, NotReadable
from ingest.limits import Limits
from ingest.oneroster import FILE_SPELLINGS, SPELLINGS
from ingest.tables import Tables, by_name, header
from privacy.labels import Source


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """The roster. Who is a student is in a file of its own."""
    tables = Tables(by_name(members, FILE_SPELLINGS), limits, rosters.COLUMNS, rosters.NEEDED, SPELLINGS)
    if "users" in tables and "roles" not in tables:
        raise NotReadable("missing_file", "Nothing says who is a student: roles.csv is not there.")
    yield from tables.unopened()
    yield Note("A roster has no credits: all modules of a student weigh alike.")
    yield from rosters.read(tables)


def _recognises(glance: Glance) -> bool:
    if "manifest" in glance.names:
        return False
    return header(glance, "roles") >= {"usersourcedid", "role"} or header(glance, "classes") >= {
        "sourcedid",
        "sessionsourcedids",
    }


FORMAT = Format(
    "ms-sds",
    Source.STUDENT_RECORDS,
    "Microsoft School Data Sync 2.1, CSV files in a folder or an archive",
    _recognises,
    read,
    "Students' names, e-mail addresses and telephones, classes as modules with the days of their sessions, and who "
    "is on them; for equality monitoring, apart from all of these, sex and the band of the age. "
    "Enrolments, personal tutors and agreements are not in it: they come by our template. Not opened: flags, "
    "relationships; not read: passwords, numbers for text messages, ethnic groups (another country’s).",
)
