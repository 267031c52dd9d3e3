"""How fresh the four systems are."""

from datetime import date, timedelta

from sqlalchemy import delete, update

from data_access import sources
from data_access.tables import FeedGap, LoadRun, RunState
from privacy.labels import SYSTEMS, Source
from tests.cast import ADA, BEN, NOW, TODAY


def vle(asking=ADA, at=NOW):
    return next(f for f in sources.freshness(asking.viewer, at) if f.system is Source.VLE)


def another(store, number=9, **changes):
    values = {
        "id": number,
        "system": Source.VLE,
        "format": "test",
        "file": "later.csv",
        "sha256": "9" * 64,
        "started_at": NOW - timedelta(hours=2),
        "finished_at": NOW - timedelta(hours=1),
        "state": RunState.LOADED,
        "started_by": "service:test",
        "data_up_to": TODAY,
    }
    with store.session() as session, session.begin():
        session.add(LoadRun(**values | changes))


def test_the_four_systems_are_told_in_their_usual_order_to_tutor_and_student_alike(store):
    told = sources.freshness(ADA.viewer, NOW)
    assert [f.system for f in told] == list(SYSTEMS)
    assert {(f.loaded_at, f.up_to) for f in told} == {(NOW - timedelta(hours=4), TODAY - timedelta(days=1))}
    assert sources.freshness(BEN.viewer, NOW) == told


def test_a_system_that_was_never_loaded_has_no_feed_yet(store):
    with store.session() as session, session.begin():
        session.execute(delete(FeedGap))
        session.execute(update(LoadRun).where(LoadRun.system == Source.VLE).values(state=RunState.FAILED))
    assert (vle().loaded_at, vle().up_to) == (None, None)


def test_the_latest_successful_load_counts_also_where_it_brought_nothing_new(store):
    another(store, state=RunState.UNCHANGED, data_up_to=None)
    assert vle().loaded_at == NOW - timedelta(hours=1)
    assert vle().up_to == TODAY - timedelta(days=1)


def test_a_load_that_failed_runs_still_or_lies_ahead_does_not_count(store):
    another(store, state=RunState.FAILED)
    another(store, 10, state=RunState.RUNNING, finished_at=None)
    another(store, 11, finished_at=NOW + timedelta(hours=1))
    assert vle().up_to == TODAY - timedelta(days=1)
    assert vle(at=NOW + timedelta(hours=2)).up_to == TODAY


def test_a_feed_that_does_not_say_how_far_it_reaches_reaches_to_the_day_of_its_load(store):
    with store.session() as session, session.begin():
        session.execute(update(LoadRun).values(data_up_to=None))
    assert vle().up_to == date(2026, 11, 23)
