"""Classes from Jisc's data definitions: events, whose module comes with the students that are expected."""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Mapping

from ingest import codes
from ingest.bundle import Member
from ingest.found import Found, Note, Row, Skipped
from ingest.jisc_udd import entities
from ingest.limits import Limits
from ingest.tables import COMPLETES, Line, Tables
from ingest.template.timetable import TimetabledClass

_NO_MODULE = Skipped("events that belong to no module")


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """Each event of a module. Of several modules it is the one from which most students are expected."""
    udd = entities.of(members, limits, entities.EVENTS)
    yield from udd.unopened()
    expected = yield from _expected(udd)
    shared = 0
    for line in udd.lines("event"):
        if not isinstance(line, Line):
            yield line
            continue
        modules = expected.get(line["EVENT_ID"], Counter())
        shared += len(modules) > 1
        module = line["MOD_INSTANCE_ID"] or max(sorted(modules), key=lambda one: modules[one], default="")
        yield _class(line, module) if module else _NO_MODULE
    if shared:
        yield Note(f"{shared} events are shared by modules; each was given to the module with most students.")


def _expected(udd: Tables) -> Generator[Found, None, Mapping[str, Counter[str]]]:
    """How many students are expected at each event from each module. Who they are is not kept."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in udd.lines("studentevent"):
        if isinstance(line, Line):
            if line["MOD_INSTANCE_ID"]:
                found[line["EVENT_ID"]][line["MOD_INSTANCE_ID"]] += 1
            yield COMPLETES
        else:
            yield line
    return found


def _class(line: Line, module: str) -> Row:
    cells = {
        "event_id": line["EVENT_ID"],
        "module_id": module,
        "starts_at": line["EVENT_START"],
        "ends_at": line["EVENT_END"],
        "kind": codes.EVENT_TYPES.get(line["EVENT_TYPE"]) or line["EVENT_TYPE_RAW"] or "Class",
        "room": line["ROOM_ID"] or line["EVENT_LOCATION"],
    }
    return Row(TimetabledClass, cells, line.line, line.file)
