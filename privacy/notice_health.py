"""The notice's health check: what a privacy notice must say, and where this one leaves something out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policy.institution import Institution
from policy.notice import Notice
from privacy.purposes import Purpose


class Topic(StrEnum):
    """What a notice must cover; the section or the point that does so ends in the mark `{#…}`."""

    CONTROLLER = "controller"
    DATA = "data"
    SOURCES = "sources"
    PURPOSES = "purposes"
    BASIS = "basis"
    SENSITIVE = "sensitive"
    SEEN = "seen"
    SHARED = "shared"
    KEPT = "kept"
    AUTOMATED = "automated"
    ACCESS = "access"
    CORRECT = "correct"
    ERASE = "erase"
    RESTRICT = "restrict"
    OBJECT = "object"
    WITHDRAW = "withdraw"
    COMPLAIN = "complain"


@dataclass(frozen=True)
class Finding:
    """One line of the check, and what is missing for it; nothing, and all is well."""

    title: str
    missing: tuple[str, ...] = ()


_TEXT: Mapping[str, Mapping[Topic, str]] = {
    "Data can be restricted, and consent taken back at any time": {
        Topic.RESTRICT: "the right to restriction",
        Topic.WITHDRAW: "that consent can be taken back at any time",
    },
    "The ways to complain are open": {
        Topic.COMPLAIN: "how to complain to the university, to the regulator and to a court",
    },
    "It says what is left to a computer, and what is not": {
        Topic.AUTOMATED: "that there is a rating, how it comes about, and that it decides nothing",
    },
    "The agreement at enrolment is kept apart from consent": {
        Topic.BASIS: "why the law allows it, and that the agreement at enrolment is no consent",
    },
    "It says how long data are kept": {Topic.KEPT: "how long data are kept"},
    "All else that the law asks for is said": {
        Topic.CONTROLLER: "who is responsible",
        Topic.DATA: "which data are held",
        Topic.SOURCES: "which systems the data come from",
        Topic.SENSITIVE: "that sensitive information is kept with explicit consent alone",
        Topic.SEEN: "who can see the data",
        Topic.SHARED: "whom the data are passed on to",
        Topic.ACCESS: "the right to a copy",
        Topic.CORRECT: "the right to correction",
        Topic.ERASE: "the right to erasure",
    },
}
"""What the text must cover, by line of the check; the right to object and the purposes have rules of their own."""


def check(notice: Notice, of: Institution, today: date, *, in_folder: Notice) -> tuple[Finding, ...]:
    """Every line of the check for the notice in force, what only the university can say first.

    `in_folder` is the policy folder's notice as it is now.
    """
    return (*_whom_to_ask(of), *of_text(notice), _age(notice, today), _kept_as_it_was(notice, in_folder))


def of_text(notice: Notice) -> tuple[Finding, ...]:
    """The lines that a text alone decides, such as a draft's."""
    covered = frozenset(mark for part in notice.parts if part.written for mark in part.marks | part.inside)
    said = [
        Finding(title, tuple(says for topic, says in topics.items() if topic not in covered))
        for title, topics in _TEXT.items()
    ]
    return (_objection(notice), *said, _purposes(notice))


def review_due(notice: Notice) -> date:
    """The day from which the notice is to be looked over again: a year after the last time."""
    last = notice.reviewed
    return last.replace(year=last.year + 1, day=28 if (last.month, last.day) == (2, 29) else last.day)


def _whom_to_ask(of: Institution) -> Iterator[Finding]:
    rules = of.regulations
    yield _given(
        "Who is responsible has a name and an address",
        {
            "the controller’s name": of.controller.name,
            "the controller’s address": of.controller.address,
            "the data protection officer": of.data_protection_officer.reached,
        },
    )
    yield _given(
        "Questions about Learner Analytics reach somebody",
        {"the contact for Learner Analytics": of.learner_analytics.reached},
    )
    yield _given(
        "Requests about rights reach somebody",
        {"the information compliance team": of.information_compliance.reached},
    )
    yield _given(
        "Regulations, retention schedule and complaints procedure can be read",
        {
            "the link to the undergraduate regulation": rules.undergraduate_link,
            "the link to the postgraduate regulation": rules.postgraduate_link,
            "the link to the retention schedule": of.retention_schedule.link,
            "the link to the complaints procedure": of.complaints.link,
        },
    )


def _given(title: str, what: Mapping[str, object]) -> Finding:
    return Finding(title, tuple(name for name, value in what.items() if not value))


def _objection(notice: Notice) -> Finding:
    """It rests on a public task, so the law wants this right shown clearly and apart from all else."""
    apart = any(part.written and part.marks == {Topic.OBJECT} for part in notice.parts)
    return Finding(
        "The right to object stands by itself", () if apart else ("a section on the right to object alone",)
    )


def _purposes(notice: Notice) -> Finding:
    """Six points, for there are six purposes: none left out, and none, such as immigration checks, put in."""
    found = [part for part in notice.parts if Topic.PURPOSES in part.marks]
    points = sum(len(part.points) for part in found)
    missing = (
        ()
        if points == len(Purpose)
        else (f"one point for each of the {len(Purpose)} purposes; it has {points}",)
    )
    return Finding("It names the purposes there are, and no other", missing)


def _age(notice: Notice, today: date) -> Finding:
    due = review_due(notice)
    late = today >= due
    missing = (f"its yearly review, due on {due.day} {due:%B %Y}",) if late else ()
    return Finding("It was looked over in the last twelve months", missing)


def _kept_as_it_was(notice: Notice, in_folder: Notice) -> Finding:
    """A text that is changed under the same version would be read by some and not by others."""
    changed = in_folder.version == notice.version and in_folder.sha256 != notice.sha256
    missing = (
        (f"a new version for the changed notice.md, which still says {notice.version}",) if changed else ()
    )
    return Finding("What was published has not been changed since", missing)
