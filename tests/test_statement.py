"""Promises of `docs/statement.md` that no single module's tests show by themselves."""

import tomllib
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

import policy
from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import consents, gate, own_requests, packs, ratings, registers, timelines
from data_access.tables import (
    AccessPack,
    Base,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    Mode,
    Status,
    Tutoring,
    VleDay,
)
from privacy import letters, pack_files
from privacy import registers as known
from privacy.case_decisions import Ask
from privacy.consent import Wanted
from privacy.labels import SYSTEMS, Category, Source
from privacy.pack_state import State as PackState
from privacy.purposes import Purpose
from privacy.request import Kind
from privacy.request import State as CaseState
from tests.cast import ADA, BEN, CAL, DEE, NOW, TODAY, TOM
from tests.conftest import University
from tests.planned import planned
from tests.tree import ROOT
from web import headers

OTHER = "The Weaver Corporation"
LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)


@pytest.fixture
def renamed(university):
    """The university with another controller than itself, named in its own file of policy."""
    shipped = (ROOT / "policy" / "institution.toml").read_text("utf-8")
    folder = university.settings.home / "policy"
    folder.mkdir()
    (folder / "institution.toml").write_text(
        shipped.replace('[controller]\nname = ""', f'[controller]\nname = "{OTHER}"'), "utf-8"
    )
    policy.use(folder)
    yield university
    policy.use(None)


def test_c1_a_new_name_of_the_controller_stands_wherever_it_is_named(renamed):
    wanted = Wanted(
        planned(renamed).plan, "Which classes are hard to reach", "So that a plan can name others", ()
    )
    consents.ask(ADA.viewer, BEN.id, wanted, NOW)
    copy = {"id": "copy", "student": BEN.number, "state": PackState.ISSUED, "begun_at": NOW}
    renamed.change(insert(AccessPack).values(copy | {"issued_at": NOW, "ends_at": NOW + timedelta(days=1)}))
    own_requests.ask(BEN.viewer, Ask(Kind.ACCESS, "Everything"), NOW)
    (case,) = own_requests.of(BEN.viewer, NOW)
    of, facts = policy.current(), registers.facts(Viewer.service("registers"), NOW)
    named = {
        "consent": consents.of(BEN.viewer, None, NOW)[0].text,
        "copy": pack_files.data(packs.whole(BEN.viewer, "copy", NOW)).decode(),
        "letter": letters.letter(case, CaseState.FULFILLED, None, "", None, of.institution, TODAY),
        "record of processing": repr(known.printed("processing", facts, of, NOW)),
    }
    assert [where for where, text in named.items() if OTHER not in text] == []


@pytest.mark.parametrize(("tutor", "student"), [(ADA, BEN), (TOM, CAL)])
def test_b3_the_student_sees_exactly_what_the_tutor_sees(university, tutor, student):
    ratings.refresh(Viewer.service("rate"), NOW)
    seen_by_tutor = timelines.year(tutor.viewer, student.id, NOW)
    assert timelines.year(student.viewer, student.id, NOW) == seen_by_tutor
    assert timelines.year(student.viewer, None, NOW) == seen_by_tutor


def test_e3_what_belongs_to_a_finished_course_stays_closed_during_the_next(store: University):
    _enrol_again(store)
    for viewer in (ADA.viewer, DEE.viewer):
        with gate.reading(viewer, DEE.id, LOOK, NOW) as opened:
            assert opened.enrolments == (99,)


def test_b1_every_column_comes_from_one_of_the_four_systems_or_from_here():
    columns = [c for table in Base.metadata.tables.values() for c in table.columns]
    assert {c.info["about"].source for c in columns} <= {*SYSTEMS, Source.HERE}


def test_b2_of_the_vle_a_count_by_day_is_all_that_is_stored():
    assert set(VleDay.__table__.columns.keys()) == {"student", "module", "day", "views", "run"}


def test_s1_no_column_holds_addresses_or_sensitive_information():
    words = (
        "mail",
        "phone",
        "address",
        "postcode",
        "birth",
        "ethnic",
        "disab",
        "health",
        "relig",
        "sex",
        "fee_",
    )
    columns = {f"{table}.{c.name}" for table in Base.metadata.tables.values() for c in table.columns}
    assert [name for name in columns if any(word in name.partition(".")[2] for word in words)] == []


def test_t1_the_browser_is_told_to_load_from_this_server_alone():
    rules = dict(rule.strip().split(" ", 1) for rule in headers.content_policy().split(";"))
    allowed = {word for sources in rules.values() for word in sources.split()}
    assert allowed <= {"'self'", "'none'", "'unsafe-inline'", "blob:", "data:"} | {
        word for word in allowed if word.startswith("'sha256-")
    }
    assert "'unsafe-inline'" not in rules["script-src"]


def test_t1_nothing_is_reported_to_the_makers_of_the_framework():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False


def _enrol_again(store: University) -> None:
    """Dee, who finished three days ago, begins another course with the same tutor."""
    with store.session() as session, session.begin():
        session.add(
            Enrolment(
                id=99,
                key="E99",
                student=DEE.number,
                course=1,
                mode=Mode.FULL_TIME,
                stage=1,
                starts=TODAY,
                expected_end=date(2029, 6, 1),
                run=1,
            )
        )
        session.flush()
        session.add(
            EnrolmentStatus(
                enrolment=99,
                status=Status.ENROLLED,
                first=TODAY - timedelta(days=1),
                recorded_at=NOW,
                run=1,
            )
        )
        session.add(EnrolmentAgreement(enrolment=99, agreed_on=TODAY, regulation="1", run=1))
        session.add(Tutoring(enrolment=99, tutor=ADA.number, first=TODAY, run=1))
