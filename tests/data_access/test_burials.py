"""What was disposed of does not come back with a load, and no number is given twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from auth.viewer import Role
from data_access import accounts, burials, database, loads
from data_access.loads.buried import NOTED
from data_access.records import StatusRecord
from data_access.tables import Person, RunState, Status, VleDay
from policy.days import number
from privacy.labels import Retention
from tests.cast import BEN, DEE, EVE, NOW, TERM, TODAY
from tests.data_access import loading
from tests.data_access.disposing import AFTER, DAY, STILL_AGREED, dispose_of_what_is_due, everything
from tests.data_access.loading import JOB

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def agreed(store):
    store.change(STILL_AGREED)


def named(store, family) -> int | None:
    with store.session() as session:
        return session.scalar(select(Person.number).where(Person.family_name == family))


def test_the_number_of_somebody_who_is_gone_is_given_to_nobody_else(store):
    dispose_of_what_is_due()  # who had the highest
    loads.store(JOB, loading.RECORDS, AFTER)
    accounts.add_colleague(
        EVE.viewer,
        "Una",
        "Brightwell",
        "una",
        "four other plain words",
        [Role.TUTOR],
        AFTER,
        reason="New here",
    )
    given = {named(store, "Oyelaran"), named(store, "Verity"), named(store, "Brightwell")}
    assert len(given) == 3
    assert min(given) > DEE.number


def disposed_of_kim(store) -> None:
    """Kim has come and gone, and her records with her."""
    left = loading.with_statuses(
        StatusRecord(Status.ENROLLED, TERM, TODAY), StatusRecord(Status.COMPLETED, TODAY + DAY, None)
    )
    loads.store(JOB, left, NOW)
    dispose_of_what_is_due()
    assert named(store, "Oyelaran") is None


def test_a_whole_snapshot_brings_nobody_back_who_was_disposed_of(store):
    disposed_of_kim(store)
    stored = loads.store(JOB, loading.RECORDS, AFTER)
    assert named(store, "Oyelaran") is None
    assert stored.counted.noted[NOTED] == 5  # herself, her enrolment, its module and tutor, and her essay
    assert loads.store(JOB, loading.RECORDS, AFTER).state is RunState.UNCHANGED


def test_whoever_enrols_anew_is_back_without_what_was_disposed_of(store):
    disposed_of_kim(store)
    anew = replace(loading.ENROLMENT, key="E-again")
    both = replace(loading.RECORDS, enrolments=[loading.ENROLMENT, anew])
    loads.store(JOB, both, AFTER)
    who = named(store, "Oyelaran")
    with store.session() as session:
        assert everything(store, replace(BEN, number=who))["enrolment"] == 1
        assert session.scalar(select(Person.given_name).where(Person.number == who)) == "Kim"
    loads.store(JOB, both, AFTER + HOUR)
    assert named(store, "Oyelaran") == who


def test_engagement_that_was_erased_does_not_come_back_with_a_load_and_what_is_new_does(store):
    loads.store(JOB, loading.RECORDS, NOW)
    loads.store(JOB, loading.online((loading.MONDAY, 5)), NOW)
    who = named(store, "Oyelaran")
    with database.writing() as session:
        burials.note(session, [who], Retention.ENGAGEMENT, NOW)
    loads.store(JOB, loading.online((loading.MONDAY, 9), (number(TODAY) + 1, 3)), NOW + 2 * DAY)
    with store.session() as session:
        assert session.scalars(select(VleDay.views).where(VleDay.student == who)).all() == [3]
