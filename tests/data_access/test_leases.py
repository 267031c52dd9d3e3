"""Leases: one at a time, given back at the end, and ended by themselves."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import insert

from auth.refusals import NotOpenToYourRole, StoreBusy
from data_access import database, leases
from data_access.leases import LeaseTaken
from data_access.tables import Lease
from tests.cast import ADA, EVE, NOW
from tests.data_access.loading import JOB, rows

SOON = NOW + timedelta(minutes=5)
LATE = NOW + timedelta(minutes=31)


def test_the_second_is_refused_with_a_sentence_that_says_until_when(store):
    with leases.held(JOB, "load inbox", NOW, 30):
        with pytest.raises(LeaseTaken, match=r"“load inbox” is running.* 10:30\."):
            leases.held(JOB, "load inbox", SOON, 30).__enter__()
        with leases.held(JOB, "something else", SOON, 30):
            pass


def test_it_is_given_back_at_the_end_also_after_a_fault(store):
    with pytest.raises(ZeroDivisionError), leases.held(JOB, "load inbox", NOW, 30):
        raise ZeroDivisionError
    with leases.held(JOB, "load inbox", SOON, 30):
        assert len(rows(store, Lease)) == 1
    assert rows(store, Lease) == []


def test_one_whose_holder_died_ends_by_itself_and_is_another_s(store):
    store.change(insert(Lease).values(name="load inbox", holder="died", until=NOW + timedelta(minutes=30)))
    with pytest.raises(LeaseTaken):
        leases.held(JOB, "load inbox", SOON, 30).__enter__()
    with leases.held(JOB, "load inbox", LATE, 30):
        assert rows(store, Lease, "until") == [(LATE + timedelta(minutes=30),)]


def test_renewing_holds_it_for_the_whole_length_again(store):
    with leases.held(JOB, "load inbox", NOW, 30) as turn:
        turn.renew(SOON)
        assert rows(store, Lease, "until") == [(SOON + timedelta(minutes=30),)]


def test_a_long_load_keeps_it_by_renewing_it_once_half_of_it_is_over(store):
    with leases.held(JOB, "load inbox", NOW, 30) as turn:
        turn.keep(SOON)
        assert rows(store, Lease, "until") == [(NOW + timedelta(minutes=30),)]
        turn.keep(NOW + timedelta(minutes=20))
        turn.keep(LATE)
        with pytest.raises(LeaseTaken):
            leases.held(JOB, "load inbox", NOW + timedelta(minutes=45), 30).__enter__()
        with pytest.raises(LeaseTaken, match="Another is doing this"):
            leases.Turn(JOB, "load inbox", "somebody else", turn.length, NOW).keep(LATE)


def test_where_a_load_is_being_stored_on_sqlite_nobody_takes_it_and_keeping_it_does_no_harm(
    university, monkeypatch
):
    monkeypatch.setattr(database, "BUSY", 50)
    database.start(university.settings)
    with leases.held(JOB, "load inbox", NOW, 30) as turn:
        with database.writing():
            turn.keep(LATE)
        turn.keep(LATE)
        assert rows(university, Lease, "until") == [(LATE + timedelta(minutes=30),)]


def test_who_overslept_may_not_renew_and_does_not_give_back_what_is_another_s(store):
    with leases.held(JOB, "load inbox", NOW, 30) as overslept, leases.held(JOB, "load inbox", LATE, 30):
        with pytest.raises(LeaseTaken):
            overslept.renew(LATE)
        leases._give_back(overslept, LATE)
        assert len(rows(store, Lease)) == 1


def test_of_many_at_once_exactly_one_gets_it(store):
    start, everybody_tried, outcomes = Barrier(6), Barrier(6), []

    def compete():
        start.wait()
        try:
            with leases.held(JOB, "load inbox", NOW, 30):
                outcomes.append("got it")
                everybody_tried.wait()
        except LeaseTaken:
            outcomes.append("refused")
            everybody_tried.wait()

    threads = [Thread(target=compete) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["got it"] + ["refused"] * 5


def test_while_a_load_is_being_stored_the_second_is_refused_without_waiting_for_it(store):
    with leases.held(JOB, "load inbox", NOW, 30), database.writing(), pytest.raises(LeaseTaken):
        leases.held(JOB, "load inbox", SOON, 30).__enter__()


def test_a_writer_who_waits_too_long_for_another_is_told_so(university, monkeypatch):
    monkeypatch.setattr(database, "BUSY", 50)
    database.start(university.settings)
    with database.writing(), pytest.raises(StoreBusy), database.writing():
        pass


def test_an_administrator_may_and_a_tutor_may_not(store):
    with leases.held(EVE.viewer, "upload", NOW, 5):
        pass
    with pytest.raises(NotOpenToYourRole):
        leases.held(ADA.viewer, "upload", NOW, 5).__enter__()
