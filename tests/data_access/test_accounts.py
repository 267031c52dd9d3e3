"""Accounts and roles: by whose hand they come and go, and that nobody serves themselves."""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

import pytest
from sqlalchemy import delete, select, text

from auth import refusals
from auth.refusals import AgreementNeeded, NotOpenToYourRole, Refusal
from auth.refusals.accounts import AccountExists, NoSuchAccount, NoSuchPerson, NotYourself, WeakPassword
from auth.viewer import Role, Viewer
from data_access import access_log, accounts, credentials, roles, sessions
from data_access.tables import (
    AccessLine,
    Account,
    AgreementAcceptance,
    Ceremony,
    Person,
    RoleGrant,
    SourceKey,
)
from privacy.labels import Source
from tests.cast import ADA, AVI, BEN, EVE, MO, NOW, ROS, SUE, TERM, TODAY, TOM
from tests.conftest import University

JOB = Viewer.service("demo")
NEW = "a handful of new words"


@pytest.fixture
def newcomer(store: University) -> University:
    """Somebody whom student records knows under S1, without an account."""
    with store.session() as session, session.begin():
        session.add(Person(number=50, id="p-new", given_name="Nia", family_name="Newcombe"))
        session.flush()
        session.add(SourceKey(system=Source.STUDENT_RECORDS, key="S1", person=50))
    return store


@pytest.fixture
def counted_on(store: University) -> University:
    """The cast took its numbers by hand; PostgreSQL goes on counting from where it was."""
    if store.settings.database_url:
        with store.session() as session, session.begin():
            session.execute(text("SELECT setval(pg_get_serial_sequence('person', 'number'), 1000)"))
    return store


def lines(store: University, person: int) -> list[str]:
    with store.session() as session:
        about = select(AccessLine.action).where(AccessLine.students == access_log.pseudonym(person))
        return list(session.scalars(about.order_by(AccessLine.seq)))


def test_an_account_opens_with_its_roles_and_a_line_for_each_step(newcomer):
    accounts.add(JOB, "S1", "Nia.N", NEW, [Role.TUTOR, Role.MANAGER], NOW, reason="New tutor")
    assert credentials.check_password("nia.n", NEW, NOW) == 50
    own = accounts.own(Viewer(50, Role.TUTOR, "s"), NOW)
    assert (own.name, own.username, own.must_change, own.agreed) == ("Nia Newcombe", "nia.n", False, False)
    assert [(r.role, r.since, r.granted_by, r.reason) for r in own.roles] == [
        (Role.TUTOR, TODAY, "service:demo", "New tutor"),
        (Role.MANAGER, TODAY, "service:demo", "New tutor"),
    ]
    assert lines(newcomer, 50) == ["account_opened", "role_given:tutor", "role_given:manager"]


@pytest.mark.parametrize(
    ("key", "username", "password", "refusal"),
    [
        ("S2", "nia", NEW, NoSuchPerson),
        ("S1", "ada", NEW, AccountExists),
        ("S1", "ADA ", NEW, AccountExists),
        ("S1", "nia", "short", WeakPassword),
        ("S1", "nia", "nia newcombe", WeakPassword),
    ],
)
def test_an_account_that_cannot_be_opened_leaves_nothing_behind(newcomer, key, username, password, refusal):
    with pytest.raises(refusal):
        accounts.add(JOB, key, username, password, [Role.TUTOR], NOW)
    with newcomer.session() as session:
        assert session.get(Account, 50) is None
        assert session.scalar(select(RoleGrant.id).where(RoleGrant.person == 50)) is None


def test_a_person_has_one_account(newcomer):
    accounts.add(JOB, "S1", "nia", NEW, [Role.TUTOR], NOW)
    with pytest.raises(AccountExists):
        accounts.add(JOB, "S1", "nia2", NEW, [Role.TUTOR], NOW)


def test_somebody_outside_student_records_gets_an_account_and_changes_the_password_at_once(counted_on):
    accounts.add_colleague(JOB, "Max", "Muster", "max", NEW, [Role.ADMINISTRATOR], NOW, reason="Runs it")
    person = credentials.check_password("max", NEW, NOW)
    assert person
    own = accounts.own(Viewer(person, Role.ADMINISTRATOR, "s"), NOW)
    assert (own.name, own.must_change) == ("Max Muster", True)


def test_a_role_given_twice_is_held_once(store):
    for _ in range(2):
        roles.grant(EVE.viewer, "ada", Role.MANAGER, "Also monitors", NOW)
    assert [r.role for r in accounts.own(ADA.viewer, NOW).roles] == [Role.TUTOR, Role.MANAGER]
    assert accounts.own(ADA.viewer, NOW).roles[1].granted_by == "eve"


def test_a_role_taken_away_is_gone_at_once_and_its_history_stays(store):
    roles.revoke(EVE.viewer, "ada", Role.TUTOR, "Left the school", NOW)
    assert accounts.own(ADA.viewer, NOW).roles == ()
    with store.session() as session:
        (grant,) = session.scalars(select(RoleGrant).where(RoleGrant.person == ADA.number))
    assert grant.first == TERM
    assert grant.reason.endswith("taken away by eve: Left the school")
    assert lines(store, ADA.number) == ["role_taken_away:tutor"]
    roles.grant(EVE.viewer, "ada", Role.TUTOR, "Is back", NOW)
    assert [r.reason for r in accounts.own(ADA.viewer, NOW).roles] == ["Is back"]


ACTS: list[Callable[[Viewer, str], None]] = [
    lambda viewer, username: roles.grant(viewer, username, Role.ADMINISTRATOR, "Please", NOW),
    lambda viewer, username: roles.revoke(viewer, username, Role.ADMINISTRATOR, "Enough", NOW),
    lambda viewer, username: accounts.disable(viewer, username, NOW),
    lambda viewer, username: accounts.new_password(viewer, username, NEW, NOW),
]
OTHERS = [
    lambda viewer, username: accounts.sign_out(viewer, username, NOW),
    lambda viewer, username: accounts.add(viewer, "S1", "nia", NEW, [Role.TUTOR], NOW),
    lambda viewer, username: accounts.add_colleague(viewer, "A", "B", "ab", NEW, [], NOW, reason="No"),
]


def test_nobody_changes_their_own_roles_password_or_account(store):
    for act in ACTS:
        with pytest.raises(NotYourself):
            act(EVE.viewer, "eve")
    assert [r.role for r in accounts.own(EVE.viewer, NOW).roles] == [Role.ADMINISTRATOR]


@pytest.mark.parametrize("member", [ADA, SUE, AVI, MO, ROS, BEN], ids=lambda m: m.role.value)
def test_only_an_administrator_touches_accounts(newcomer, member):
    for act in ACTS + OTHERS:
        with pytest.raises(NotOpenToYourRole):
            act(member.viewer, "tom")
    with newcomer.session() as session:
        assert session.get_one(Account, TOM.number).active
        assert session.get(Account, 50) is None


def test_an_administrator_without_the_agreement_touches_none_either(store):
    with store.session() as session, session.begin():
        session.execute(delete(AgreementAcceptance))
    for act in ACTS:
        with pytest.raises(AgreementNeeded):
            act(EVE.viewer, "tom")


def test_an_unknown_and_a_closed_account_are_alike(store):
    accounts.disable(EVE.viewer, "tom", NOW)
    sentences = set()
    for username in ("tom", "nobody"):
        for act in (*ACTS, OTHERS[0]):
            with pytest.raises(NoSuchAccount) as refused:
                act(EVE.viewer, username)
            sentences.add(refused.value.sentence)
    assert len(sentences) == 1


def test_a_closed_account_keeps_its_record_and_loses_its_doors(store):
    ticket = sessions.begin_session(ADA.number, Ceremony.PASSWORD, NOW)
    accounts.disable(EVE.viewer, "ada", NOW)
    assert sessions.redeem(ticket, "A browser", NOW) is None
    with store.session() as session:
        assert session.get_one(Account, ADA.number).username == "ada"
    assert lines(store, ADA.number) == ["account_closed"]


def test_a_named_administrator_is_one_today(store):
    assert accounts.acting("eve", Role.ADMINISTRATOR, NOW) == Viewer(
        EVE.number, Role.ADMINISTRATOR, "command-line"
    )
    for username in ("ada", "nobody"):
        with pytest.raises(NoSuchAccount):
            accounts.acting(username, Role.ADMINISTRATOR, NOW)


def test_whether_there_is_an_administrator_is_known(counted_on):
    assert accounts.administered(JOB, NOW)
    accounts.add_colleague(JOB, "Max", "Muster", "max", NEW, [Role.ADMINISTRATOR], NOW, reason="Runs it")
    max_number = credentials.check_password("max", NEW, NOW)
    assert max_number
    accounts.disable(JOB, "max", NOW)
    roles.revoke(JOB, "eve", Role.ADMINISTRATOR, "Moved on", NOW)
    assert not accounts.administered(JOB, NOW)


def test_no_person_holds_the_role_of_a_job(store):
    with pytest.raises(ValueError, match="job"):
        roles.grant(EVE.viewer, "ada", Role.SERVICE, "Please", NOW)


def test_refusals_are_one_plain_sentence_or_two():
    def all_of(kind: type[Refusal]) -> set[type[Refusal]]:
        return {kind} | {deeper for sub in kind.__subclasses__() for deeper in all_of(sub)}

    for module in iter_modules(refusals.__path__):
        import_module(f"{refusals.__name__}.{module.name}")
    for refusal in all_of(Refusal):
        sentence = refusal.__doc__ or ""
        assert sentence.endswith(".")
        assert sentence.count("\n") == 0
    assert BEN.role is Role.STUDENT
