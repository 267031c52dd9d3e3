"""Passwords at the door: alike for every wrong try, patient with the right person, slow for guessers."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median
from threading import Thread
from unittest.mock import patch

import bcrypt
import pytest
from sqlalchemy import select, update

import policy
from auth.refusals.accounts import NameDiffers, WeakPassword, WrongPassword
from auth.viewer import Role
from data_access import access_log, accounts, credentials, gate
from data_access.tables import AccessLine, Account, AgreementAcceptance
from tests.cast import ADA, BEN, EVE, HASH, NOW, PASSWORD, TIM
from tests.conftest import University

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
NEW = "brand new words to remember"


def tries(number: int, at: datetime = NOW) -> None:
    for _ in range(number):
        assert credentials.check_password(ADA.username, "not the password", at) is None


def enters(at: datetime = NOW) -> bool:
    return credentials.check_password(ADA.username, PASSWORD, at) == ADA.number


def wrong_tries(store: University) -> int | None:
    with store.session() as session:
        return session.scalar(select(Account.wrong_tries).where(Account.person == ADA.number))


@pytest.mark.parametrize("username", ["ada", "Ada", "  ADA "])
def test_the_right_password_tells_who_it_is(store, username):
    assert credentials.check_password(username, PASSWORD, NOW) == ADA.number


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("ada", "wrong"),
        ("ada", ""),
        ("ada", PASSWORD.upper()),
        ("ada", PASSWORD + "x" * 80),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("ada' --", PASSWORD),
    ],
)
def test_anything_else_tells_nothing_and_is_one_line_of_the_log(store, username, password):
    assert credentials.check_password(username, password, NOW) is None
    with store.session() as session:
        (line,) = session.scalars(select(AccessLine))
    assert (line.action, line.allowed, line.actor) == ("sign_in_refused", False, "service:sign-in")
    known = username == "ada"
    assert line.students == (access_log.pseudonym(ADA.number) if known else "")


def test_a_closed_account_is_like_one_that_does_not_exist(store):
    accounts.disable(EVE.viewer, ADA.username, NOW)
    assert not enters()


@pytest.mark.parametrize(
    ("wrong", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (11, 900), (1000, 900)],
)
def test_the_wait_begins_with_the_fifth_wrong_try_and_doubles_up_to_a_quarter_of_an_hour(wrong, seconds):
    assert credentials.wait(wrong) == timedelta(seconds=seconds)


def test_four_wrong_tries_cost_nothing_and_the_right_one_forgets_them(store):
    tries(4)
    assert enters()
    assert wrong_tries(store) == 0


@pytest.mark.parametrize(("after", "opens"), [(0 * SECOND, False), (29 * SECOND, False), (30 * SECOND, True)])
def test_after_five_the_right_password_waits_half_a_minute(store, after, opens):
    tries(5)
    assert enters(NOW + after) is opens


def test_tries_during_a_wait_do_not_prolong_it(store):
    tries(5)
    for second in range(30):
        tries(1, NOW + second * SECOND)
    assert enters(NOW + 30 * SECOND)


def test_a_stranger_who_never_rests_keeps_ada_out_for_a_quarter_of_an_hour_at_most(store):
    at = NOW
    for _ in range(12):
        tries(1, at)
        at += 15 * MINUTE
    tries(5, at)
    assert enters(at + 15 * MINUTE)


def test_each_quarter_of_an_hour_forgives_one(store):
    tries(4)
    tries(1, NOW + 31 * MINUTE)
    assert wrong_tries(store) == 3  # 4, two forgiven, one more


def test_the_wait_outlives_a_restart(store):
    tries(5)
    import data_access

    data_access.start(store.settings)
    assert not enters(NOW + SECOND)


def test_guesses_at_the_same_moment_are_not_free(store):
    heard = []

    def judged(password: str, kept: str | None) -> bool:
        heard.append(kept)
        return False

    with patch("data_access.passwords.matches", judged):
        guesses = [Thread(target=tries, args=(1,)) for _ in range(20)]
        for guess in guesses:
            guess.start()
        for guess in guesses:
            guess.join()
    assert sum(kept is not None for kept in heard) == 5


def test_an_unknown_name_takes_as_long_as_a_wrong_password_and_as_a_wait(university):
    """Medians of fifteen, at a cost that is quick for a test but far above the rest of the work."""
    slow = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(9)).decode()
    with university.session() as session, session.begin():
        session.execute(update(Account).values(password_hash=slow))

    def lasts(username: str, at: datetime) -> float:
        spent = []
        for n in range(15):
            start = time.thread_time()
            credentials.check_password(username, "wrong", at + n * 20 * MINUTE * (username == "ada"))
            spent.append(time.thread_time() - start)
        return median(spent)

    with patch("data_access.passwords._nobodys", return_value=slow):
        known, unknown = lasts("ada", NOW), lasts("nobody", NOW)
        tries(8)
        waiting = lasts("ada ", NOW)
    assert unknown == pytest.approx(known, rel=0.15)
    assert waiting == pytest.approx(known, rel=0.15)


def test_a_new_password_replaces_the_old_one_and_clears_what_was_due(store):
    with store.session() as session, session.begin():
        session.execute(update(Account).values(must_change=True))
    credentials.change_password(ADA.viewer, PASSWORD, NEW, NOW)
    assert not enters()
    assert credentials.check_password(ADA.username, NEW, NOW) == ADA.number
    assert not accounts.own(ADA.viewer, NOW).must_change


def test_the_old_password_must_be_right_and_guessing_it_waits_like_at_the_door(store):
    for _ in range(5):
        with pytest.raises(WrongPassword):
            credentials.change_password(ADA.viewer, "wrong", NEW, NOW)
    with pytest.raises(WrongPassword):
        credentials.change_password(ADA.viewer, PASSWORD, NEW, NOW)


@pytest.mark.parametrize("weak", ["short", "passwordpassword", "okonkwo-byrne ada", "your university"])
def test_a_weak_new_password_changes_nothing(store, weak):
    with pytest.raises(WeakPassword):
        credentials.change_password(ADA.viewer, PASSWORD, weak, NOW)
    assert enters()


@pytest.mark.parametrize("typed", ["Tim Unsigned", "  tim   UNSIGNED "])
def test_whoever_types_their_name_has_accepted_the_agreement(store, typed):
    assert not accounts.own(TIM.viewer, NOW).agreed
    credentials.accept_agreement(TIM.viewer, typed, NOW)
    assert accounts.own(TIM.viewer, NOW).agreed
    with store.session() as session:
        kept = session.scalar(select(AgreementAcceptance).where(AgreementAcceptance.person == TIM.number))
        assert kept
        assert kept.version == policy.current().agreement.version
        assert kept.expires_at == NOW.replace(year=NOW.year + 1)
        assert gate.has_agreed(session, TIM.viewer, NOW)


@pytest.mark.parametrize("typed", ["", "Tim", "Unsigned", "Ada Okonkwo-Byrne"])
def test_another_name_accepts_nothing(store, typed):
    with pytest.raises(NameDiffers):
        credentials.accept_agreement(TIM.viewer, typed, NOW)
    assert not accounts.own(TIM.viewer, NOW).agreed


def test_the_agreement_is_none_of_a_students_business(store):
    assert accounts.own(BEN.viewer, NOW).agreed
    assert BEN.role is Role.STUDENT


@pytest.mark.parametrize(
    ("at", "months", "until"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=UTC), 12, datetime(2027, 11, 23, 10, tzinfo=UTC)),
        (datetime(2028, 2, 29, 10, tzinfo=UTC), 12, datetime(2029, 2, 28, 10, tzinfo=UTC)),
        (datetime(2026, 12, 31, 10, tzinfo=UTC), 2, datetime(2027, 2, 28, 10, tzinfo=UTC)),
        (datetime(2026, 12, 31, 10, tzinfo=UTC), 1, datetime(2027, 1, 31, 10, tzinfo=UTC)),
    ],
)
def test_months_end_on_a_day_that_exists(at, months, until):
    assert credentials.months_after(at, months) == until


def test_the_casts_hash_is_what_it_says():
    assert bcrypt.checkpw(PASSWORD.encode(), HASH.encode())
