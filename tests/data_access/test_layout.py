"""The shape of data access: the viewer comes first everywhere, and every column says what it is."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Column, Table

import data_access
from data_access import erasing
from data_access.tables import Base
from data_access.tables.equality import EqualityBase
from data_access.tables.sealing import SealingBase
from privacy.labels import About, Retention
from tests.tree import application, imported, name

# What the layer is made of. Pages and components never import it: they meet the modules with a viewer only.
INTERNAL = (
    "data_access.apart",
    "data_access.database",
    "data_access.engine",
    "data_access.fences",
    "data_access.keys",
    "data_access.loads.",
    "data_access.migrations",
    "data_access.passwords",
    "data_access.person_paths",
    "data_access.prepared",
    "data_access.records",
    "data_access.restricted",
    "data_access.scope",
    "data_access.tables",
)
# What only the gate, or a transaction of the layer's own, hands out.
BEHIND_THE_GATE = {"opened", "session", "connection"}
# What is asked before there is a viewer, or reads nothing. Each with its reason.
WITHOUT_VIEWER = {
    "data_access.recorded_work.pieces": "makes values of rows that were read; reads nothing",
    "data_access.access_log.pseudonym": "turns a number into a name of the log; reads nothing",
    "data_access.access_log.record": "takes a line, which names the viewer",
    "data_access.access_log.repeats": "takes a line, which names the viewer",
    "data_access.accounts.acting": "who gives an order on the command line; it becomes the viewer",
    "data_access.alert_load.answers": "holds grounds that were read against rules; reads nothing",
    "data_access.calendar_feeds.owner": "turns a calendar's token into a viewer",
    "data_access.contracts.needed": "compares policy with a day; reads nothing",
    "data_access.coverage_counts.not_reached": "a query to be joined; reads nothing",
    "data_access.coverage_counts.number": "a condition, counted; reads nothing",
    "data_access.credentials.check_password": "somebody who signs in is nobody yet",
    "data_access.credentials.months_after": "arithmetic",
    "data_access.credentials.wait": "arithmetic",
    "data_access.own_requests.left_unused": "arithmetic",
    "data_access.reminders.key_of_action": "a text; reads nothing",
    "data_access.reminders.key_of_meeting": "a text from a row that was read",
    "data_access.roles.fitting": "arithmetic",
    "data_access.roles.not_over": "a condition; reads nothing",
    "data_access.roles.why": "arithmetic on a text",
    "data_access.sessions.begin_session": "the end of signing in",
    "data_access.sessions.moment": "arithmetic",
    "data_access.sessions.redeem": "turns a ticket into a session",
    "data_access.sessions.seen": "turns a cookie into a viewer",
    "data_access.sessions.viewer_of": "turns a cookie into a viewer",
    "data_access.action_states.fits": "compares what was read; reads nothing",
    "data_access.action_states.running": "a condition; reads nothing",
    "data_access.action_states.shareable": "looks at a row that was read",
    "data_access.action_states.wording": "a text from a row that was read",
    "data_access.plan_states.ahead": "arithmetic",
    "data_access.plan_states.wording": "a text from a row that was read",
    "data_access.pack_columns.plain": "makes a value of a cell; reads nothing",
    "data_access.pack_flagged.digest": "a hash of a text; reads nothing",
    "data_access.consent_register.counts": "counts what was read",
    "data_access.consent_rows.last": "a column; reads nothing",
    "data_access.dispute_steps.open_key": "a text; reads nothing",
    "data_access.dispute_steps.target": "looks at a row that was read",
    "data_access.disputed.class_of": "a condition; reads nothing",
    "data_access.disputed.meeting_of": "a condition; reads nothing",
    "data_access.disputed.milestone_of": "a condition; reads nothing",
    "data_access.request_steps.letters": "arithmetic",
    "data_access.disputed.online_of": "a condition; reads nothing",
    "data_access.disputed.work_of": "a condition; reads nothing",
    "data_access.disputes.rate": "begins the job that rates",
    "data_access.burials.digest": "a hash of a key; reads nothing",
    "data_access.erasing.any_of": "a condition; reads nothing",
    "data_access.erasing.tables": "names of tables",
    "data_access.access_chain.seal": "a hash of a line; reads nothing",
    "data_access.access_cuts.over": "a number of lines, whoever they tell of",
    "data_access.access_cuts.taken": "a number of lines, whoever they tell of",
    "data_access.leavers.idle": "a condition; reads nothing",
    "data_access.leavers.named": "a condition; reads nothing",
    "data_access.leavers.worked": "a condition; reads nothing",
    "data_access.leavers.works": "a condition; reads nothing",
    "data_access.ownerless.ended": "arithmetic",
    "data_access.ownerless.midnight": "arithmetic",
    "data_access.ownerless.loads": "a query to be joined; reads nothing",
    "data_access.ownerless.tables": "looks at the labels of tables",
    "data_access.legal_holds.why": "arithmetic on a text",
    "data_access.own_keys.refused": "a condition; reads nothing",
    "data_access.erasing.kind_of": "looks at the labels of a table",
    "data_access.held_back.shown": "a condition; reads nothing",
    "data_access.sealing.destroy": "takes keys, and knows no person",
    "data_access.sealing.opened": "takes a key, and knows no person",
    "data_access.sealing.seal": "takes a text, and knows no person",
    "data_access.pack_sealed.closed": "looks at what was read",
    "data_access.tombstones.whole": "a list on disk, by pseudonyms",
    "data_access.tripwire.kept": "arithmetic on a text",
    "data_access.tripwire.reason": "arithmetic on a text",
    "data_access.tripwire.said": "arithmetic on a text",
    "data_access.tripwire.text": "arithmetic on a text",
    "data_access.equality.pseudonym": "turns a number into a name of the store; reads nothing",
    "data_access.releasing.rule": "a hash of the rules; reads nothing",
    "data_access.releases.told": "makes a value of a row that was read; reads nothing",
    "data_access.members.counted": "a query to be joined; reads nothing",
    "data_access.members.held": "a condition; reads nothing",
    "data_access.went_on.told_by": "arithmetic",
    "data_access.support_answers.answers": "a query to be joined; reads nothing",
    "data_access.support_answers.since": "arithmetic",
    "data_access.standing.window": "arithmetic",
    "data_access.standing.window_length": "arithmetic",
}


OF_NOBODY = {
    "release_node": "a place in published figures; the way leads to the colleague who approved them",
    "release_cell": "a published figure; the way leads to the colleague who approved it",
}
"""Tables without a path although keys lead on to a person, and why they tell of none."""


def public() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of the layer but the internal ones, by its full name."""
    for found in pkgutil.walk_packages(data_access.__path__, "data_access."):
        if found.name.startswith(INTERNAL):
            continue
        module = importlib.import_module(found.name)
        for key, value in vars(module).items():
            ours = getattr(value, "__module__", None) == found.name
            if ours and callable(value) and not inspect.isclass(value) and not key.startswith("_"):
                yield f"{found.name}.{key}", value


def first(function: Callable[..., Any]) -> str | None:
    """What its first parameter is called."""
    return next(iter(inspect.signature(function).parameters), None)


def for_viewers() -> dict[str, Callable[..., Any]]:
    """The public functions that take the viewer first, as `module.function`."""
    return {full.partition(".")[2]: f for full, f in public() if first(f) == "viewer"}


def test_every_public_function_takes_the_viewer_first_but_a_short_named_list():
    without = {full for full, function in public() if first(function) not in {"viewer", *BEHIND_THE_GATE}}
    assert without == set(WITHOUT_VIEWER)


def test_pages_and_components_do_not_reach_behind_the_gate():
    outside = [f for f in application() if name(f).startswith(("pages/", "components/", "web/main"))]
    forbidden = (*INTERNAL, "data_access.gate", "data_access.scope")
    reached = {name(f): [m for m in imported(f) if m.startswith(forbidden)] for f in outside}
    assert {file: modules for file, modules in reached.items() if modules} == {}


EVERY = [table for base in (Base, EqualityBase, SealingBase) for table in base.metadata.tables.values()]


@pytest.mark.parametrize("table", EVERY, ids=str)
def test_every_column_is_labelled(table):
    assert [c.name for c in table.columns if not isinstance(c.info.get("about"), About)] == []
    assert [c.name for c in table.columns if not c.info["about"].purposes] == []


@pytest.mark.parametrize("table", Base.metadata.tables.values(), ids=str)
def test_every_table_says_how_its_rows_lead_to_a_person(table):
    path = table.info["person"]
    if path is None:
        assert _leads_to_a_person(table, {table.name}) is (table.name in OF_NOBODY)
        return
    assert _walk(table, path) is Base.metadata.tables["person"].c.number


WITH_THE_ROW = {
    Retention.CORE: "whose row it is, or who did something: a key of a core record, never a copy of one",
    Retention.AUDIT: "the load that last changed the row",
}
EMPTIED = {
    ("consent", "key"): "destroyed when the consent is over, while the row stays as proof",
    ("consent", "sealed"): "overwritten then too",
}
"""Columns of another class than their row, and why that keeps nothing longer or shorter than their label says."""


@pytest.mark.parametrize("table", Base.metadata.tables.values(), ids=str)
def test_a_column_is_kept_as_long_as_its_row_but_for_a_short_named_list(table):
    others = [c for c in table.columns if c.info["about"].retention is not erasing.kind_of(table)]
    keys = [c for c in others if c.foreign_keys and c.info["about"].retention in WITH_THE_ROW]
    assert {c.name for c in others} - {c.name for c in keys} == {n for t, n in EMPTIED if t == table.name}


def _leads_to_a_person(table: Table, met: set[str]) -> bool:
    """Whether any way of keys from the table ends at a person, however long."""
    targets = {key.column.table for key in table.foreign_keys if key.column.table.name not in met}
    return any(one.name == "person" or _leads_to_a_person(one, met | {one.name}) for one in targets)


def _walk(table: Table, path: str) -> Column[Any]:
    """The column at the end of `column.column…`, each but the last of a table's own being a foreign key."""
    for step in path.split("."):
        column = table.c[step]
        target = next((key.column for key in column.foreign_keys), column)
        table = target.table
    return target
