"""What the rating is for, what never goes into it, and what brings a conversation about: in plain words."""

from engagement import words
from engagement.rules import Section
from policy.engagement import Suggestions

FOR = Section(
    "What it is for",
    (
        "It helps a personal tutor to notice, while there is time, whom a conversation might help. "
        "A person decides: nothing is sent to you, and nothing is decided about you, by the rating itself.",
        "You and your personal tutor see the same figures on the same day. The rating is no mark and goes into no "
        "mark, and it is used for no other purpose: not in references, and not in discipline.",
    ),
)

NEVER_USED = Section(
    "What is never used",
    ("None of this goes into the rating, whether the university knows it or not:",),
    (
        "who you are: age, disability, ethnicity, gender reassignment, marriage or civil partnership, pregnancy or "
        "maternity, religion or belief, sex, sexual orientation",
        "your fee status, and whether fees are paid",
        "your nationality, where you come from, and where you live",
        "your health, and the reason for an absence",
        "whether you use support services; visits to counselling, well-being, disability and chaplaincy services "
        "are not even counted",
        "what you read, write or say: of the VLE, only on which days you opened a page of the module",
        "who your friends are, and whom you spend time with",
    ),
)

HOW_WELL = Section(
    "How well it works",
    (
        "No rating is right about everybody. A high one is no promise that all is well, and a low one may have a "
        "good reason that nobody but you knows. Managers and the compliance team can look at how often the rules "
        "were right in earlier years, in counts, without seeing any person.",
        "If a figure about you looks wrong, say so yourself: “Something is wrong here” on My engagement and the part "
        "Correct of My data are for it. From that moment the figure does not count, your tutor sees that you dispute "
        "it, and whoever keeps the record looks it up. Your tutor can help you with it.",
    ),
)


def suggestions(rules: Suggestions) -> Section:
    """When the application suggests a conversation to a personal tutor."""
    quiet, classes, fall = rules.quiet, rules.attendance, rules.fall
    return Section(
        "When a conversation is suggested",
        ("The application suggests to your personal tutor to talk with you when one of these holds:",),
        (
            f"you were seen nowhere, in no class, on the VLE or handing in work, for {quiet.days} days of teaching, "
            f"while at least {quiet.in_use_percent}% of the students of one of your modules were active",
            f"you went to under {classes.percent}% of your classes, where there were at least {classes.classes}",
            "work that was due is not handed in, and there was no authorised absence in the "
            f"{words.of(rules.missing.excused_days, 'day')} up to the day it was due",
            f"your score is {words.of(fall.points, 'point')} or more under the median of your own earlier weeks, "
            f"where there are at least {words.small(fall.weeks)}",
        ),
        notes=(
            "Authorised absence, an interruption of your studies, vacations and days without data suggest nothing. "
            "Your tutor decides about each suggestion singly: to talk with you, or to set it aside with a reason. "
            f"What has no answer or no offer for {words.of(rules.working_days, 'working day')} comes first in their "
            "list. When corrected data undo a suggestion, it is withdrawn.",
        ),
    )
