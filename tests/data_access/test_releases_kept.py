"""Releases stay as they are by the database's own doing, whatever statement is made."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from auth.viewer import Viewer
from data_access import release_decisions, releasing
from data_access.releasing import Wanted
from data_access.tables import Release
from privacy.releases import Cohort, State
from tests.cast import NOW, ROS, TERM

JOB = Viewer.service("release")
CENSUS = date(2026, 11, 15)


def test_no_statement_at_all_puts_a_figure_into_an_approved_release_or_changes_how_it_was_made(store):
    built = releasing.make(JOB, Wanted(Cohort.CENSUS, CENSUS, TERM, CENSUS, NOW), NOW)
    put = (
        text(
            "INSERT INTO release_cell SELECT release, node, dimension, step, place + 50, figure, 'group', '11', '' "
            "FROM release_cell WHERE figure = 'people'"
        ),
        text(
            "INSERT INTO release_node SELECT release, place + 50, node, name, kind, parent FROM release_node"
        ),
    )
    made = [
        update(Release).values(**change)
        for change in (
            {"rule": "x"},
            {"profile": "hesa"},
            {"audit": "{}"},
            {"census": CENSUS + timedelta(days=1)},
            {"cohort": Cohort.AWARDS},
            {"built_at": NOW + timedelta(days=1)},
        )
    ]
    for change in (*made, delete(Release)):
        with pytest.raises(DBAPIError, match="never changed"):
            store.change(change)
    release_decisions.approve(ROS.viewer, built, NOW)
    later = [
        update(Release).values(**change)
        for change in (
            {"state": State.BUILT},
            {"approved_name": "x"},
            {"approved_at": NOW + timedelta(days=1)},
        )
    ]
    for change in (*put, *made, *later, delete(Release)):
        with pytest.raises(DBAPIError, match="never changed"):
            store.change(change)
    release_decisions.withdraw(ROS.viewer, built, NOW)
    for change in (*put, *(update(Release).values(state=state) for state in (State.BUILT, State.APPROVED))):
        with pytest.raises(DBAPIError, match="never changed"):
            store.change(change)
