"""Modules and who is registered on them, from Jisc's data definitions."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass

from ingest import codes
from ingest.found import Fault, Found, Row
from ingest.tables import Line, Tables, earlier
from ingest.template.student_records import ModuleDelivery, ModuleRegistration

# The period that is the whole academic year, where a module names none.
_YEAR = "ACADYR"
_NOT_FOR_CREDIT = "0"


@dataclass(frozen=True)
class Span:
    """First and last day of a delivery; empty where unknown."""

    first: str = ""
    last: str = ""


def deliveries(udd: Tables) -> Generator[Found, None, dict[str, Span]]:
    """Each delivery of a module; and the days of each by its key.

    The days are those of its period; where there is none, those of the registrations on it together.
    """
    modules = yield from udd.keyed("module", lambda line: line["MOD_ID"])
    periods = yield from udd.keyed("period", lambda line: _period(line["PERIOD_CODE"], line["ACADEMIC_YEAR"]))
    registered = _registered_days(udd)
    found: dict[str, Span] = {}
    for line in udd.lines("moduleinstance"):
        if not isinstance(line, Line):
            yield line
            continue
        key = line["MOD_INSTANCE_ID"]
        found[key] = _span(line, periods) or registered.get(key, Span())
        yield _delivery(line, modules.get(line["MOD_ID"]), found[key])
    return found


def _period(code: str, year: str) -> str:
    return f"{code}\t{year}"


def _span(line: Line, periods: Mapping[str, Line]) -> Span | None:
    period = periods.get(_period(line["MOD_PERIOD"] or _YEAR, line["MOD_ACADEMIC_YEAR"]))
    return Span(period["PERIOD_START_DATE"], period["PERIOD_END_DATE"]) if period else None


def _registered_days(udd: Tables) -> dict[str, Span]:
    """The earliest first and the latest last day of the registrations on each delivery."""
    found: dict[str, Span] = {}
    for line in udd.lines("studentmoduleinstance"):
        if isinstance(line, Line):
            key, begins, ends = line["MOD_INSTANCE_ID"], line["MOD_START_DATE"], line["MOD_END_DATE"]
            so_far = found.get(key, Span(begins, ends))
            first = begins if earlier(begins, so_far.first) else so_far.first or begins
            last = ends if earlier(so_far.last, ends) else so_far.last or ends
            found[key] = Span(first, last)
    return found


def _delivery(line: Line, module: Line | None, span: Span) -> Row | Fault:
    free = module is not None and module["CREDIT_BEARING"] == _NOT_FOR_CREDIT
    cells: dict[str, object] = {
        "module_id": line["MOD_INSTANCE_ID"],
        "module_title": (module["MOD_NAME"] or module["MOD_ID"]) if module else "",
        "credits": "0" if free else codes.whole(module["MOD_CREDITS"]) if module else "",
        "start_date": span.first,
        "end_date": span.last,
    }
    if module is None:
        advice = "The module is not in module.tsv. Add it there."
        return Fault(
            line.line, "module_title", "not_there", advice, "", line.file, ModuleDelivery.sheet, cells
        )
    return Row(ModuleDelivery, cells, line.line, line.file)


def registrations(udd: Tables, deliveries: Mapping[str, Span]) -> Iterator[Found]:
    """Each student on a module; a last day only where it comes before the delivery's own."""
    for line in udd.lines("studentmoduleinstance"):
        if not isinstance(line, Line):
            yield line
            continue
        span = deliveries.get(line["MOD_INSTANCE_ID"], Span())
        left = line["MOD_END_DATE"] if earlier(line["MOD_END_DATE"], span.last) else ""
        cells = {
            "student_id": line["STUDENT_ID"],
            "module_id": line["MOD_INSTANCE_ID"],
            "enrolment_id": line["STUDENT_COURSE_MEMBERSHIP_ID"],
            "from_date": line["MOD_START_DATE"] or span.first,
            "until_date": left,
        }
        yield Row(ModuleRegistration, cells, line.line, line.file)
