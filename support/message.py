"""A message to a student: from a template that serves one purpose, waiting to be sent, and kept on their own page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.messages import Messages, Template
from support.offer import Invitation, Slot


class State(StrEnum):
    """Where a message stands. Whatever became of the e-mail, the message stays on the student's page."""

    WAITING = "waits to be sent"
    SENDING = "being sent"
    SENT = "sent"
    BOUNCED = "could not be delivered"
    BLOCKED = "not sent"


NEXT: Mapping[State, frozenset[State]] = {
    State.WAITING: frozenset({State.SENDING}),
    State.SENDING: frozenset({State.SENT, State.WAITING, State.BOUNCED, State.BLOCKED}),
    State.SENT: frozenset({State.BOUNCED}),
    State.BOUNCED: frozenset(),
    State.BLOCKED: frozenset(),
}
"""The states that may follow each. A server that is down puts a message back to waiting; a sent one may come back."""


class Problem(StrEnum):
    """Why a message was not e-mailed, or not yet: a class of fault, never a server's words, never an address."""

    ENROLMENT_ENDED = "enrolment_ended"
    NO_ADDRESS = "no_address"
    CAP = "cap"
    TOO_LATE = "too_late"
    SERVER_DOWN = "server_down"
    LATER = "later"
    REFUSED = "refused"
    UNREACHED = "unreached"
    RETURNED = "returned"
    ROLE_ENDED = "role_ended"
    LEFT_UNUSED = "left_unused"
    OVERTAKEN = "overtaken"


WHY: Mapping[Problem, str] = {
    Problem.ENROLMENT_ENDED: "the enrolment is not active",
    Problem.NO_ADDRESS: "there is no university e-mail address",
    Problem.CAP: "enough e-mails for one week",
    Problem.TOO_LATE: "it would have come too late",
    Problem.SERVER_DOWN: "the mail server is not answering; it is tried again",
    Problem.LATER: "the mail server asked to try again later",
    Problem.REFUSED: "the mail server did not take it for this mailbox",
    Problem.UNREACHED: "the mail server did not take it, however often it was tried",
    Problem.RETURNED: "it came back from the mailbox",
    Problem.ROLE_ENDED: "the role has ended",
    Problem.LEFT_UNUSED: "data are not used for this at present",
    Problem.OVERTAKEN: "what it reminds of has changed since",
}
"""Each as a person reads it, after “Not e-mailed: ”."""

STUDENTS_ALONE = frozenset({"access-pack", "request", "emergency"})
"""Templates of what is between a student and the compliance team: a complaint may be about the tutor."""


@dataclass(frozen=True)
class Message:
    """One message as its reader sees it; `by` is the colleague who sent it, empty for a reminder."""

    id: int
    state: State
    template: str
    subject: str
    body: str
    made_at: datetime
    by: str = ""
    sent_at: datetime | None = None
    why_not: str = ""
    student_id: str = ""
    student: str = ""


@dataclass(frozen=True)
class Preview:
    """What a student will read: the message on their page, and the text of the e-mail."""

    subject: str
    body: str
    email: str


def written(template: Template, words: Mapping[str, str]) -> tuple[str, str]:
    """Subject, in one line, and body, with the words in their places; KeyError where one is not handed in.

    A word that is empty leaves no hole in the text.
    """
    subject = " ".join(template.subject.format_map(words).split())
    return subject, re.sub(r"\n{3,}", "\n\n", template.body.format_map(words)).strip()


def emailed(ours: Messages, name: str, template: Template | None, body: str) -> str:
    """The whole text of an e-mail: greeting, what waits, where it is read, and who sent it.

    `name` is a given name. Without a template (it is not one of this installation's any more) the body is not shown.
    """
    said = (template.email or body) if template else "There is a message for you."
    page = (template.page if template else None) or ours.page
    link = f"Your page: {ours.site}/{page}"
    return "\n\n".join((ours.greeting.format(name=name), said, link, ours.closing)) + "\n"


def preview(ours: Messages, name: str, template: str, words: Mapping[str, str]) -> Preview:
    """What a student of this given name will read; KeyError for a template or a word that is missing."""
    subject, body = written(ours.template[template], words)
    return Preview(subject, body, emailed(ours, name, ours.template[template], body))


def of_offer(invitation: Invitation, tutor: str) -> Mapping[str, str]:
    """The words of the template `offer` for what a tutor is about to offer."""
    slots = (Slot(0, at, invitation.minutes) for at in sorted(set(invitation.times)))
    return {
        "tutor": tutor,
        "times": "\n".join(slot.said for slot in slots),
        "place": invitation.place.strip() or invitation.format.value,
        "text": invitation.text.strip(),
    }
