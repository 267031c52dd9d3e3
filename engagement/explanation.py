"""How a rating was worked out, line by line: with these and a pencil anybody comes to the same number."""

from dataclasses import dataclass

from engagement import words
from engagement.measure import Counts
from engagement.recent import ModuleScore, Part, classes
from engagement.standing import Standing
from policy.engagement import Engagement


@dataclass(frozen=True)
class Line:
    """One part of one module: what was counted, the sum, its result and its weight. No `score`, no weight."""

    part: str
    counted: str
    working: str
    score: str
    weight: str


NOTHING = "–"


def lines(module: ModuleScore, rules: Engagement) -> list[Line]:
    """The parts of a module; a part with nothing to go by is left out of the score, and says so."""
    said = {
        Part.ATTENDANCE: ("Attendance", *_attendance(module.counts, rules)),
        Part.VLE: ("VLE", *_vle(module.counts)),
        Part.SUBMISSIONS: ("Submissions", *_submissions(module.counts)),
        Part.MARKS: ("Marks", *_marks(module.counts)),
    }
    return [line(*said[part], getattr(module.parts, part), getattr(rules.weights, part)) for part in Part]


def line(part: str, counted: str, working: str, score: int | None, weight: int) -> Line:
    """One part; without a score it is left out."""
    if score is None:
        return Line(part, counted, "left out", NOTHING, NOTHING)
    return Line(part, counted, f"{working} = {words.hundredths(score)}", words.hundredths(score), str(weight))


def module_sum(module: ModuleScore, rules: Engagement) -> str:
    """How the parts make the module's score: `(4 × 75.00 + 3 × 76.92) ÷ 7 = 75.82`."""
    pairs = [(getattr(rules.weights, part), getattr(module.parts, part)) for part in Part]
    return mean([(weight, value) for weight, value in pairs if value is not None], module.score)


def total(standing: Standing) -> str:
    """How the modules, each by its credits, make the score: `(20 × 75.82 + 40 × 60.00) ÷ 60 = 65.27`."""
    scored = [(m.credits, m.score) for m in standing.modules if m.score is not None]
    return mean(scored, standing.score)


def bands(rules: Engagement) -> str:
    """Which scores have which word."""
    limits = rules.bands
    return (
        f"High from {limits.high}, Good from {limits.good}, Partial from {limits.partial}, "
        f"Low from {limits.low}, below that Very low; Not enough data where no part could be counted"
    )


def mean(pairs: list[tuple[int, int]], result: int | None) -> str:
    """How values by their weights make a result, as a sum that can be done again."""
    if result is None:
        return "nothing to go by"
    above = " + ".join(f"{weight} × {words.hundredths(value)}" for weight, value in pairs)
    return f"({above}) ÷ {sum(weight for weight, _ in pairs)} = {words.hundredths(result)}"


def _attendance(counts: Counts, rules: Engagement) -> tuple[str, str]:
    attended, held = classes([counts], rules.excused)
    aside = [
        (counts.cancelled, "cancelled"),
        (counts.unrecorded, "not recorded"),
        (counts.authorised if rules.excused == "excluded" else 0, "authorised absence"),
    ]
    left_out = words.listed(f"{number} {what}" for number, what in aside if number)
    expected = words.of(counts.expected, "class", "classes") if counts.expected else "No classes"
    counted = f"{expected} in the timetable"
    if left_out:
        counted += f", left out: {left_out}"
    if held:
        counted += f"; attended {counts.attended}"
    if counts.authorised and rules.excused == "met":
        counted += f", authorised absence from {counts.authorised} counts as attended"
    return counted, f"100 × {attended} ÷ {held}"


def _vle(counts: Counts) -> tuple[str, str]:
    if counts.usual_halves is None:
        return "No VLE data for enough of these days", ""
    usual = _halves(counts.usual_halves)
    cap = ", at most 100" if 2 * counts.active_days > counts.usual_halves else ""
    counted = f"Active on {words.of(counts.active_days, 'day')}; usual on this module: {usual} days"
    return counted, f"100 × {counts.active_days} ÷ {usual}{cap}"


def _submissions(counts: Counts) -> tuple[str, str]:
    if not counts.due:
        return "Nothing was due", ""
    counted = (
        f"{words.of(counts.due, 'piece of work', 'pieces of work')} due: {counts.on_time} on time, "
        f"{counts.late} late, {counts.missing} not handed in"
    )
    halved = ", halved because work is missing" if counts.missing else ""
    return counted, f"100 × ({counts.on_time} + {counts.late} ÷ 2) ÷ {counts.due}{halved}"


def _marks(counts: Counts) -> tuple[str, str]:
    if not counts.marked:
        return "Nothing of this module is marked so far", ""
    counted = (
        f"{words.of(counts.marked, 'piece of work', 'pieces of work')} of the module so far, "
        f"what is missing counts as 0: {counts.mark_points} per cent in all"
    )
    return counted, f"{counts.mark_points} ÷ {counts.marked}"


def _halves(halves: int) -> str:
    return f"{halves // 2}.5" if halves % 2 else f"{halves // 2}"
