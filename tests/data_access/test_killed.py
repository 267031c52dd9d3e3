"""A process that is killed during a save: what was there before, or all that was saved, and never a part of it."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from data_access import notes, offer_answers, offering, plans, sharing
from data_access.tables import (
    ConversationOffer,
    Meeting,
    Message,
    Note,
    NoteEntry,
    OfferStep,
    PlanStep,
    SharedAction,
    SupportPlan,
)
from support.offer import Format, Invitation
from support.plan import State
from tests.cast import ADA, AVI, BEN, NOW
from tests.data_access.supporting import AIM, REVIEW, agree, drafted, in_state, of
from tests.tree import ROOT

TEXT = "We talked about the two essays"
INVITED = Invitation(Format.PHONE, "", "Shall we?", 30, (NOW + timedelta(days=1),))
SYNCHRONOUS = """
import sys
from pathlib import Path
import data_access
from data_access import database
from policy.settings import Settings

data_access.start(Settings(home=Path(sys.argv[1])))
with database.stores().core.connect() as core, database.stores().log.connect() as log:
    for connection, schema in ((core, "main"), (core, database.AUDIT), (log, "main")):
        print(connection.exec_driver_sql(f"pragma {schema}.synchronous").scalar())
"""
CHILD = """
import sys, time
from pathlib import Path
import data_access
from data_access import gate
from policy.settings import Settings
from tests.data_access.test_killed import SAVES

home, url, save, moment = sys.argv[1:]
data_access.start(Settings(home=Path(home), database_url=url or None))
def here(*_):
    print("here", flush=True)
    time.sleep(60)
if moment == "inside":
    gate.access_log.append = here  # everything is written, and nothing is committed
SAVES[save].does()
here()
"""


@dataclass(frozen=True)
class Save:
    """What is there before, what is done to it, and what can be asked of the store: the old, and the new."""

    begin: Callable[[], object]
    does: Callable[[], object]
    asked: tuple[object, ...]
    old: list[object]
    new: list[object]


def _accepted() -> None:
    """Ben takes the one time of the one offer."""
    offer_answers.accept(BEN.viewer, 1, 1, NOW)


def _agreed() -> None:
    plan = in_state(State.PROPOSED)
    agree(plan, of()[0].actions[1].id)


def _count(table: type) -> object:
    return select(func.count()).select_from(table)


SAVES = {
    "a note": Save(
        lambda: notes.begin(ADA.viewer, BEN.id, TEXT, NOW),
        lambda: notes.save(ADA.viewer, BEN.id, 1, 1, "A new text", NOW),
        (select(Note.version), select(NoteEntry.text).order_by(NoteEntry.id.desc()), _count(NoteEntry)),
        [1, TEXT, 1],
        [2, "A new text", 2],
    ),
    "the text of a plan": Save(
        drafted,
        lambda: plans.save(ADA.viewer, BEN.id, 1, 1, "A new aim", REVIEW, NOW),
        (select(SupportPlan.aim), select(SupportPlan.version), _count(PlanStep)),
        [AIM, 1, 1],
        ["A new aim", 2, 2],
    ),
    "an accepted time": Save(
        lambda: offering.make(ADA.viewer, BEN.id, INVITED, [], NOW),
        _accepted,
        (select(ConversationOffer.state), _count(OfferStep), _count(Meeting), _count(Message)),
        ["offered", 1, 0, 1],
        ["accepted", 2, 1, 2],
    ),
    "a shared action": Save(
        _agreed,
        lambda: sharing.share(ADA.viewer, BEN.id, 2, AVI.id, "To find a timetable that works", NOW),
        (_count(SharedAction), _count(Message)),
        [0, 1],
        [1, 2],
    ),
}


@pytest.mark.parametrize("moment", ["inside", "after"])
@pytest.mark.parametrize("save", SAVES)
def test_what_a_killed_process_was_saving_is_there_whole_or_not_at_all(store, save, moment):
    def stands() -> list[object]:
        with store.session() as session:
            return [session.scalars(question).first() for question in one.asked]

    one = SAVES[save]
    one.begin()
    assert stands() == one.old
    asked = [str(store.settings.home), store.settings.database_url or "", save, moment]
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, *asked], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "here\n"
        child.kill()
    assert stands() == (one.new if moment == "after" else one.old)
    if moment == "inside":
        one.does()  # nothing is left that stands in the way
        assert stands() == one.new


def test_sqlite_waits_for_the_disk_so_that_a_power_cut_loses_nothing_that_was_said_to_be_saved(installed):
    words = [sys.executable, "-c", SYNCHRONOUS, str(installed)]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    full = "2"
    assert told.stdout.split() == [full] * 3, told.stderr
