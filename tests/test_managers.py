"""No way leads from a manager to a person's row: every public function of `data_access` is tried as one."""

import dataclasses
import enum
import inspect
import itertools
import re
import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import database, person_paths, release_decisions, releases, releasing
from data_access.releasing import Wanted
from privacy.releases import Cohort
from tests.cast import BEN, MO, NOW, ROS, TERM, TODAY
from tests.data_access.test_layout import public
from tests.tree import ROOT, imported, name

CENSUS = Wanted(Cohort.CENSUS, date(2026, 11, 15), TERM, date(2026, 11, 15), NOW)
THE_GATES_OWN = {"agreement_acceptance"}
"""The gate asks whether the viewer has accepted the agreement; its log is another database's."""
BY_WHOM = {"release", "notice_version"}
"""Tables that lead to whoever approved or published, by number, and to nobody else."""
OPEN = {
    "published.figures": "published cells",
    "releases.all_of": "approved releases",
    "releases.nodes": "a release's nodes",
    "releases.tables": "a release's cells",
    "releases.series": "the cells of several releases",
    "releases.under": "the cells of a node's courses",
    "releases.beneath": "the cells of the nodes below one",
    "access_log.verify": "whether the chain of the log holds: a number",
    "anchors.verify": "the same, against what was written down elsewhere",
    "notices.in_force": "the notice, which anybody may read",
    "notices.published": "the notice, which anybody may read",
    "notices.unread": "a question to students; answers nobody else",
    "emergencies.running": "a question to other roles; answers nobody else",
}
"""What answers a manager."""
THEIR_OWN = {
    "accounts.own": "the viewer's own account",
    "accounts.administered": "whether there is an administrator: yes or no",
    "own_sessions.living": "the viewer's own sessions",
    "own_sessions.end": "the viewer's own session",
    "own_sessions.end_one": "the viewer's own session",
    "own_sessions.end_all": "the viewer's own sessions",
}
"""What reads a manager's own rows, as anybody's."""
PLAIN = {
    str: BEN.id,
    int: 1,
    bool: True,
    float: 1.0,
    bytes: b"x",
    datetime: NOW,
    date: TODAY,
    timedelta: timedelta(days=1),
    Path: Path("/dev/null/nowhere"),
    type(None): None,
}


def values(wanted: Any) -> list[Any]:
    """What a parameter so annotated may be given: one value of each kind."""
    kind, inner = typing.get_origin(wanted), typing.get_args(wanted)
    if wanted in PLAIN:
        return [PLAIN[wanted]]
    if kind in (types.UnionType, typing.Union):
        return [value for one in inner for value in values(one)]
    if inspect.isclass(kind) and issubclass(kind, Mapping):
        return [{values(inner[0])[0]: values(inner[1])[0]}]
    if inspect.isclass(kind) and issubclass(kind, Collection | Iterable):
        return [(values(inner[0])[0],)]
    if inspect.isclass(wanted) and issubclass(wanted, enum.Enum):
        return [next(iter(wanted))]
    if dataclasses.is_dataclass(wanted) or hasattr(wanted, "_fields"):
        hints = typing.get_type_hints(wanted)
        fields = (
            [f.name for f in dataclasses.fields(wanted) if f.init]
            if dataclasses.is_dataclass(wanted)
            else hints
        )
        return [wanted(**{key: values(hints[key])[0] for key in fields})]
    return [None]


def calls() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every public function that takes a viewer, with a manager and all that it must be given besides."""
    for full, function in public():
        parameters = inspect.signature(function).parameters
        if next(iter(parameters), None) != "viewer" or full.startswith("data_access.gate."):
            continue
        hints = typing.get_type_hints(inspect.unwrap(function))
        must = [key for key, one in parameters.items() if one.default is inspect.Parameter.empty][1:]
        for given in itertools.product(*(values(hints[key]) for key in must)):
            called = dict(zip(must, given, strict=True))
            yield full.removeprefix("data_access."), lambda f=function, c=called: _whole(f(MO.viewer, **c))


def _whole(found: Any) -> None:
    """What comes back is had, too, where it comes bit by bit."""
    if isinstance(found, AbstractContextManager):
        with found:
            return
    if isinstance(found, Iterator):
        list(found)


@pytest.fixture
def selects(university):
    """The statements that read, as the database of the records sees them; there is an approved release."""
    number = releasing.make(Viewer.service("release"), CENSUS, NOW)
    release_decisions.approve(ROS.viewer, number, NOW)
    assert number == PLAIN[int]
    seen: list[str] = []

    def look(connection, cursor, statement, *_):
        if not statement.startswith(("DELETE FROM", "SAVEPOINT")):
            seen.append(statement)

    event.listen(database.stores().core, "before_cursor_execute", look)
    yield seen
    event.remove(database.stores().core, "before_cursor_execute", look)


def tables_of(statements: Iterable[str]) -> set[str]:
    """The tables that lead to a person and that these statements name where tables stand."""
    people = {table.name for table in person_paths.tables()} - BY_WHOM
    return {
        table
        for table in people
        for one in statements
        if re.search(rf'(?:\bFROM|\bJOIN|\bINTO|\bUPDATE|,)\s+"?{table}\b"?(?!\.)', one)
    }


def test_every_function_refuses_a_manager_or_reads_no_table_that_leads_to_a_person(selects):
    answered, reached, tried = set(), {}, 0
    for full, call in calls():
        selects.clear()
        tried += 1
        try:
            call()
        except Refusal:
            continue
        answered.add(full)
        found = tables_of(selects) - THE_GATES_OWN
        if found and full not in THEIR_OWN:
            reached[full] = found
    assert reached == {}
    assert tried > 250, tried
    assert answered <= set(OPEN) | set(THEIR_OWN), "open to managers since when, and why?"


def test_what_is_open_to_managers_answers_them(selects):
    (release,) = releases.all_of(MO.viewer, NOW)
    selects.clear()
    node = releases.nodes(MO.viewer, release.id, NOW)[0].id
    assert releases.tables(MO.viewer, release.id, node, NOW)
    assert releases.series(MO.viewer, (release,), node, "ethnicity", NOW)
    assert len(selects) > 8
    assert tables_of(selects) == THE_GATES_OWN


def test_the_eye_of_these_tests_sees():
    assert tables_of(["SELECT 1 FROM person WHERE x"]) == {"person"}
    assert tables_of(["SELECT e.id FROM course AS c, enrolment AS e"]) == {"enrolment"}
    assert tables_of(
        ["SELECT a.person FROM release_cell AS a WHERE a.id IN (SELECT b FROM restriction)"]
    ) == {"restriction"}


def test_managers_pages_and_their_components_import_published_figures_and_releases_alone():
    pages = sorted((ROOT / "pages" / "manager").glob("*.py"))
    assert pages
    seen, ahead = set(), list(pages)
    while ahead:
        file = ahead.pop()
        if file in seen:
            continue
        seen.add(file)
        modules = imported(file)
        reached = {m.split(".")[1] for m in modules if m.startswith("data_access.")}
        assert reached <= {"published", "releases"}, name(file)
        beside = (
            ROOT / f"{module.replace('.', '/')}.py" for module in modules if module.startswith("components.")
        )
        ahead += [one for one in beside if one.is_file()]
    assert {"components/equality.py", "components/impact.py"} <= {name(file) for file in seen}
