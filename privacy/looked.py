"""A look at somebody's record, as the person it is about reads it: when, who, in which role, at what, and why."""

from dataclasses import dataclass
from datetime import datetime

from privacy.labels import Category

UNKNOWN = "Somebody who works here no longer"
"""Whoever the log knows by a name that belongs to no colleague of today."""
JOB = "Learner Analytics itself"
"""A job, which nobody watches."""
_WHAT = {
    Category.IDENTITY: "your name",
    Category.CONTACT: "how you can be reached",
    Category.COURSE: "your course",
    Category.ENGAGEMENT: "your engagement",
    Category.SUGGESTION: "suggestions to talk",
    Category.SUPPORT: "conversations, plans and notes",
    Category.SHARED_ACTION: "an action shared with them",
    Category.MESSAGE: "messages to you",
    Category.ASSESSMENT: "your assessments",
    Category.RESEARCH: "your research",
    Category.EXAMINATION: "your examinations",
    Category.QUALIFICATION: "your qualifications",
    Category.SERVICE_USE: "your use of services",
    Category.ACCOUNT: "your account",
    Category.ROLES: "your roles",
    Category.ACCESS_LOG: "who looked at your record",
    Category.NOTICE: "privacy notices",
    Category.CONSENT: "your consent",
    Category.SENSITIVE: "sensitive notes",
    Category.RIGHTS: "your requests and copies",
    Category.DISPOSAL: "what is disposed of",
    Category.REGISTER: "disclosures and emergencies",
}
_WHY_NOT = {
    "not_yours_to_see": "Your record is not open to them.",
    "not_open_to_your_role": "Their role does not include it.",
    "consent_required": "You had not agreed to it at the time, or not to them.",
    "agreement_needed": "They had not accepted the confidentiality agreement at the time.",
}


@dataclass(frozen=True)
class Look:
    """One line of the access log. `own` is the person themselves; `in_list` is a list with others on it."""

    at: datetime
    name: str
    role: str
    own: bool
    wrote: bool
    what: str
    why: str
    in_list: bool
    allowed: bool
    reason: str

    @property
    def by_person(self) -> bool:
        """Whether somebody looked, and not a job."""
        return self.name != JOB


def what(category: str) -> str:
    """The kind of record in the person's words; an event of a session is about their account."""
    known = {one.value: words for one, words in _WHAT.items()}
    return known.get(category, _WHAT[Category.ACCOUNT])


def why_not(reason: str) -> str:
    """Why it was refused, as the person it is about reads it; nothing where it was not."""
    return _WHY_NOT.get(reason, "It was not possible at the time.") if reason else ""
