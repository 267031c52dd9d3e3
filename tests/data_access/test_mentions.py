"""A text about one student that names another is found when the other asks for a copy, and is not opened."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from auth.refusals import NotOpenToYourRole, NotYoursToSee
from data_access import mentions, notes, own_requests, packs, who_looked
from data_access.access_log import pseudonym
from data_access.tables import AccessPack, PlanStep, SourceKey, SupportPlan
from privacy.case_decisions import Ask
from privacy.labels import Source
from privacy.mention import Mention
from privacy.pack_state import State
from privacy.request import Kind
from support.plan import State as PlanState
from tests.cast import ADA, BEN, CAL, NOW, ROS, TODAY, TOM
from tests.planned import planned

TEXT = "Ben shares a flat with CAL zephyrine, who has the keys."
BY_NUMBER = "He came together with w7654321."


@pytest.fixture
def asked(store):
    """Cal asks for a copy; two notes about Ben speak of him, and one about himself does."""
    number = {"system": Source.STUDENT_RECORDS, "key": "w7654321", "person": CAL.number}
    store.change(insert(SourceKey).values(number))
    for text in (TEXT, BY_NUMBER, "Nothing about anybody else."):
        notes.begin(ADA.viewer, BEN.id, text, NOW)
    notes.begin(TOM.viewer, CAL.id, "Cal Zephyrine was on time.", NOW)
    own_requests.ask(CAL.viewer, Ask(Kind.ACCESS, "A copy, please."), NOW)
    return store


def test_it_is_found_by_name_in_any_case_and_by_number_and_only_that_it_is_there(asked):
    found = mentions.of(ROS.viewer, CAL.id, NOW)
    note = Mention("A note", TODAY, pseudonym(BEN.number), "Ada Okonkwo-Byrne")
    assert found == (note, note)
    assert not [word for word in (BEN.family, BEN.id, "flat", "keys", "came together") if word in repr(found)]


def test_plans_about_others_are_searched_too(asked):
    ready = planned(asked)
    step = insert(PlanStep).values(
        plan=ready.plan, state=PlanState.ACTIVE, at=NOW, person=ADA.number, said=""
    )
    asked.change(update(SupportPlan).values(aim="To study with Cal Zephyrine"), step)
    assert [one.what for one in mentions.of(ROS.viewer, CAL.id, NOW)] == [
        "A support plan",
        "A note",
        "A note",
    ]


def test_it_is_in_no_copy_by_itself(asked):
    copy = {"id": "c", "student": CAL.number, "state": State.ISSUED, "begun_at": NOW, "issued_at": NOW}
    asked.change(insert(AccessPack).values(copy | {"ends_at": NOW + timedelta(days=7)}))
    assert "flat" not in repr(packs.whole(CAL.viewer, "c", NOW))


def test_nobody_looks_without_an_open_request_and_each_look_is_written_down(asked):
    with pytest.raises(NotYoursToSee):
        mentions.of(ROS.viewer, BEN.id, NOW)
    for member in (ADA, TOM, CAL):
        with pytest.raises(NotOpenToYourRole):
            mentions.of(member.viewer, CAL.id, NOW)
    mentions.of(ROS.viewer, CAL.id, NOW)
    looks = who_looked.of(CAL.viewer, NOW + timedelta(minutes=1))
    assert any(one.role == "Information compliance" and one.allowed for one in looks)
