"""The outbox: what is told is written once, with what it tells of or not at all."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from auth.refusals import NotYoursToSee
from data_access import gate, outbox
from data_access.tables import Message
from policy.days import LONDON
from privacy.purposes import Purpose
from support.message import State
from tests.cast import ADA, BEN, NOW
from tests.data_access.telling import SUPPORT, WORDS, rows, tell


def test_a_message_waits_with_its_purpose_its_text_and_who_wrote_it(store):
    tell("offer-1", "offer")
    (row,) = rows(store)
    assert (row["key"], row["to"], row["enrolment"], row["by"]) == ("offer-1", BEN.number, 1, ADA.number)
    assert (row["state"], row["purpose"], row["template"]) == (State.WAITING, Purpose.OFFER, "offer")
    assert row["subject"] == "Ada Okonkwo-Byrne would like to talk with you"
    assert "How is the term going?" in row["body"]
    assert row["made_at"] == row["not_before"] == NOW


def test_in_the_evening_it_waits_until_the_morning(store):
    tell("offer-1", at=NOW.replace(hour=21))
    (row,) = rows(store)
    assert f"{row['not_before'].astimezone(LONDON):%a %H:%M}" == "Tue 08:00"


def test_what_is_told_twice_is_written_once(store):
    tell("offer-1")
    tell("offer-1", "offer-withdrawn", at=NOW + timedelta(days=1))
    assert [(row["key"], row["template"]) for row in rows(store)] == [("offer-1", "offer-changed")]


def test_what_is_told_twice_at_the_same_time_is_written_once(store):
    told = [Thread(target=tell, args=("offer-1",)) for _ in range(8)]
    for one in told:
        one.start()
    for one in told:
        one.join()
    assert len(rows(store)) == 1


def test_when_what_it_tells_of_is_undone_nothing_is_told(store):
    def undone() -> None:
        with gate.writing(ADA.viewer, BEN.id, SUPPORT, NOW) as opened:
            outbox.tell(opened, 1, "plan", "plan-1", WORDS, NOW)
            assert opened.session.scalar(select(Message.id)) is not None
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert rows(store) == []


def test_nobody_tells_a_student_whose_record_was_not_opened(store):
    with pytest.raises(NotYoursToSee), gate.writing(ADA.viewer, BEN.id, SUPPORT, NOW) as opened:
        outbox.tell(opened, 2, "plan", "plan-1", WORDS, NOW)
    assert rows(store) == []


@pytest.mark.parametrize(("named", "words"), [("no-such", WORDS), ("meeting", {"tutor": "Ada"})])
def test_a_template_or_a_word_that_is_missing_stops_what_it_tells_of(store, named, words):
    with pytest.raises(KeyError), gate.writing(ADA.viewer, BEN.id, SUPPORT, NOW) as opened:
        outbox.tell(opened, 1, named, "key", words, NOW)
    assert rows(store) == []
