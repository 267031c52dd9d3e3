"""A made-up student on one module, to try the rating on: counted and rated by the same rules as everybody."""

from dataclasses import dataclass, replace

from engagement import measure, weekly
from engagement.recent import ModuleScore
from engagement.weekly import Day, Gaps, Window, Work
from policy.engagement import Engagement

CREDITS = 20
_EARLIER = -7  # due before the window begins, so that only its mark counts


@dataclass(frozen=True)
class Example:
    """What somebody tries: classes, days on the VLE, work due in the window, and the marks so far.

    `mean_mark` is of the `marked` pieces, in per cent. The last three take away what a system would tell.
    """

    attended: int = 6
    missed: int = 2
    authorised: int = 1
    cancelled: int = 0
    active_days: int = 5
    usual_days: int = 6
    on_time: int = 1
    late: int = 1
    missing: int = 0
    marked: int = 2
    mean_mark: int = 58
    no_registers: bool = False
    no_vle: bool = False
    nothing_due: bool = False


def rated(example: Example, rules: Engagement) -> ModuleScore:
    """The example as a module, full-time, in a window of teaching days without a pause."""
    length = rules.windows.full_time
    window = Window(0, length - 1, frozenset(range(length)))
    gaps = Gaps(
        vle=window.days if example.no_vle else frozenset(),
        attendance=window.days if example.no_registers else frozenset(),
    )
    usual = measure.usual_halves(
        [example.usual_days] * rules.vle.smallest_module,
        (weekly.days_with_a_feed(window, gaps), length),
        rules.vle.fixed_days_full_time,
        rules.vle,
    )
    counted = weekly.counts(_days(example), _work(example, window), window, gaps)
    counts = replace(counted, usual_halves=usual)
    parts = measure.parts(counts, rules.excused)
    return ModuleScore("EX1", "An example", CREDITS, counts, parts, measure.score(parts, rules.weights))


def _days(example: Example) -> dict[int, Day]:
    """All classes on the first day, and the VLE on as many days as were chosen."""
    days = {on: Day(views=1) for on in range(example.active_days)}
    days[0] = Day(
        views=int(example.active_days > 0),
        expected=example.attended + example.missed + example.authorised + example.cancelled,
        attended=example.attended,
        authorised=example.authorised,
        cancelled=example.cancelled,
    )
    return days


def _work(example: Example, window: Window) -> list[Work]:
    marked = [Work(_EARLIER, _EARLIER, late=False, mark=example.mean_mark)] * example.marked
    if example.nothing_due:
        return marked
    on_time = [Work(window.first, window.first, late=False)] * example.on_time
    late = [Work(window.first, window.first + 1, late=True)] * example.late
    missing = [Work(window.first, None, late=False)] * example.missing
    return [*marked, *on_time, *late, *missing]
