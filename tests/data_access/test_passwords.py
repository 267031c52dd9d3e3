"""Passwords: hashes that the package can read, and rules that ask for length and nothing else."""

import pytest
from streamlit_authenticator import Hasher

from auth.refusals.accounts import WeakPassword
from data_access import passwords
from tests.cast import HASH, PASSWORD

ABOUT = ("Ada", "Okonkwo-Byrne", "ada", "Your university")


@pytest.mark.parametrize(
    "good",
    [
        "correct zebra ladder moss",
        "no digits and no capitals",
        "ŵyth gair hollol ddigyswllt",
        "k7f3q-2mdpa-9xwzc-h4ltr",
        "四つの無関係な単語を並べる",
        "x" * 8 + " lantern gravel " + "y" * 40,
    ],
)
def test_length_counts_and_composition_does_not(good):
    passwords.check_new(good, *ABOUT)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("", "at least 12"),
        ("eleven char", "at least 12"),
        ("            ", "at least 12"),
        ("word " * 15, "at most 72"),
        ("é" * 37, "at most 72"),
        ("password1234", "guessed"),
        ("qwertyuiopas", "guessed"),
        ("aaaaaaaaaaaaaaaa", "guessed"),
        ("okonkwo-byrne", "guessed"),
        ("youruniversity", "guessed"),
    ],
)
def test_what_is_short_or_long_or_guessed_is_refused_with_the_reason(bad, says):
    with pytest.raises(WeakPassword, match=says):
        passwords.check_new(bad, *ABOUT)


def test_the_package_reads_our_hashes_and_we_read_the_packages():
    assert Hasher.check_pw(PASSWORD, passwords.digest(PASSWORD))
    assert Hasher.is_hash(passwords.digest(PASSWORD))
    assert passwords.matches(PASSWORD, HASH)


def test_two_hashes_of_one_password_differ():
    assert passwords.digest(PASSWORD) != passwords.digest(PASSWORD)


@pytest.mark.parametrize(
    ("typed", "is_it"),
    [
        (PASSWORD, True),
        (f"  {PASSWORD} ", True),
        (PASSWORD.title(), False),
        ("", False),
        (PASSWORD + "\0", False),
        (PASSWORD * 9, False),
    ],
)
def test_only_the_same_password_matches(typed, is_it):
    assert passwords.matches(typed, HASH) is is_it


def test_without_a_hash_nothing_matches():
    assert not passwords.matches("the password of an account that does not exist", None)


def test_what_lies_beyond_72_bytes_is_refused_and_never_cut_off():
    kept = passwords.digest("a" * 72)
    assert passwords.matches("a" * 72, kept)
    assert not passwords.matches("a" * 73, kept)


def test_the_same_letters_typed_on_another_keyboard_are_the_same_password():
    assert passwords.matches("Cafe\u0301 on the corner of", passwords.digest("Caf\u00e9 on the corner of"))


def test_a_password_for_once_is_strong_and_never_the_same():
    given = {passwords.one_time() for _ in range(50)}
    assert len(given) == 50
    for password in given:
        passwords.check_new(password)
