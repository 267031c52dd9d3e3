"""The refusals a person can meet. The docstring of each is the sentence on the screen."""


class Refusal(Exception):
    """This is not possible."""

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or type(self).__doc__)

    @property
    def sentence(self) -> str:
        """What the person reads: one plain sentence, no names and no numbers of records."""
        return str(self)

    @property
    def reason(self) -> str:
        """The refusal as a word of the access log, such as `not_yours_to_see`."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class NotYoursToSee(Refusal):
    """There is no student here whose record is open to you."""


class NotOpenToYourRole(Refusal):
    """Your role does not include this."""


class AgreementNeeded(Refusal):
    """Please accept the current confidentiality agreement before you open anyone's record."""


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


class NotYourself(Refusal):
    """Nobody changes their own roles or closes their own account here. Please ask another administrator."""


class NoSuchAccount(Refusal):
    """There is no account of that name."""


class AccountExists(Refusal):
    """This person, or somebody else under this username, has an account already."""


class NoSuchPerson(Refusal):
    """Student records has nobody with that key. Load student records first."""


class ReasonNeeded(Refusal):
    """Please say why, in a few words."""


class LookFirst(Refusal):
    """Please open what the suggestion rests on before you answer it."""


class AnsweredMeanwhile(Refusal):
    """This suggestion has been answered or has ended meanwhile. What became of it stands beside it now."""


class DaysDoNotFit(Refusal):
    """Please look at the days again: the first must not be past, and the last must not come before it."""


class HeldAlready(Refusal):
    """They hold this role on some of these days already. To change its days, take it away first."""


class GoneMeanwhile(Refusal):
    """This is not there any more. Somebody else may have changed it just now."""


class NotATutor(Refusal):
    """Whoever covers needs the role of personal tutor on every day of it. Please give them the role first."""


class NothingToCover(Refusal):
    """On the first of these days this tutor has no tutees whom the other does not see already."""


class CoveredAlready(Refusal):
    """They cover for this tutor on some of these days already. To change the days, end that cover first."""


class StoreBusy(Refusal):
    """Something large is being stored just now. Please try again in a minute."""
