"""One use of a module's pages, as every adapter of a VLE hands it over; nothing else of a log line leaves it."""

import re
from collections.abc import Mapping

from pydantic import ValidationError

from ingest import iri
from ingest.found import Fault, Row, Skipped
from ingest.template.vle import VleEvent

OUTSIDE = Skipped("outside any module")
NOBODY = Skipped("nobody was signed in")
PROGRAM = Skipped("done by a program, not by a person")
STAFF = Skipped("done by a member of staff")
ANONYMOUS = Skipped("anonymous, so counted for nobody")
SIGN_IN = Skipped("signing in or out")
DONE_TO = Skipped("done to the student, not by them")

_ZONED = re.compile(r"(Z|z|[+-]\d\d(:?\d\d)?)$")
_NAME = re.compile(
    r"[@A-Za-z_]\w{0,30}|\d+", re.ASCII
)  # of a property, not what a file may have written there
_SHOWN = 60  # characters of a faulty value that are kept to be shown


def event(student: str, module: str, at: object, line: int, file: str) -> Row:
    """The row of the template; what is empty is left out, so that its check says what is missing."""
    return Row(VleEvent, _cells(student, module, at), line, file)


def zoned(student: str, module: str, at: str, line: int, file: str) -> Row | Fault:
    """The same for standards in which every time says its zone: one that does not is never guessed."""
    if at and not _ZONED.search(at.strip()):
        advice = "The time does not say its time zone. Export it with Z or an offset such as +01:00."
        return fault(line, "at", "no_time_zone", advice, file, at, _cells(student, module, at))
    return event(student, module, at, line, file)


def _cells(student: str, module: str, at: object) -> dict[str, object]:
    cells = {"student_id": _key(student), "module_id": _key(module), "at": at}
    return {name: cell for name, cell in cells.items() if cell not in ("", None)}


def _key(text: str) -> str:
    """An address is never stored: what names the person or module in it is the key."""
    return iri.key(text) if "://" in text else text


def fault(
    line: int,
    field: str,
    kind: str,
    advice: str,
    file: str,
    value: str = "",
    cells: Mapping[str, object] | None = None,
) -> Fault:
    """A fault that keeps no more of its row than the columns of the template, so that it can be mended."""
    return Fault(line, field, kind, advice, value[:_SHOWN], file, VleEvent.sheet, cells or {})


def invalid(found: ValidationError, line: int, file: str) -> Fault:
    """Why an entry is not what its standard says, in a sentence about the first place that is wrong."""
    error = found.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(part for part in map(str, error["loc"]) if _NAME.fullmatch(part))
    if error["type"] == "missing":
        advice = f"“{place}” is missing. Ask whoever runs the sending system to put it right."
    elif error["type"] == "not_allowed":
        advice = str(error["msg"])
    else:
        advice = f"“{place}” is not what the standard allows. Ask whoever runs the sending system."
    return fault(line, place, "not_to_standard", advice, file)
