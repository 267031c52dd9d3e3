"""The health check of the privacy notice in force, as a register."""

from datetime import date

from policy import Policy
from privacy import notice_health
from privacy.register import Register, Table, day, listed
from privacy.register_facts import Facts


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """Every line of the check, and what is missing for it."""
    notice = facts.notice
    found = notice_health.check(notice, ours.institution, today, in_folder=ours.notice)
    return Register(
        "notice",
        "Notice health check",
        "What a privacy notice must say (UK GDPR, Article 13), and where the one in force leaves something out.",
        (
            Table(
                "The notice in force",
                ("What", "How it stands"),
                (
                    ("Version", notice.version),
                    ("SHA-256 of its text", notice.sha256),
                    ("Last looked over", day(notice.reviewed)),
                    ("To be looked over again by", day(notice_health.review_due(notice))),
                ),
            ),
            Table(
                "The check",
                ("Line", "Missing"),
                tuple((one.title, listed(one.missing, "nothing")) for one in found),
            ),
        ),
    )
