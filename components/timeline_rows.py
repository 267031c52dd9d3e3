"""The chart as rows of words: every week or day, every piece of work and every mark of it, for tables and paper."""

from components import timeline_words
from engagement import score_line, words
from engagement.facts import Work
from engagement.lanes import COUNTED, Known, Stretch
from engagement.marks import Mark
from engagement.timeline import Timeline
from engagement.view import By
from privacy.dispute import Kind, Sought
from privacy.labels import Source

Row = dict[str, str]


def begun(timeline: Timeline) -> list[Row]:
    """The weeks or days up to today, in words where nothing is known."""
    return [_stretch(one, timeline) for one in timeline.stretches if one.first <= timeline.today]


def begun_links(timeline: Timeline) -> list[Sought]:
    """For each of those rows what there is to correct in it: its classes, or where none are shown its days online."""
    kind = Kind.ONLINE if timeline.view.source is Source.VLE else Kind.ATTENDANCE
    module = timeline.view.module or ""
    return [
        Sought(kind, one.first, one.last, module) for one in timeline.stretches if one.first <= timeline.today
    ]


def work_links(timeline: Timeline) -> list[Sought]:
    """For each piece of work itself."""
    pieces = (piece for one in timeline.stretches for piece in one.work)
    return [Sought(Kind.WORK, piece.on, None, piece.module) for piece in pieces]


def work(timeline: Timeline) -> list[Row]:
    """The pieces of work by the day they are due."""
    return [_piece(piece) for one in timeline.stretches for piece in one.work]


def marks(timeline: Timeline) -> list[Row]:
    """What is marked on single days."""
    return [_mark(mark) for mark in timeline.marks]


def _stretch(one: Stretch, timeline: Timeline) -> Row:
    apart = timeline_words.kind(one)
    weekly = timeline.view.by is By.WEEKS
    row = {
        "Week" if weekly else "Day": timeline_words.when(one) + (f" ({', '.join(apart)})" if apart else "")
    }
    if timeline.view.source in (None, Source.VLE):
        row["Active on the VLE"] = _online(one)
    if timeline.view.source in (None, Source.ATTENDANCE):
        row["Attendance"] = _classes(one)
    if weekly:
        row |= _scores(one, timeline)
    return row


def _scores(one: Stretch, timeline: Timeline) -> Row:
    """The score of the week on each line, and between what the others' lay."""
    row = {}
    several = len(timeline.lines) > 1
    for line in timeline.lines:
        said = {week.week: week.words for week in line.weeks}.get(one.first, "Not rated")
        row[f"Score, {line.name}" if several else "Score"] = said
    if timeline.middle:
        said = {box.week: box.words for box in timeline.middle}.get(one.first, "Too few others")
        row[score_line.OTHERS] = said
    return row


def _online(one: Stretch) -> str:
    known = one.known[Source.VLE]
    if not one.active_days and known not in COUNTED:
        return known.capitalize()
    used = timeline_words.used(one).replace(" active", "")
    return used + (f" ({timeline_words.known(one, Source.VLE)})" if known is Known.IN_PART else "")


def _classes(one: Stretch) -> str:
    known, said = one.known[Source.ATTENDANCE], timeline_words.classes(one)
    if not said:
        return "No classes" if known in COUNTED else known.capitalize()
    part = f" ({timeline_words.known(one, Source.ATTENDANCE)})" if known is Known.IN_PART else ""
    return said.capitalize() + part


def _piece(piece: Work) -> Row:
    done = f", {words.short_day(piece.handed_in)}" if piece.handed_in else ""
    return {
        "Work": f"{piece.title} ({piece.module})",
        "Due": words.short_day(piece.on) + (" (extended)" if piece.extended else ""),
        "Handed in": f"{piece.state.capitalize()}{done}{timeline_words.disputed(piece)}",
    }


def _mark(mark: Mark) -> Row:
    return {"Day": words.short_day(mark.on), "What": mark.word, "In a sentence": mark.sentence}
