"""The refusals about what students may ask for: copies, corrections, and that data are not used."""

from auth.refusals import Denied, Refusal


class CopyOver(Refusal):
    """The link to this copy has ended. You can ask for a new copy on your page My data."""


class TheirsToFetch(Denied):
    """This student can sign in and fetches the copy themselves. It is handed out here to nobody else."""


class OtherOfficer(Denied):
    """Whoever checked a copy cannot issue it too. Please ask another colleague of information compliance."""


class NotAllDecided(Refusal):
    """Some texts may speak of others and nothing was decided about them yet. Please look at each of them first."""


class NoSuchStudent(Refusal):
    """Student records has no student with that number. Please check it, digit by digit."""


class ReceivedAhead(Refusal):
    """A request cannot have been received at a moment that is still to come."""


class TooLateToExtend(Refusal):
    """The longer time had to be taken within the first month. That is over, so the answer is due as it stands."""


class SearchFirst(Refusal):
    """Please write down for each of the five systems whether it was searched, before you answer."""


class GroundNeeded(Refusal):
    """Please choose the ground in law, and say in at least 15 characters what it means here."""


class ReasonForQuestion(Refusal):
    """Please say in at least 15 characters what you ask. The student reads it."""


class PurposesNeeded(Refusal):
    """Please choose at least one use of your data."""


class ToldFirst(Refusal):
    """The student must be told first, some days before their data are used again."""


class DisputedAlready(Refusal):
    """You have said already that this is wrong. It is marked as disputed until it is settled."""


class KeptWithReasons(Refusal):
    """This was looked into and kept, with reasons. If you do not agree, you can complain on your page My data."""
