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
_COUNTS = (*_CLASSES, "active_days", "due", "on_time", "late", "marked", "mark_points")
_PARTS = ("attendance", "vle", "submissions", "marks")
_WINDOW = ("there", "enrolment", "mode", "as_of", "usable", "fallback")
_TOLD = (*_WINDOW, *_COUNTS, "seen")
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
)


def module_weeks(inputs: Inputs, rules: Engagement) -> Select[Any]:
    """A row for each student, module and week of a registration, with the columns of `COLUMNS`."""
    usual = _usual(_ranked(_counted(inputs)), rules)
    score = _scored(_parts(usual, rules), rules)
    return select(*[score.c[name] for name in COLUMNS])


def _there(inputs: Inputs) -> Select[Any]:
    """Who is registered at the end of each window."""
    r, w = inputs.registered.c, inputs.windows.c
    return (
        _part(
            r.student,
            w.module,
            w.week,
            there=_number(1),
            enrolment=r.enrolment,
            mode=w.mode,
            as_of=w.as_of,
            usable=w.usable,
            fallback=w.fallback,
        )
        .join_from(inputs.registered, inputs.windows, and_(r.module == w.module, r.mode == w.mode))
        .where(r.first <= w.as_of, or_(r.last.is_(None), r.last >= w.as_of))
    )


def _part(student: Number, module: Number, week: Number, **told: Number) -> Select[Any]:
    """One share of what is known of a window; what it does not tell of is null."""
    values: list[Any] = [told.get(name, cast(null(), BigInteger)).label(name) for name in _TOLD]
    return select(student.label("student"), module.label("module"), week.label("week"), *values)


def _counted(inputs: Inputs) -> CTE:
    """What is known of each window, noughts where nothing happened.

    The shares are laid under one another and added up: one pass over all of them, on every engine.
    """
    shares = union_all(_there(inputs), _days(inputs), _work(inputs), _seen(inputs)).subquery("shares")
    s = shares.c
    key = (s.student, s.module, s.week)
    said = {name: func.max(s[name]) for name in (*_WINDOW, "seen")}
    counts = {name: func.coalesce(func.sum(s[name]), _number(0)) for name in _COUNTS}
    added = (
        select(*key, *[value.label(name) for name, value in (said | counts).items()])
        .group_by(*key)
        .cte("added")
    )
    a = added.c
    so_far = func.max(a.seen).over(partition_by=(a.student, a.module), order_by=a.week, rows=(None, 0))
    every = select(*a, so_far.label("last_active")).cte("every_week")
    return select(*every.c).where(every.c.there == _number(1)).cte("counted")


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
        _part(
            f.student,
            f.module,
            d.week,
            expected=func.sum(f.expected),
            attended=kept(f.attended, _number(0)),
            authorised=kept(f.authorised, _number(0)),
            cancelled=func.sum(f.cancelled),
            unrecorded=kept(f.unrecorded, f.expected - f.cancelled),
            active_days=_how_many(active),
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
        _part(
            k.student,
            k.module,
            w.week,
            due=_how_many(inside, or_(k.due < w.as_of, handed_in)),
            on_time=_how_many(inside, handed_in, k.late == _number(0)),
            late=_how_many(inside, handed_in, k.late == _number(1)),
            marked=_how_many(or_(missing, and_(handed_in, k.mark.is_not(None)))),
            mark_points=func.sum(case((handed_in, func.coalesce(k.mark, _number(0))), else_=_number(0))),
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
        _part(s.student, s.module, monday, seen=func.max(s.day))
        .join_from(seen, inputs.registered, and_(r.student == s.student, r.module == s.module))
        .outerjoin(inputs.windows, and_(w.module == s.module, w.mode == r.mode, w.week == monday))
        .where(or_(w.as_of.is_(None), s.day <= w.as_of))
        .group_by(s.student, s.module, monday)
    )


def _ranked(counted: CTE) -> CTE:
    """Each student's place among those of the module, mode and week by days active."""
    c = counted.c
    group = (c.module, c.mode, c.week)
    place = func.row_number().over(partition_by=group, order_by=(c.active_days, c.student))
    return select(*c, place.label("place"), func.count().over(partition_by=group).label("size")).cte("ranked")


def _usual(ranked: CTE, rules: Engagement) -> CTE:
    """What VLE activity is held against, in half days: the twin of `measure.usual_halves`."""
    r = ranked.c
    group = (r.module, r.mode, r.week)
    lower, upper = quotient(r.size - _number(1), _number(2)), quotient(r.size, _number(2))

    def at(place: quotient) -> Number:
        found = case((r.place == place + _number(1), r.active_days), else_=_number(0))
        return func.sum(found).over(partition_by=group)

    halves = select(*r, (at(lower) + at(upper)).label("halves")).cte("halved")
    h = halves.c
    enough = and_(
        h.size >= _number(rules.vle.smallest_module),
        h.halves >= _number(2 * rules.vle.smallest_median_days),
    )
    usual = case((h.usable == _number(0), null()), (enough, h.halves), else_=h.fallback)
    return select(*h, usual.label("usual_halves")).cte("usual")


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
