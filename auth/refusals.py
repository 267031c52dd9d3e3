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


class PlanNotAgreed(Refusal):
    """The plan is not agreed at present. An action is shared only while student and tutor both agree to the plan."""


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


class PassedOnAlready(Refusal):
    """The student has been passed on to a senior tutor already. Take that back first to choose another."""


class NoSeniorTutorNow(Refusal):
    """Whoever you chose is not a senior tutor at present. Please choose a colleague from the list."""


class FullerReasonNeeded(Refusal):
    """Please say why in at least 15 characters. The student reads it too."""


class StoreBusy(Refusal):
    """Something large is being stored just now. Please try again in a minute."""


class CharacteristicsNotKept(StoreBusy):
    """The records are stored; the characteristics that came with them are not. Please load the same file again."""


class MovedOn(Refusal):
    """This has changed since you opened the page. What stands now is shown here; please look at it again."""


class NoSuchRelease(Refusal):
    """There is no such release, or nothing of it is open to you."""


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


class QuotesANumber(Refusal):
    """A rating or a share stands on the student's own page, with its explanation. Please leave the number out."""


class PlaceNeeded(Refusal):
    """Please say where you meet, or how the student joins the call."""


class NoTutor(Refusal):
    """Student records name no personal tutor for you at present. Where else you can turn stands on this page."""


class ChangedMeanwhile(Refusal):
    """Somebody else has changed this text just now. Their words stand beside yours; nothing of either is lost."""

    def __init__(self, theirs: str, version: int) -> None:
        """`theirs` is the text as it stands now, in its version."""
        super().__init__()
        self.theirs = theirs
        self.version = version


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


class NothingWritten(Refusal):
    """Please write down what is meant, in a few words."""


class DayNotAhead(Refusal):
    """Please choose a day that lies ahead."""


class NobodyDoesIt(Refusal):
    """Please choose who does this: one of today's advisers, or a place from the list."""


class NoticeNotUsable(Refusal):
    """The notice cannot be published as it is."""


class VersionTaken(Refusal):
    """There was a notice of this version before. Please give this one a version of its own."""


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


class ContractOver(Refusal):
    """There is no contract for this at present, so it is switched off. It is in processors.toml."""

    def __init__(self, processor: str, use: str) -> None:
        """`processor` is who does it, `use` what it is."""
        super().__init__(
            f"{use}: there is no contract with {processor} on this day, so it is switched off and nothing was done. "
            "The days of the contract are in processors.toml."
        )


class WhyInEmergency(Refusal):
    """Please say in at least 30 characters what has happened. Whoever reviews it reads this."""


class NotAgainYet(Refusal):
    """You have opened this student in an emergency within the last day. Please ask a colleague, if it is needed."""


class NotStudyingNow(Refusal):
    """This student is not actively enrolled, so nothing of theirs is open here. Information compliance can help."""


class NotYourOwn(Denied):
    """Nobody reviews what they did themselves. Please ask another colleague of information compliance."""


class RecipientNeeded(Refusal):
    """Please name the organisation that receives the data, and say which data."""


class EvidenceNeeded(Refusal):
    """Please say in at least 15 characters what it rests on: the action agreed to, or the provision of law."""


class NotAgreedTo(Refusal):
    """No plan that the student agrees to has an action for others now, so this cannot rest on their agreement."""


class CannotBeOpened(Refusal):
    """This can be read by nobody any more: the consent has ended, or its key has been destroyed."""


class ConsentRequired(Denied):
    """Sensitive information is written, read and passed on only with the student's own consent that holds now."""


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


class DisputedAlready(Refusal):
    """You have said already that this is wrong. It is marked as disputed until it is settled."""


class KeptWithReasons(Refusal):
    """This was looked into and kept, with reasons. If you do not agree, you can complain on your page My data."""


class DaysNotOver(Refusal):
    """Please look at the days again: the last must not come before the first, and none may be still to come."""


class NoSuchModule(Refusal):
    """There is no module with this code. Please copy it from student records, letter by letter."""


class NotByTheDay(Refusal):
    """Gaps are recorded of the VLE and of attendance alone. The other systems are loaded whole: load them again."""


class RecordedAlready(Refusal):
    """This gap is on record already."""
