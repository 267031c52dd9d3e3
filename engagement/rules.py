"""The rules of the rating in plain words, made from the policy in force: what goes in, how, and what never does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engagement import words
from engagement.measure import Rating, half_up
from policy.engagement import Engagement

PURPOSE = (
    "The rating says how fully you have taken part in your teaching lately. It is a reason for a conversation, "
    "not a judgement of you. It is worked out from counts that you and your personal tutor both see, by sums "
    "that anybody can do with a pencil."
)


@dataclass(frozen=True)
class Section:
    """A heading; below it sentences, then points, then a table and what is to be said after it.

    Plain text, without markup. Each row of the table holds its cells by their headings.
    """

    title: str
    sentences: Sequence[str]
    points: Sequence[str] = ()
    table: Sequence[Mapping[str, str]] = ()
    notes: Sequence[str] = ()


def parts(rules: Engagement) -> Section:
    """The parts that weigh anything, with the share of each and when it is left out."""
    weights = rules.weights
    whole = weights.attendance + weights.vle + weights.submissions + weights.marks
    days = words.of(rules.vle.smallest_window, "day")
    rows = (
        (
            weights.attendance,
            "Attendance",
            "Classes you went to, of those you were expected at. Coming late counts as coming.",
            "no class is left to count",
        ),
        (
            weights.vle,
            "VLE",
            "Days on which you opened a page of the module, beside the days that are usual on it. "
            "More than usual counts the same as usual.",
            f"fewer than {days} have VLE data",
        ),
        (
            weights.submissions,
            "Submissions",
            "Work handed in on time, and half of the work handed in late, of all that was due. "
            "Halved while any is missing.",
            "nothing was due",
        ),
        (
            weights.marks,
            "Marks",
            "The mean of your marks on the module so far. Work that was not handed in counts as 0.",
            "nothing of the module is marked or missing",
        ),
    )
    table = [
        {"Part": name, "What is counted": counted, "Share": _share(weight, whole), "Left out when": left_out}
        for weight, name, counted, left_out in rows
        if weight
    ]
    return Section("What is counted", (), table=table, notes=_beside_the_parts(rules))


def _beside_the_parts(rules: Engagement) -> Sequence[str]:
    """What has to be said below the table of parts."""
    vle = rules.vle
    return (
        "A part that is left out gives its share to the others. The score of a module is between 0 and 100; "
        "modules are put together by their credits, so that one of 40 credits weighs twice as much as one of 20.",
        "VLE is short for virtual learning environment. What is usual on a module is the median: half of its "
        "students were active on more days, half on fewer. Where that is under "
        f"{words.of(vle.smallest_median_days, 'day')}, or the module has under {vle.smallest_module} students, it is "
        f"{words.of(vle.fixed_days_full_time, 'day')} in a whole window full-time and "
        f"{vle.fixed_days_part_time} part-time.",
        "Examinations count neither as submissions nor as marks, and work carried over from before does not count.",
    )


def research(rules: Engagement) -> Section:
    """What counts for a research student."""
    found = rules.research
    whole = found.supervision + found.milestones
    return Section(
        "For research students",
        (
            "A research student has two parts of their own in place of those above. A part with nothing due is left "
            "out here too.",
        ),
        (
            f"Supervision: meetings held, of those due in the last {found.window_days} days, vacations included. "
            f"Its share is {_share(found.supervision, whole)}.",
            "Milestones: those met on time, and half of those met late, of all that were due since the year began; "
            f"halved while one is overdue. Its share is {_share(found.milestones, whole)}.",
        ),
    )


def bands(rules: Engagement) -> list[tuple[Rating, str]]:
    """Each word, and the scores that have it."""
    limits = rules.bands
    return [
        (Rating.HIGH, f"{limits.high} or more"),
        (Rating.GOOD, f"{limits.good} or more, but under {limits.high}"),
        (Rating.PARTIAL, f"{limits.partial} or more, but under {limits.good}"),
        (Rating.LOW, f"{limits.low} or more, but under {limits.partial}"),
        (Rating.VERY_LOW, f"under {limits.low}"),
        (Rating.NOT_ENOUGH, "no score: nothing could be counted"),
    ]


def _share(weight: int, whole: int) -> str:
    return f"{weight} of {whole} ({half_up(100 * weight, whole)}%)"
