"""The refusals about sensitive information, and about the student's consent to it."""

from auth.refusals import Denied, Refusal


class LooksSensitive(Refusal):
    """Some words here look like sensitive personal information. Please take them out, or say why they are none."""

    def __init__(self, words: tuple[str, ...]) -> None:
        """`words` are the words that were found, as they were written."""
        said = " and ".join(f"“{word}”" for word in words)
        super().__init__(
            f"{said} may be sensitive personal information, and nothing is stored yet. Please take it out, "
            "or say in a few words why it is none."
        )
        self.words = words


class ConsentRequired(Denied):
    """Sensitive information is written, read and passed on only with the student's own consent that holds now."""


class CannotBeOpened(Refusal):
    """This can be read by nobody any more: the consent has ended, or its key has been destroyed."""


class TypeYourName(Refusal):
    """Please type your full name as it stands on this page, so that the yes is yours."""


class AnotherText(Refusal):
    """The text has changed since you opened the page. Please read it again before you decide."""


class SayWhatAndWhy(Refusal):
    """Please say in at least 15 characters each what you would write down, and what for. The student reads both."""


class NotNamedInConsent(Refusal):
    """The student's consent does not name this adviser. Ask for a new one if it is essential that they know."""


class SentencesNeeded(Refusal):
    """Please choose the sentences that are needed for this action, and not more."""
