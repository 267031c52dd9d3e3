"""Registers sorted in columns: what is admitted, refused and counted is what a look at every row finds."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from engagement.studies import Register
from ingest import class_batch
from ingest.admission import Admission, Cells
from ingest.staging import Stage, Summary, staged
from ingest.template.attendance import RegisterMark

NINE, TEN = datetime(2026, 11, 18, 9, tzinfo=UTC), datetime(2026, 11, 18, 10, tzinfo=UTC)
KNOWN: Any = SimpleNamespace(
    people=frozenset({"ann", "bob"}),
    aliases={"card-1": "ann", "bob": "bob"},
    modules=frozenset({"MOSS"}),
    module_aliases={"moss-vle": "MOSS"},
    events=frozenset({"T1", "T2"}),
    classes={("MOSS", NINE): "T1"},
)
MARKS = some.builds(
    RegisterMark,
    student_id=some.sampled_from(["ann", "bob", "card-1", "nobody", "somebody"]),
    event_id=some.sampled_from(["T1", "T2", "T9"]),
    module_id=some.none() | some.sampled_from(["MOSS", "moss-vle", "FERN"]),
    starts_at=some.none() | some.sampled_from([NINE, TEN]),
    status=some.sampled_from(list(Register)),
) | some.builds(
    RegisterMark,
    student_id=some.sampled_from(["ann", "bob", "nobody"]),
    module_id=some.sampled_from(["MOSS", "moss-vle", "FERN"]),
    starts_at=some.sampled_from([NINE, TEN]),
    status=some.sampled_from([Register.PRESENT, Register.ABSENT]),
)


@given(some.lists(MARKS, max_size=12))
@settings(max_examples=80, deadline=None)
def test_sorting_in_columns_finds_what_looking_at_every_row_finds(marks):
    with TemporaryDirectory() as name:
        stage = Stage(Path(name))
        for line, mark in enumerate(marks, start=2):
            stage.add(mark, line, "registers.csv")
        stage.close(Summary(rows=len(marks)))
        found = staged(Path(name))
        assert found
        sorted_out, by_row = Admission(found), Admission(found)
        told = class_batch._registers(sorted_out, KNOWN)
        ours = [tuple(row.values()) for row in told.to_reader().read_all().to_pylist()] if marks else []
        rows = one_by_one(by_row)
    assert Counter(ours) == Counter((r["student_id"], r["event_id"], r["status"]) for r in rows)
    assert sorted_out.faults == by_row.faults
    assert (sorted_out.repeated, sorted_out.unmatched) == (by_row.repeated, by_row.unmatched)
    assert sorted_out.keys == by_row.keys
    assert len(rows) + sorted_out.repeated + len(sorted_out.faults) == len(marks)


def one_by_one(admission: Admission) -> list[Cells]:
    """All rows, each looked at."""

    def resolve(row: Cells) -> Cells:
        student, module = row["student_id"], row["module_id"]
        event = row["event_id"]
        if event not in KNOWN.events:
            begun = KNOWN.classes.get((KNOWN.module_aliases.get(module, module), row["starts_at"]))
            event = begun or event or f"{module} at {row['starts_at']:%Y-%m-%d %H:%M}"
        return row | {"student_id": KNOWN.aliases.get(student, student), "event_id": event}

    rows = admission.rows(RegisterMark, "student_id", "event_id", resolve=resolve)
    rows = admission.known(RegisterMark, rows, "student_id", "student", KNOWN.people)
    return admission.known(RegisterMark, rows, "event_id", "class", KNOWN.events)
