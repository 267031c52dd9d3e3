"""What people prove and accept themselves: the password at sign-in, a new one, the agreement.

A wrong password makes the account wait: after `wrong_tries` of them 30 seconds, doubling with each further
one up to `longest_lock`. Tries during a wait are neither heard nor counted, so a stranger cannot keep the
right person out for long, and each quarter of an hour without a wrong one forgives one.
"""

from calendar import monthrange
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

import policy
from auth.refusals.accounts import NameDiffers, SignInRefused, WrongPassword
from auth.viewer import Viewer
from data_access import access_log, database, passwords
from data_access.access_log import Line
from data_access.sessions import begin_session, end_sessions
from data_access.tables import Account, AgreementAcceptance, Ceremony, Person

_FIRST_WAIT = timedelta(seconds=30)
_FORGIVEN = timedelta(minutes=15)
_SIGN_IN = Viewer.service("sign-in")


def check_password(username: str, password: str, at: datetime) -> int | None:
    """The number of the person who signs in so; None for a wrong name, a wrong password and a wait alike.

    All three take the time of one bcrypt. A try is counted before it is judged, so that a hundred at the
    same moment are not a hundred free ones.
    """
    person, kept = _counted(passwords.username(username), at)
    right = passwords.matches(password, kept)
    with database.writing() as session:
        if right and person is not None:
            _forgive(session.get_one(Account, person))
            return person
        about = (person,) if person is not None else ()
        access_log.append(session.connection(), Line(_SIGN_IN, "sign_in_refused", about, at, SignInRefused()))
    return None


def change_password(viewer: Viewer, old: str, new: str, at: datetime) -> str:
    """Set a new password and end every session of the person; a ticket for a new one, as after signing in.

    The session that asks ends too: whoever has a copy of its cookie would otherwise stay in.
    WrongPassword when the old one is not right, or the account waits; WeakPassword when the new one is.
    """
    with database.reading() as session:
        username = session.get_one(Account, viewer.person).username
        person = session.get_one(Person, viewer.person)
        about = (person.given_name, person.family_name, username, policy.current().institution.name)
    if check_password(username, old, at) is None:
        raise WrongPassword
    passwords.check_new(new, *about)
    digest = passwords.digest(new)
    with database.writing() as session:
        account = session.get_one(Account, viewer.person)
        account.password_hash, account.must_change = digest, False
        end_sessions(session, viewer.person, at)
        _note(session, viewer, "password_changed", at)
    return begin_session(viewer.person, Ceremony.PASSWORD, at)


def accept_agreement(viewer: Viewer, typed_name: str, at: datetime) -> None:
    """Record that the viewer accepts the agreement now in force. NameDiffers unless they typed their name."""
    agreement, access = policy.current().agreement, policy.current().access
    with database.writing() as session:
        person = session.get_one(Person, viewer.person)
        if _words(typed_name) != _words(f"{person.given_name} {person.family_name}"):
            raise NameDiffers
        session.add(
            AgreementAcceptance(
                person=viewer.person,
                version=agreement.version,
                sha256=agreement.sha256,
                typed_name=typed_name.strip(),
                accepted_at=at,
                expires_at=months_after(at, access.agreement_months),
            )
        )
        _note(session, viewer, "agreement_accepted", at)


def wait(tries: int) -> timedelta:
    """How long an account waits after so many wrong passwords."""
    access = policy.current().access
    beyond = tries - access.wrong_tries
    return min(_FIRST_WAIT * 2 ** min(beyond, 20), access.longest_lock) if beyond >= 0 else timedelta(0)


def months_after(at: datetime, months: int) -> datetime:
    """The same day and time so many months later; the month's last day where it has no such day."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


def _counted(username: str, at: datetime) -> tuple[int | None, str | None]:
    """The person and the hash to judge a try by, which is counted as wrong for now; no hash in a wait."""
    with database.writing() as session:
        named = select(Account).where(Account.username == username, Account.active)
        account = session.scalar(named.with_for_update())
        if account is None:
            return None, None
        last = account.wrong_at or at
        if account.wrong_tries and at < last + wait(account.wrong_tries):
            return account.person, None
        account.wrong_tries = max(0, account.wrong_tries - (at - last) // _FORGIVEN) + 1
        account.wrong_at = at
        return account.person, account.password_hash


def _forgive(account: Account) -> None:
    account.wrong_tries, account.wrong_at = 0, None


def _words(name: str) -> list[str]:
    return passwords.plain(name).casefold().split()


def _note(session: Session, viewer: Viewer, event: str, at: datetime) -> None:
    session.flush()
    access_log.append(session.connection(), Line(viewer, event, (), at))
