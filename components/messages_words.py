"""What became of a message's e-mail, as tutor and student read it alike; and its text, as it was written."""

from components.plain import plain
from engagement import words
from policy.days import LONDON, london_day
from support.message import Message, State


def became(one: Message) -> str:
    """`e-mailed Mon 23 Nov, 10:05`, `waits to be e-mailed`, `not e-mailed: enough e-mails for one week`."""
    why = f": {one.why_not}" if one.why_not else ""
    match one.state:
        case State.SENT if one.sent_at:
            at = one.sent_at.astimezone(LONDON)
            return f"e-mailed {words.short_day(at.date())}, {at:%H:%M}"
        case State.WAITING | State.SENDING | State.SENT:
            return f"not e-mailed yet{why}" if why else "waits to be e-mailed"
        case State.BOUNCED:
            return f"the e-mail could not be delivered{why}"
        case State.BLOCKED:
            return f"not e-mailed{why}"


def told(one: Message) -> str:
    """`Mon 23 Nov · Ada Okonkwo · e-mailed Mon 23 Nov, 10:05`; a reminder has no sender."""
    by = plain(one.by) if one.by else "reminder"
    return f"{day(one)} · {by} · {became(one)}"


def day(one: Message) -> str:
    """`Mon 23 Nov`, the day on which it was written."""
    return words.short_day(london_day(one.made_at))


def text(one: Message) -> str:
    """The text, line by line as it was written; nothing in it is a link or an image."""
    return plain(one.body).replace("\n", "  \n")


ICONS = {
    State.WAITING: ":material/schedule_send:",
    State.SENDING: ":material/schedule_send:",
    State.SENT: ":material/mark_email_read:",
    State.BOUNCED: ":material/unsubscribe:",
    State.BLOCKED: ":material/mail_off:",
}
"""What became of the e-mail, beside the subject; the caption says the same in words."""
