"""The measure over everybody at once: one expression, which every engine runs to the same digits.

It is the set-based twin of `engagement.weekly` and `engagement.measure`, which say what is meant; whole
numbers only. Written for SQLite, PostgreSQL, DuckDB and Spark alike: no function of one engine's own, every
join by equal keys, and rows numbered instead of a median asked for.
"""

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from data_access.engine.inputs import Inputs
from data_access.engine.quotient import half_up, quotient
from engagement.measure import FULL
from policy.engagement import Engagement

Number = SQLColumnExpression[Any]
_CLASSES = ("expected", "attended", "authorised", "cancelled", "unrecorded")
_OF_DAYS = (*_CLASSES, "active_days")
_OF_WORK = ("due", "on_time", "late", "marked", "mark_points")
_PARTS = ("attendance", "vle", "submissions", "marks")
COLUMNS = (
    "student",
    "module",
    "week",
    "enrolment",
    "as_of",
    *_PARTS,
    "score",
    *_CLASSES,
    "active_days",
    "usual_halves",
    "due",
    "on_time",
    "late",
    "marked",
    "mark_points",
    "last_active",
    "gap",
)


def module_weeks(inputs: Inputs, rules: Engagement) -> Select[Any]:
    """A row for each student, module and week of a registration, with the columns of `COLUMNS`."""
    usual = _usual(_counted(inputs), rules)
    score = _scored(_parts(usual, rules), rules)
    return select(*[score.c[name] for name in COLUMNS])


def _there(inputs: Inputs) -> Select[Any]:
    """Who is registered at the end of each window."""
    r, w = inputs.registered.c, inputs.windows.c
    return (
        select(
            r.student,
            w.module,
            w.week,
            _number(1).label("there"),
            r.enrolment,
            w.mode,
            w.as_of,
            w.usable,
            w.fallback,
            w.gap,
            _nothing().label("seen"),
        )
        .join_from(inputs.registered, inputs.windows, and_(r.module == w.module, r.mode == w.mode))
        .where(r.first <= w.as_of, or_(r.last.is_(None), r.last >= w.as_of))
    )


def _nothing() -> Number:
    return cast(null(), BigInteger)


def _spine(inputs: Inputs) -> CTE:
    """Who is registered at the end of each window, and the last day by then on which they were seen.

    The days seen are laid under the windows, those of a week before its window: what was seen in a week that
    has no window counts for the next that has one.
    """
    told = union_all(_there(inputs), _seen(inputs)).subquery("told")
    t = told.c
    so_far = func.max(t.seen).over(
        partition_by=(t.student, t.module), order_by=(t.week, t.there), rows=(None, 0)
    )
    every = select(*t, so_far.label("last_active")).cte("every_week")
    return select(*[c for c in every.c if c.name != "seen"]).where(every.c.there == _number(1)).cte("spine")


def _counted(inputs: Inputs) -> CTE:
    """What is known of each window, noughts where nothing happened."""
    spine, days, work = _spine(inputs), _days(inputs).cte("days"), _work(inputs).cte("works")
    s = spine.c
    counts = [
        func.coalesce(share.c[name], _number(0)).label(name)
        for share, names in ((days, _OF_DAYS), (work, _OF_WORK))
        for name in names
    ]
    return (
        select(*s, *counts)
        .outerjoin_from(spine, days, _same(s, days.c))
        .outerjoin(work, _same(s, work.c))
        .cte("counted")
    )


def _same(one: Any, other: Any) -> ColumnElement[bool]:
    return and_(one.student == other.student, one.module == other.module, one.week == other.week)


def _days(inputs: Inputs) -> Select[Any]:
    """Classes and days active, by window. Classes of days without an attendance feed are not recorded."""
    f, r, d, lost = inputs.facts.c, inputs.registered.c, inputs.window_days.c, inputs.lost.c
    no_vle, no_register = func.coalesce(lost.vle, _number(0)), func.coalesce(lost.attendance, _number(0))

    def kept(counted: Number, otherwise: Number) -> Number:
        return func.sum(case((no_register == _number(1), otherwise), else_=counted))

    active = and_(f.views > _number(0), no_vle == _number(0))
    # Nothing is added to the day, so that SQLite does not look up facts by their day alone: that is quadratic.
    on = f.day + _number(0)
    return (
        select(
            f.student,
            f.module,
            d.week,
            func.sum(f.expected).label("expected"),
            kept(f.attended, _number(0)).label("attended"),
            kept(f.authorised, _number(0)).label("authorised"),
            func.sum(f.cancelled).label("cancelled"),
            kept(f.unrecorded, f.expected - f.cancelled).label("unrecorded"),
            _how_many(active).label("active_days"),
        )
        .join_from(inputs.facts, inputs.registered, and_(f.student == r.student, f.module == r.module))
        .join(inputs.window_days, and_(d.module == f.module, d.mode == r.mode, d.day == on))
        .outerjoin(inputs.lost, and_(lost.module == f.module, lost.day == f.day))
        .group_by(f.student, f.module, d.week)
    )


def _work(inputs: Inputs) -> Select[Any]:
    """Work by window, and the marks of the module so far.

    Work is missing once the day it is due is over, not while it can still be handed in.
    """
    k, r, w = inputs.work.c, inputs.registered.c, inputs.windows.c
    handed_in = and_(k.handed_in.is_not(None), k.handed_in <= w.as_of)
    missing = and_(k.due < w.as_of, or_(k.handed_in.is_(None), k.handed_in > w.as_of))
    inside = k.due >= w.first
    return (
        select(
            k.student,
            k.module,
            w.week,
            _how_many(inside, or_(k.due < w.as_of, handed_in)).label("due"),
            _how_many(inside, handed_in, k.late == _number(0)).label("on_time"),
            _how_many(inside, handed_in, k.late == _number(1)).label("late"),
            _how_many(or_(missing, and_(handed_in, k.mark.is_not(None)))).label("marked"),
            func.sum(case((handed_in, func.coalesce(k.mark, _number(0))), else_=_number(0))).label(
                "mark_points"
            ),
        )
        .join_from(inputs.work, inputs.registered, and_(k.student == r.student, k.module == r.module))
        .join(inputs.windows, and_(w.module == k.module, w.mode == r.mode))
        .where(k.due <= w.as_of)
        .group_by(k.student, k.module, w.week)
    )


def _how_many(*conditions: ColumnElement[bool]) -> Number:
    return func.sum(case((and_(*conditions), _number(1)), else_=_number(0)))


def _seen(inputs: Inputs) -> Select[Any]:
    """The last day of each week on which the student was seen or handed in work.

    A day after the end of its week's window, when the module is over or today is, belongs to no window.
    """
    f, k, r, w = inputs.facts.c, inputs.work.c, inputs.registered.c, inputs.windows.c
    seen = union_all(
        select(f.student, f.module, f.day).where(or_(f.views > _number(0), f.attended > _number(0))),
        select(k.student, k.module, k.handed_in).where(k.handed_in.is_not(None)),
    ).subquery("seen_on")
    s = seen.c
    monday = s.day - (s.day + _number(3)) % _number(7)
    return (
        select(
            s.student,
            s.module,
            monday.label("week"),
            _number(0).label("there"),
            *[_nothing().label(name) for name in ("enrolment", "mode", "as_of", "usable", "fallback", "gap")],
            func.max(s.day).label("seen"),
        )
        .join_from(seen, inputs.registered, and_(r.student == s.student, r.module == s.module))
        .outerjoin(inputs.windows, and_(w.module == s.module, w.mode == r.mode, w.week == monday))
        .where(or_(w.as_of.is_(None), s.day <= w.as_of))
        .group_by(s.student, s.module, monday)
    )


def _medians(counted: CTE) -> CTE:
    """Of each module, mode and week: how many students it has, and twice the median of their days active.

    Students are counted by their days first: few different numbers have to be put in order, not everybody.
    """
    c = counted.c
    key = (c.module, c.mode, c.week)
    tally = select(*key, c.active_days, func.count().label("many")).group_by(*key, c.active_days).cte("tally")
    t = tally.c
    group = (t.module, t.mode, t.week)
    upto = func.sum(t.many).over(partition_by=group, order_by=t.active_days, rows=(None, 0))
    size = func.sum(t.many).over(partition_by=group)
    ranked = select(*t, upto.label("upto"), size.label("size")).cte("ranked")
    r = ranked.c
    ranks = (r.module, r.mode, r.week, r.size)
    lower, upper = quotient(r.size - _number(1), _number(2)), quotient(r.size, _number(2))

    def at(place: quotient) -> Number:
        inside = and_(r.upto - r.many <= place, place < r.upto)
        return func.sum(case((inside, r.active_days), else_=_number(0)))

    return select(*ranks, (at(lower) + at(upper)).label("halves")).group_by(*ranks).cte("medians")


def _usual(counted: CTE, rules: Engagement) -> CTE:
    """What VLE activity is held against, in half days: the twin of `measure.usual_halves`."""
    medians = _medians(counted)
    c, m = counted.c, medians.c
    enough = and_(
        m.size >= _number(rules.vle.smallest_module),
        m.halves >= _number(2 * rules.vle.smallest_median_days),
    )
    usual = case((c.usable == _number(0), null()), (enough, m.halves), else_=c.fallback)
    same = and_(m.module == c.module, m.mode == c.mode, m.week == c.week)
    return select(*c, usual.label("usual_halves")).join_from(counted, medians, same).cte("usual")


def _parts(usual: CTE, rules: Engagement) -> CTE:
    """The parts, the twins of those in `measure`."""
    u = usual.c
    held: Number = u.expected - u.cancelled - u.unrecorded
    attended: Number = u.attended
    if rules.excused == "met":
        attended = attended + u.authorised
    else:
        held = held - u.authorised
    active = half_up(_number(2 * FULL) * u.active_days, u.usual_halves)
    late = half_up(_number(FULL) * (2 * u.on_time + u.late), _number(2) * u.due * _missing(usual))
    return select(
        *u,
        case((held > _number(0), half_up(_number(FULL) * attended, held))).label("attendance"),
        case((u.usual_halves.is_(None), null()), (active > _number(FULL), _number(FULL)), else_=active).label(
            "vle"
        ),
        case((u.due > _number(0), late)).label("submissions"),
        half_up(_number(100) * u.mark_points, u.marked).label("marks"),
    ).cte("parted")


def _missing(usual: CTE) -> Number:
    """What the submissions are divided by once more: two while anything is missing."""
    u = usual.c
    return case((u.due > u.on_time + u.late, _number(2)), else_=_number(1))


def _scored(parted: CTE, rules: Engagement) -> CTE:
    """The weighted mean of the parts that are there."""
    p = parted.c
    weighed = [(_number(getattr(rules.weights, name)), p[name]) for name in _PARTS]
    total = _sum(case((part.is_not(None), weight), else_=_number(0)) for weight, part in weighed)
    points = _sum(case((part.is_not(None), weight * part), else_=_number(0)) for weight, part in weighed)
    return select(*p, half_up(points, total).label("score")).cte("scored")


def _sum(parts: Any) -> Number:
    first, *others = parts
    for other in others:
        first = first + other
    return first  # type: ignore[no-any-return]


def _number(value: int) -> ColumnElement[int]:
    """A whole number written out: every engine takes it for the same type."""
    return literal_column(str(value))
