"""OneRoster 1.1 and 1.2: a bundle of CSV files with a manifest. Only its roster is read."""

from collections.abc import Iterator

from ingest import rosters, text
from ingest.bundle import Member
from ingest.format import Format, Glance
from ingest.found import Fault, Found, Note, NotReadable
from ingest.limits import Limits
from ingest.sheets import of_text
from ingest.tables import Tables, by_name, folded, header
from privacy.labels import Source

# File names and columns as bundles in the wild have them, folded, and what they mean.
FILE_SPELLINGS = {
    "academicsession": "academicsessions",
    "class": "classes",
    "enrollment": "enrollments",
    "enrolments": "enrollments",
    "enrolment": "enrollments",
    "enrollements": "enrollments",
    "role": "roles",
    "user": "users",
}
SPELLINGS = {
    "sourceid": "sourcedId",
    "classsourceid": "classSourcedId",
    "classourcedid": "classSourcedId",
    "usersourceid": "userSourcedId",
    "usersourcedid": "sourcedId",  # in School Data Sync's demographics
    "sessionsourcedids": "termSourcedIds",
    "termsourcedid": "termSourcedIds",
    "termsourceids": "termSourcedIds",
    "firstname": "givenName",
    "lastname": "familyName",
    "preferredfirstname": "preferredGivenName",
    "preferredlastname": "preferredFamilyName",
}
_VERSIONS = ("1.1", "1.2")


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """The roster, once the manifest has said that the bundle is whole."""
    found = by_name(members, FILE_SPELLINGS)
    if "manifest" in found:
        yield from _manifest(found, limits)
        del found["manifest"]
    tables = Tables(found, limits, rosters.COLUMNS, rosters.NEEDED, SPELLINGS)
    yield from tables.unopened()
    if "users" in tables and "roles" not in tables and not _has_roles(tables):
        raise NotReadable(
            "missing_file", "Nothing says who is a student: roles.csv, or a column role in users.csv."
        )
    yield from rosters.read(tables)


def _has_roles(tables: Tables) -> bool:
    return "role" in header(Glance((tables.members["users"],)), folded(tables.members["users"].stem))


def _manifest(found: dict[str, Member], limits: Limits) -> Iterator[Note]:
    """What it declares. NotReadable for another version, changes only, and a file that is promised and not there."""
    declared = _declared(found["manifest"], limits)
    version = declared.get("oneroster.version", "")
    if version not in _VERSIONS:
        raise NotReadable(
            "version", f"The manifest says OneRoster {version or 'of no version'}; 1.1 and 1.2 are read."
        )
    for key, value in declared.items():
        name = folded(key.removeprefix("file."))
        if not key.startswith("file.") or name not in rosters.COLUMNS:
            continue
        if value == "delta":
            raise NotReadable(
                "delta", f"{key.removeprefix('file.')}.csv holds changes only. Export it in bulk."
            )
        if value == "bulk" and name not in found:
            raise NotReadable(
                "missing_file", f"The manifest promises {key.removeprefix('file.')}.csv; it is not there."
            )
    yield Note(f"OneRoster {version}. A roster has no credits: all modules of a student weigh alike.")


def _declared(member: Member, limits: Limits) -> dict[str, str]:
    with member.open() as file:
        opened, _ = text.opened(file)
        rows = [row for row in of_text(opened, member.stem, limits).rows if not isinstance(row, Fault)]
    values = [[str(cell).strip() for cell in cells.values()] for _, cells in rows]
    return {value[0]: value[1].casefold() for value in values if len(value) > 1}


def _recognises(glance: Glance) -> bool:
    if "manifest" in glance.names:
        return header(glance, "manifest") >= {"propertyname", "value"}
    return "enableduser" in header(glance, "users")


FORMAT = Format(
    "oneroster",
    Source.STUDENT_RECORDS,
    "OneRoster 1.1 and 1.2, CSV files in a folder or an archive",
    _recognises,
    read,
    "Students' names, e-mail addresses and telephones, classes as modules with the days of their sessions, and who "
    "is on them; for equality monitoring, apart from all of these, sex and the band of the age. "
    "Enrolments, personal tutors and agreements are not in it: they come by our template. Not opened: profiles; not "
    "read: passwords, numbers for text messages, ethnic groups (another country’s).",
)
