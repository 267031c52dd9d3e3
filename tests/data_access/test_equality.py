"""The store of characteristics: apart from everything, replaced as student records tell, and not beyond its time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import MetaData, insert, select, text, update
from sqlalchemy.exc import OperationalError

import policy
from auth.refusals import AgreementNeeded, CharacteristicsNotKept, NotOpenToYourRole
from auth.viewer import Viewer
from data_access import (
    apart,
    disposals,
    disposing,
    equality,
    erasing,
    legal_holds,
    migrations,
    own_requests,
    releasing,
    sealing,
)
from data_access.releasing import Wanted
from data_access.tables import Base, Disposal, LegalHold, Release, SourceKey
from privacy.case_decisions import UseAgain
from privacy.characteristics import LADDER, NOT_IN_ENGLAND, UNKNOWN, Dimension, Profile
from privacy.labels import Retention, Source
from privacy.purposes import Purpose
from privacy.releases import Cohort
from privacy.request import Kind
from tests.cast import ADA, BEN, CAL, CAST, DEE, NOW, ROS, TERM
from tests.data_access.asking import asked
from tests.data_access.profiles import PROFILE

JOB = Viewer.service("load")
DAY = timedelta(days=1)
CENSUS = date(2026, 11, 15)
CANARY = "Quokka group"
KEYS = {"k-ben": BEN, "k-cal": CAL, "k-dee": DEE, "k-ada": ADA}


@pytest.fixture
def keyed(store):
    """Ben, Cal, Dee and Ada by keys in student records; and Ben's key again, as Cal's in the VLE."""
    own = [{"system": Source.STUDENT_RECORDS, "key": k, "person": m.number} for k, m in KEYS.items()]
    other = {"system": Source.VLE, "key": "k-ben", "person": CAL.number}
    store.change(insert(SourceKey).values([*own, other]))
    return store


def of(*members):
    return {equality.pseudonym(member.number) for member in members}


def put(*keys, at=NOW, profile=PROFILE, **how):
    return equality.put(JOB, dict.fromkeys(keys, profile), at, **how)


def test_characteristics_are_in_a_store_of_their_own_under_a_name_that_only_the_builder_knows(keyed):
    profile = replace(PROFILE, held={**PROFILE.held, Dimension.ETHNICITY: CANARY})
    assert put("k-ben", "k-nobody", profile=profile) == 1
    assert equality.finest(JOB, NOW) == {equality.pseudonym(BEN.number): profile}
    assert str(BEN.number) not in equality.pseudonym(BEN.number)[:4]
    assert not {"ethnicity", "disability", "sex"} & {
        column.name for table in Base.metadata.tables.values() for column in table.columns
    }
    home = keyed.settings.home
    others = [path for path in home.rglob("*") if path.is_file() and path.name != "equality.db"]
    assert others
    assert [path.name for path in others if CANARY.encode() in path.read_bytes()] == []


def test_nobody_but_a_job_writes_or_reads_it(store):
    for member in CAST:
        with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
            equality.put(member.viewer, {}, NOW)
        with pytest.raises(NotOpenToYourRole):
            equality.finest(member.viewer, NOW)


def test_a_whole_snapshot_replaces_all_and_a_part_of_it_only_whom_it_tells_of(keyed):
    assert put("k-ben", "k-cal") == 2
    other = replace(PROFILE, held={**PROFILE.held, Dimension.SEX: "Male"})
    assert put("k-cal", profile=other, whole=False) == 1
    assert equality.finest(JOB, NOW) == dict.fromkeys(of(BEN), PROFILE) | dict.fromkeys(of(CAL), other)
    assert put("k-ben", profile=other) == 1
    assert equality.finest(JOB, NOW) == dict.fromkeys(of(BEN), other)
    assert put() == 0
    assert equality.finest(JOB, NOW) == {}


def test_what_a_profile_does_not_tell_stays_as_it_was_or_is_not_known(keyed):
    put("k-ben")
    part = Profile({Dimension.SEX: "Male"})
    assert put("k-ben", "k-cal", profile=part, whole=False) == 2
    found = equality.finest(JOB, NOW)
    assert found.pop(*of(BEN)) == replace(PROFILE, held={**PROFILE.held, Dimension.SEX: "Male"})
    (cal,) = found.values()
    assert cal == Profile({**dict.fromkeys(Dimension, UNKNOWN), Dimension.SEX: "Male"}, UNKNOWN)
    abroad = Profile({Dimension.DEPRIVATION: NOT_IN_ENGLAND}, "EU")
    put("k-ben", profile=abroad)
    (ben,) = equality.finest(JOB, NOW).values()
    assert (ben.domicile, ben.imd_version, ben.held[Dimension.DEPRIVATION]) == ("EU", None, NOT_IN_ENGLAND)


def test_what_is_held_of_somebody_whose_row_could_not_be_read_stays(keyed):
    put("k-ben", "k-cal", "k-dee")
    assert put("k-ben", refused=("k-dee", "k-nobody")) == 1
    assert set(equality.finest(JOB, NOW)) == of(BEN, DEE)
    assert put("k-dee", refused=("k-dee", "k-ben")) == 1  # a good row of hers, and one that was none
    assert set(equality.finest(JOB, NOW)) == of(BEN, DEE)


def test_who_is_no_student_has_no_profile_and_another_systems_key_leads_to_nobody(keyed):
    assert put("k-ada", "k-ben") == 1
    assert set(equality.finest(JOB, NOW)) == of(BEN)


def test_who_left_before_the_last_census_is_not_brought_back(keyed):
    put("k-ben", "k-dee")
    assert set(equality.finest(JOB, NOW)) == of(BEN, DEE)  # no census was built yet: Dee may be in it
    keyed.change(insert(Release).values(_release(date(2026, 11, 22), NOW)))
    assert put("k-ben", "k-dee") == 1
    assert set(equality.finest(JOB, NOW)) == of(BEN)


def test_a_deprivation_by_another_version_of_the_index_counts_as_not_known(keyed):
    newer = replace(PROFILE, imd_version=2025)
    put("k-ben", profile=newer)
    put("k-cal", profile=PROFILE, whole=False)
    places = {name: held.held[Dimension.DEPRIVATION] for name, held in equality.finest(JOB, NOW).items()}
    assert places == dict.fromkeys(of(BEN), UNKNOWN) | dict.fromkeys(of(CAL), "Quintile 1")
    assert policy.current().release.imd_version == 2019


def test_a_notice_is_heeded_at_once_by_every_load_and_census_until_it_is_taken_back(keyed):
    put("k-ben", "k-cal")
    asked(Kind.EQUALITY_STOP, "")
    assert set(equality.finest(JOB, NOW)) == of(CAL)
    assert put("k-ben", "k-cal", at=NOW + DAY) == 1
    assert put("k-ben", at=NOW + DAY, whole=False) == 0
    assert set(equality.finest(JOB, NOW)) == of(CAL)
    own_requests.carry_out(BEN.viewer, UseAgain(Purpose.EQUALITY), NOW + DAY)
    assert set(equality.finest(JOB, NOW)) == of(CAL)  # nothing is brought back but by student records
    assert put("k-ben", "k-cal", at=NOW + 2 * DAY) == 2
    assert set(equality.finest(JOB, NOW)) == of(BEN, CAL)


def test_a_load_that_finds_the_store_closed_says_so_and_the_next_one_mends_it(keyed, monkeypatch):
    put("k-ben")

    def closed(*_, **__):
        raise OperationalError("", {}, Exception("no answer"))

    with monkeypatch.context() as patch:
        patch.setattr(equality, "_replace", closed)
        with pytest.raises(CharacteristicsNotKept, match="load the same file again"):
            put("k-ben", "k-cal")
    assert set(equality.finest(JOB, NOW)) == of(BEN)
    assert put("k-ben", "k-cal") == 2


def test_the_stores_engine_is_made_once_and_no_use_of_it_makes_a_table(keyed, monkeypatch):
    put("k-ben")
    apart._engine.cache_clear()
    monkeypatch.setattr(MetaData, "create_all", None)
    for _ in range(3):
        equality.finest(JOB, NOW)
        put("k-ben")
        sealing.seal("x", sealing.Place("note", 1), NOW)
    assert apart._engine.cache_info().misses == 2


def test_a_store_of_an_older_shape_is_made_anew_and_the_keys_of_notes_are_left_alone(keyed):
    put("k-ben")
    key, sealed = sealing.seal("kept", sealing.Place("note", 1), NOW)
    assert migrations.current(keyed.settings)
    with apart.opened(apart.EQUALITY) as session:
        where = "equality." if session.connection().dialect.name == "postgresql" else ""
        session.execute(text(f"ALTER TABLE {where}equality_profile DROP COLUMN domicile"))
    assert not migrations.current(keyed.settings)
    migrations.upgrade(keyed.settings)
    assert migrations.current(keyed.settings)
    assert equality.finest(JOB, NOW) == {}  # the next load brings them
    assert put("k-ben") == 1
    assert sealing.opened(key, sealed, sealing.Place("note", 1)) == "kept"


def _release(census, at):
    return {
        "cohort": "census",
        "profile": "x",
        "census": census,
        "state": "built",
        "rule": "x",
        "audit": "{}",
        "built_at": at,
    }


@pytest.fixture
def counted(keyed):
    """Ben and Cal were counted in one census, Dee's profile was told again after it; then the next was built."""
    put("k-ben", "k-cal", "k-dee")
    keyed.change(insert(Release).values(_release(date(2026, 3, 1), NOW + DAY)))
    keyed.change(
        insert(Release).values(_release(date(2026, 3, 1), NOW + 2 * DAY))
    )  # the same census once more
    put("k-dee", at=NOW + 3 * DAY, whole=False)
    keyed.change(insert(Release).values(_release(CENSUS, NOW + 10 * DAY)))
    return keyed


def due(at):
    return next(one.people for one in disposals.due(JOB, at) if one.kind == Retention.EQUALITY)


def test_a_profile_goes_thirty_days_after_the_next_census_was_built_unless_a_load_has_told_it_since(counted):
    assert (due(NOW + 39 * DAY), due(NOW + 40 * DAY)) == (0, 2)
    disposing.carry_out(JOB, NOW + 39 * DAY)
    assert set(equality.finest(JOB, NOW)) == of(BEN, CAL, DEE)
    disposing.carry_out(JOB, NOW + 40 * DAY)
    assert set(equality.finest(JOB, NOW)) == of(DEE)
    disposing.carry_out(JOB, NOW + 41 * DAY)
    with counted.session() as session:
        row = session.scalars(select(Disposal).where(Disposal.kind == Retention.EQUALITY)).one()
    assert (row.people, row.counts, row.version) == (
        2,
        '{"equality_profile": 2}',
        policy.current().retention.version,
    )


def test_a_hold_keeps_a_profile_too(counted):
    held = {"kind": "", "reason": "x", "placed_by": ROS.number, "placed_at": NOW}
    counted.change(insert(LegalHold).values(student=BEN.number, **held))
    at = NOW + 40 * DAY
    found = next(one for one in disposals.due(JOB, at) if one.kind == Retention.EQUALITY)
    assert (found.people, found.held) == (2, 1)
    disposing.carry_out(JOB, at)
    assert set(equality.finest(JOB, NOW)) == of(BEN, DEE)
    counted.change(update(LegalHold).values(student=None))
    disposing.carry_out(JOB, at + DAY)
    assert set(equality.finest(JOB, NOW)) == of(BEN, DEE)


def test_a_profile_that_was_counted_once_is_there_for_the_next_census(keyed):
    put("k-ben")
    keyed.change(insert(Release).values(_release(date(2026, 3, 1), NOW + DAY)))
    assert due(NOW + 400 * DAY) == 0


def test_with_the_core_records_the_profile_goes(keyed):
    put("k-ben", "k-cal")
    with keyed.session() as session, session.begin():
        opened = disposals.Opened(session, JOB, legal_holds.DECIDE, (), (CAL.number,))
        erasing.erase(opened, [CAL.number], Retention.ENGAGEMENT, NOW)
        assert set(equality.finest(JOB, NOW)) == of(BEN, CAL)
        erasing.erase(opened, [CAL.number], Retention.CORE, NOW)
    assert set(equality.finest(JOB, NOW)) == of(BEN)


def test_the_builder_finds_every_step_of_the_ladders_in_what_is_held(keyed):
    put("k-ben", profile=replace(PROFILE, held={**PROFILE.held, Dimension.ETHNICITY: "103"}))
    (profile,) = equality.finest(JOB, NOW).values()
    steps = [step.group(profile.held[Dimension.ETHNICITY]) for step in LADDER[Dimension.ETHNICITY]]
    assert steps == ["Asian – Indian or Indian British", "Asian", "Global majority"]
    assert releasing.make(Viewer.service("release"), Wanted(Cohort.CENSUS, CENSUS, TERM, CENSUS, NOW), NOW)
