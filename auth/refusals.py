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
