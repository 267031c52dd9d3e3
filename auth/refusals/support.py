"""The refusals about suggestions, conversations, and plans with their actions."""

from auth.refusals import Refusal


class LookFirst(Refusal):
    """Please open what the suggestion rests on before you answer it."""


class AnsweredMeanwhile(Refusal):
    """This suggestion has been answered or has ended meanwhile. What became of it stands beside it now."""


class PassedOnAlready(Refusal):
    """The student has been passed on to a senior tutor already. Take that back first to choose another."""


class NoSeniorTutorNow(Refusal):
    """Whoever you chose is not a senior tutor at present. Please choose a colleague from the list."""


class TimeTaken(Refusal):
    """There is another meeting at this time by now. Please choose another time, or propose one."""


class NotSentToAll(Refusal):
    """It was not sent to all of them."""


class TimesNeeded(Refusal):
    """Please give at least one time that is still to come."""


class TimePassed(Refusal):
    """One of these times has passed already. Please give times that are still to come."""


class TutorChanged(Refusal):
    """Whoever offered this is not your personal tutor any more. You can ask your present tutor for a conversation."""


class StillToCome(Refusal):
    """This has not begun yet. Please record it once it is over."""


class PlaceNeeded(Refusal):
    """Please say where you meet, or how the student joins the call."""


class NoTutor(Refusal):
    """Student records name no personal tutor for you at present. Where else you can turn stands on this page."""


class QuotesANumber(Refusal):
    """A rating or a share stands on the student's own page, with its explanation. Please leave the number out."""


class PlanNotAgreed(Refusal):
    """The plan is not agreed at present. An action is shared only while student and tutor both agree to the plan."""


class NobodyDoesIt(Refusal):
    """Please choose who does this: one of today's advisers, or a place from the list."""


class DayNotAhead(Refusal):
    """Please choose a day that lies ahead."""


class ActionNotOpen(Refusal):
    """This action is not open any more. What became of it stands beside it now."""


class NotForAnAdviser(Refusal):
    """No adviser is to do this action. An action is shared only with the adviser who does it."""


class NotForOneself(Refusal):
    """Neither the student nor their tutor can be the adviser. Please choose a colleague who is neither."""


class NotTheAdviser(Refusal):
    """Another colleague is named in this action. It is shared only with the adviser who is to do it."""


class NoAdviserNow(Refusal):
    """Whoever is named in this action does not have the role of adviser at present. Please choose another adviser."""


class NecessityNeeded(Refusal):
    """Please say in at least 15 characters why the adviser needs to see this action. The student reads it too."""


class YesNeeded(Refusal):
    """The student has not said yes to sharing this action. They can do so on their page My support."""


class SharedAlready(Refusal):
    """This action is shared already."""
