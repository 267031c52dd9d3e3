"""The refusals about notices, releases, contracts, what others receive, and emergencies."""

from auth.refusals import Denied, Refusal


class NoticeNotUsable(Refusal):
    """The notice cannot be published as it is."""


class VersionTaken(Refusal):
    """There was a notice of this version before. Please give this one a version of its own."""


class NoSuchRelease(Refusal):
    """There is no such release, or nothing of it is open to you."""


class ContractOver(Refusal):
    """There is no contract for this at present, so it is switched off. It is in processors.toml."""

    def __init__(self, processor: str, use: str) -> None:
        """`processor` is who does it, `use` what it is."""
        super().__init__(
            f"{use}: there is no contract with {processor} on this day, so it is switched off and nothing was done. "
            "The days of the contract are in processors.toml."
        )


class RecipientNeeded(Refusal):
    """Please name the organisation that receives the data, and say which data."""


class EvidenceNeeded(Refusal):
    """Please say in at least 15 characters what it rests on: the action agreed to, or the provision of law."""


class NotAgreedTo(Refusal):
    """No plan that the student agrees to has an action for others now, so this cannot rest on their agreement."""


class WhyInEmergency(Refusal):
    """Please say in at least 30 characters what has happened. Whoever reviews it reads this."""


class NotAgainYet(Refusal):
    """You have opened this student in an emergency within the last day. Please ask a colleague, if it is needed."""


class NotYourOwn(Denied):
    """Nobody reviews what they did themselves. Please ask another colleague of information compliance."""
