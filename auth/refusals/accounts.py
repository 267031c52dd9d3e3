"""The refusals about accounts, passwords and roles, and about who covers for whom."""

from auth.refusals import Denied, Refusal


class SignedOut(Refusal):
    """You are signed out. Please sign in again."""


class SignInRefused(Refusal):
    """The username or the password is not right. After several wrong tries an account waits a few minutes."""


class NoRole(Refusal):
    """Your account has no role here at present. Please ask your university's administrators."""


class WeakPassword(Refusal):
    """That would be guessed too easily. Several unrelated words make a strong password that you can remember."""


class WrongPassword(Refusal):
    """Your present password is not right."""


class NameDiffers(Refusal):
    """Please type your name as it is shown."""


class NotYourself(Denied):
    """Nobody changes their own roles or closes their own account here. Please ask another administrator."""


class NoSuchAccount(Refusal):
    """There is no account of that name."""


class AccountExists(Refusal):
    """This person, or somebody else under this username, has an account already."""


class NoSuchPerson(Refusal):
    """Student records has nobody with that key. Load student records first."""


class HeldAlready(Refusal):
    """They hold this role on some of these days already. To change its days, take it away first."""


class NotATutor(Refusal):
    """Whoever covers needs the role of personal tutor on every day of it. Please give them the role first."""


class NothingToCover(Refusal):
    """On the first of these days this tutor has no tutees whom the other does not see already."""


class CoveredAlready(Refusal):
    """They cover for this tutor on some of these days already. To change the days, end that cover first."""
