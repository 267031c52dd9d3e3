"""What a student can ask for, in their words: the choice, and what happens after each."""

from collections.abc import Mapping
from datetime import datetime

from engagement import words
from policy.days import LONDON, london_day
from privacy.case import Unused
from privacy.purposes import Purpose
from privacy.request import Kind

CHOICES: Mapping[Kind, str] = {
    Kind.ACCESS: "A copy of what is held about me",
    Kind.ERASURE: "Erase something",
    Kind.RESTRICTION: "Keep my data, but do not use them for now",
    Kind.OBJECTION: "Do not use my data for some things",
    Kind.EQUALITY_STOP: "Leave me out of the equality statistics",
    Kind.COMPLAINT: "Complain about how my data are used",
}
"""What can be asked for here, in this order. Corrections and consent have places of their own."""
AFTERWARDS: Mapping[Kind, str] = {
    Kind.ACCESS: "You get everything in one file, to read and to work with. Two people look through it "
    "first, so that it says nothing about others that is theirs alone.",
    Kind.ERASURE: "What rests on your consent you can withdraw at once on the page My consent. Other data "
    "are usually kept until their time is over, because the university needs them for its task; you then "
    "get the reasons, and you can ask instead that they be kept and not used.",
    Kind.RESTRICTION: "From the moment you send this, nobody but you and whoever answers your request sees "
    "you in Learner Analytics, and you are in no rating and no statistics. Nothing is erased. Your "
    "personal tutor does not see conversations or plans in that time either. You can end it yourself at "
    "any time.",
    Kind.OBJECTION: "From the moment you send this, your data are not used for what you choose. Then "
    "somebody decides, for each of them and with reasons. It has no disadvantage for you.",
    Kind.EQUALITY_STOP: "Your groups are taken out at once, and you are in no count from the next one on. "
    "Figures that are published already stay; nobody can be recognised in them. No reason is needed.",
    Kind.COMPLAINT: "Its receipt is confirmed at once, and you hear how it goes on at least every two weeks.",
}
USES: Mapping[Purpose, str] = {
    Purpose.IDENTIFY: "Noticing from my engagement that things may be difficult (rating and suggestions)",
    Purpose.OFFER: "Offering me a conversation",
    Purpose.AGREE: "Agreeing support with me",
    Purpose.FOLLOW_UP: "Following up what was agreed, and passing it on",
    Purpose.COMMUNICATE: "Writing to me about it",
    Purpose.EQUALITY: "Equality statistics",
}
"""The purposes, as whoever objects to them would say."""


def unused(one: Unused) -> str:
    """One use that is left out, since when, and whether that ends."""
    since = f"**{USES[one.purpose]}**: not since {moment(one.begun_at)}."
    if one.told_at is None:
        return since
    return f"{since} You were told on {moment(one.told_at)} that this will end: {one.why}"


def moment(at: datetime) -> str:
    """`23 November 2026, 10:00`, in London."""
    on = london_day(at)
    return f"{words.day(on)} {on.year}, {at.astimezone(LONDON):%H:%M}"
