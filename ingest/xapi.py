"""Statements of xAPI 1.0.3: of Moodle, Blackboard, video players, in Jisc's profile; one, many, or one a line.

The student's key is the name of the actor's account. The module is Jisc's course area where there is one, else the
course among what the statement's object is part of, else the object itself when it is a course; its key is taken
from its address (`iri.py`). Left out, and counted: what belongs to no module, signing in and out, what groups,
anonymous people did, what was done to the student, voided statements, and other systems.
"""

from collections.abc import Iterator

from pydantic import ValidationError

from ingest import iri, jisc_profile, xapi_voided
from ingest.bundle import Member
from ingest.documents import entries
from ingest.format import Format, Glance
from ingest.found import Found, Note, Skipped
from ingest.limits import Limits
from ingest.vle_event import ANONYMOUS, DONE_TO, OUTSIDE, SIGN_IN, fault, invalid, zoned
from ingest.xapi_statement import Activity, Statement
from privacy.labels import Source

_COURSES = ("course", "coursearea", "courseoffering")
_ADDRESSES = ("/course/view.php?id=", "/execute/coursemain?course_id=")  # Moodle's and Blackboard's
_FRONT_PAGE = "/course/view.php?id=1"
_SIGN_IN = ("loggedin", "loggedout", "logged-in", "logged-out", "login", "logout")
_DONE_TO = ("scored", "graded", "enrolled", "unenrolled", "forfeited")
_BY_INSTRUCTOR = ("join", "resumed", "receive")  # done to the student where a statement names who did it
_GROUP = Skipped("done by a group, not by one student")
_VOID = Skipped("voided")
_ELSEWHERE = Skipped("about another system than the VLE")


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """Every statement, and a note where the accounts are those of more than one site."""
    sites: set[str] = set()
    for member in members:
        voided = xapi_voided.statements(member, limits)
        for found in entries(member, limits, "statements"):
            if isinstance(found, tuple):
                yield _found(found[1], voided, sites, found[0], member.name)
            else:
                yield found
    if len(sites) > 1:
        yield Note(
            f"The accounts are those of {len(sites)} sites; the same name was taken for the same person."
        )


def _found(value: object, voided: frozenset[str], sites: set[str], place: int, file: str) -> Found:
    if isinstance(value, dict) and "statement" in value:  # as Learning Locker stores it
        if value.get("voided") is True:
            return _VOID
        value = value["statement"]
    try:
        statement = Statement.model_validate(value)
    except ValidationError as reason:
        return invalid(reason, place, file)
    left_out = _left_out(statement, voided)
    if left_out:
        return left_out
    module, account = _module(statement), statement.actor.account
    if not module:
        return OUTSIDE
    if account is None:
        advice = "The person is named by an e-mail address or the like. Have the system send accounts."
        return fault(
            place, "student_id", "no_account", advice, file, cells={"module_id": module, "at": statement.at}
        )
    sites.add(account.home_page)
    return zoned(account.name, module, statement.at, place, file)


def _left_out(statement: Statement, voided: frozenset[str]) -> Skipped | None:
    """Why a statement is no use of a module by a student, whichever module it is; None where it may be one."""
    actor, verb = statement.actor, iri.last(statement.verb.id)
    account = actor.account
    instructor = statement.context.instructor
    because = (
        (verb == "voided" or (statement.id or "").casefold() in voided, _VOID),
        (actor.kind == "Group", _GROUP),
        (account is not None and account.name.casefold() == "anonymous", ANONYMOUS),
        (bool(jisc_profile.elsewhere(statement.context.extensions)), _ELSEWHERE),
        (verb in _SIGN_IN, SIGN_IN),
        (verb in _DONE_TO, DONE_TO),
        (verb in _BY_INSTRUCTOR and instructor is not None and instructor.account != account, DONE_TO),
    )
    return next((skipped for holds, skipped in because if holds), None)


def _module(statement: Statement) -> str:
    """The module's key; "" for what belongs to none, as the front page of a Moodle."""
    area = jisc_profile.module(statement.context.extensions)
    if area:
        return area
    things = [*statement.context.activities.all, statement.object]
    courses = [thing.id for thing in things if isinstance(thing, Activity) and _is_course(thing)]
    return next((iri.key(course) for course in courses if not course.endswith(_FRONT_PAGE)), "")


def _is_course(thing: Activity) -> bool:
    if thing.definition.type:
        return iri.last(thing.definition.type) in _COURSES
    return any(address in thing.id.casefold() for address in _ADDRESSES)


def recognises(glance: Glance) -> bool:
    """Whether the first object is a statement, more or less whole, or holds one or many."""
    first = glance.document
    if not isinstance(first, dict) or "sensor" in first:
        return False
    inner = first.get("statement")
    statement = inner if isinstance(inner, dict) else first
    return "statements" in first or ("verb" in statement and bool({"actor", "object"} & statement.keys()))


FORMAT = Format("xapi", Source.VLE, "xAPI 1.0.3 statements", recognises, read)
