"""The refusals a person can meet, the general ones here. The docstring of each is the sentence on the screen."""


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


class Denied(Refusal):
    """This is not open to you."""  # it turns on who asks, so that the access log keeps it


class NotYoursToSee(Denied):
    """There is no student here whose record is open to you."""


class NotEnrolledNow(NotYoursToSee):
    """There is nothing to show here while you are not actively enrolled. On your page My data you can still see who \
looked at your record, and ask for a copy of what is held about you."""


class NotOpenToYourRole(Denied):
    """Your role does not include this."""


class AgreementNeeded(Denied):
    """Please accept the current confidentiality agreement before you open anyone's record."""


class ReasonNeeded(Refusal):
    """Please say why, in a few words."""


class DaysDoNotFit(Refusal):
    """Please look at the days again: the first must not be past, and the last must not come before it."""


class GoneMeanwhile(Refusal):
    """This is not there any more. Somebody else may have changed it just now."""


class FullerReasonNeeded(Refusal):
    """Please say why in at least 15 characters. The student reads it too."""


class StoreBusy(Refusal):
    """Something large is being stored just now. Please try again in a minute."""


class CharacteristicsNotKept(StoreBusy):
    """The records are stored; the characteristics that came with them are not. Please load the same file again."""


class MovedOn(Refusal):
    """This has changed since you opened the page. What stands now is shown here; please look at it again."""


class ChangedMeanwhile(Refusal):
    """Somebody else has changed this text just now. Their words stand beside yours; nothing of either is lost."""

    def __init__(self, theirs: str, version: int) -> None:
        """`theirs` is the text as it stands now, in its version."""
        super().__init__()
        self.theirs = theirs
        self.version = version


class NothingWritten(Refusal):
    """Please write down what is meant, in a few words."""


class NotStudyingNow(Refusal):
    """This student is not actively enrolled, so nothing of theirs is open here. Information compliance can help."""
