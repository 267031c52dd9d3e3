"""The release builder: counts a cohort by every characteristic, lets the attacker try, and keeps what may be said."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import islice

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

import policy
from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import census, equality, gate, releases, went_on
from data_access.members import Member, Members
from data_access.published import PUBLISH
from data_access.tables import Release, ReleaseCell, ReleaseNode
from policy.days import london_day, monday
from privacy import evidence, groupings, hiding, release_cells, unsaying
from privacy.cells import Cells, Counted
from privacy.characteristics import DOMICILES, UNKNOWN, Dimension, Profile
from privacy.disclosure import PROFILES
from privacy.grouping import Combination
from privacy.labels import Category
from privacy.lattice import ALL
from privacy.purposes import Purpose
from privacy.release import Before, build
from privacy.release import Release as Made
from privacy.releases import FAMILIES, MEASURES, NOBODY, PEOPLE, RATED, Cohort, Measure, State, Trait
from privacy.releases import Release as Said

_COUNT = Act(Action.READ, Category.ENGAGEMENT, Purpose.EQUALITY)
_AT_ONCE = 20_000  # rows that are inserted together
Known = Mapping[str, Profile]
"""What the separate store holds, by pseudonym."""
Place = tuple[str, Combination]
"""A leaf, and where somebody belongs."""


@dataclass(frozen=True)
class Wanted:
    """A release to be built: of which cohort, and of which day.

    `since` is the first day of what counts as having happened. The students of a week are those of the `census`, as
    they were `known` when its release was built.
    """

    cohort: Cohort
    on: date
    since: date
    census: date
    known: datetime


def due(viewer: Viewer, at: datetime) -> tuple[Wanted, ...]:
    """What there is no release of yet and can be one, in the order in which it is to be built. For the job.

    What became of a year's students comes first: their characteristics go when the census after it is counted.
    """
    gate.only(viewer, _COUNT, at, Role.SERVICE)
    ours, today = policy.current(), london_day(at)
    built = {
        (one.cohort, one.census): one
        for one in releases.all_of(viewer, at)
        if one.state is not State.WITHDRAWN
    }
    past = ours.release.past(ours.calendar, today)
    starts = {year.first for year in ours.calendar.earlier}
    wanted = [
        Wanted(cohort, on, since, on, at)
        for cohort in (Cohort.FINISHING, Cohort.AWARDS)
        for since, on in past
        if since in starts and (later := went_on.told_by(on)) and later < today
    ]
    wanted += [Wanted(Cohort.CENSUS, on, since, on, at) for since, on in past]
    wanted += _weeks(past, built, today)
    return tuple(one for one in wanted if (one.cohort, one.on) not in built)


def make(viewer: Viewer, wanted: Wanted, at: datetime) -> int | None:
    """Build a release; its number. It waits for a second person's approval. For the job.

    None where what it would tell is not known yet, or of nobody. The counts are of today's data.
    """
    known = equality.finest(viewer, at)
    with gate.reading(viewer, None, _COUNT, at, only={Role.SERVICE}) as opened:
        counted = _members(opened.session, wanted, known, at)
        before = _before(opened.session, wanted) if wanted.cohort is Cohort.WEEK else None
    if counted is None or not counted.members:
        return None
    rules = PROFILES[policy.current().release.profile]
    measures = [one for one in MEASURES[wanted.cohort] if one in counted.known]
    dimensions = _dimensions(wanted.cohort)
    tables = {name: _table(counted, name, measures, known) for name in dimensions}
    made = build(tables, FAMILIES, rules, before)
    waits = {name: _waits(counted, name, known) for name in dimensions}
    with gate.writing(viewer, None, PUBLISH, at) as opened:
        row = _row(wanted, made, at)
        opened.session.add(row)
        opened.session.flush()
        _write_nodes(opened.session, row.id, counted)
        for name in dimensions:
            said = release_cells.said(name, tables[name], made[name], waits[name], rules)
            rows = ({"release": row.id, **asdict(one)} for one in said)
            while some := list(islice(rows, _AT_ONCE)):
                opened.session.execute(insert(ReleaseCell), some)
        if wanted.cohort is Cohort.WEEK:
            _approve(opened.session, row, wanted.census, at)
        return row.id


def _weeks(
    past: Sequence[tuple[date, date]], built: Mapping[tuple[Cohort, date], Said], today: date
) -> Iterator[Wanted]:
    """The whole weeks of the last term whose census has a release, from its first on; the next census ends them."""
    for since, on in past[-1:]:
        if census_of := built.get((Cohort.CENSUS, on)):
            sunday = monday(since) + timedelta(days=6)
            while sunday < today:
                yield Wanted(Cohort.WEEK, sunday, since, on, census_of.built_at)
                sunday += timedelta(weeks=1)


def rule() -> str:
    """The hash of the rules in force: two releases of one hash were made alike."""
    ours = policy.current()
    said = [
        asdict(PROFILES[ours.release.profile]),
        ours.release.model_dump(mode="json"),
        ours.engagement.model_dump(
            mode="json"
        ),  # what the ratings and suggestions that are counted come from
        (hiding.CANDIDATES, unsaying.WIDE, evidence.LEAST),
        {name: asdict(grouping) for name, grouping in groupings.GROUPINGS.items()},
        {one.name: str(one) for one in Measure},
        {cohort: [one.name for one in measures] for cohort, measures in MEASURES.items()},
        [asdict(family) for family in FAMILIES],
    ]
    return sha256(json.dumps(said, sort_keys=True, default=sorted).encode()).hexdigest()[:16]


def _before(session: Session, wanted: Wanted) -> Before:
    """What every release of the census says of the same students, whom a week counts again."""
    r, c = Release, ReleaseCell
    standing = r.cohort == Cohort.CENSUS, r.census == wanted.census, r.state != State.WITHDRAWN
    heads = (
        select(c.node, c.value)
        .join(r, r.id == c.release)
        .where(*standing, c.figure == PEOPLE, c.group == ALL)
    )
    said = defaultdict[str, set[str]](set)
    for node, value in session.execute(heads.distinct()):
        said[node].add(value)
    unsaid = {
        (measure, node)
        for audit in session.scalars(select(r.audit).where(*standing))
        for table in json.loads(audit).values()
        for measure, (node, group) in table["unsaid"]
        if group == ALL
    }
    # Of the ratings the one that no census tells would tell the other: nearly every student has one of the three.
    more = {one.name for one in RATED if one not in MEASURES[Cohort.CENSUS]}
    unsaid |= {(one, node) for measure, node in unsaid if Measure[measure] in RATED for one in more}
    return Before({node: min(values) for node, values in said.items() if len(values) == 1}, frozenset(unsaid))


def _members(session: Session, wanted: Wanted, known: Known, at: datetime) -> Members | None:
    university = policy.current().institution.name
    match wanted.cohort:
        case Cohort.CENSUS:
            return census.of(session, university, wanted.since, wanted.on, at)
        case Cohort.WEEK:
            return census.week(session, university, wanted.census, wanted.known, wanted.on)
        case Cohort.FINISHING:
            return went_on.finishing(session, university, wanted.on, at)
        case Cohort.AWARDS:
            return went_on.awarded(session, university, wanted.on, at, lambda person: _uk(person, known))


def _uk(person: int, known: Known) -> bool:
    profile = known.get(equality.pseudonym(person))
    return profile is not None and DOMICILES.get(profile.domicile or UNKNOWN) == "UK"


def _dimensions(cohort: Cohort) -> Sequence[str]:
    """A week is told of everybody together alone."""
    return (NOBODY,) if cohort is Cohort.WEEK else [name for name in groupings.GROUPINGS if name != NOBODY]


def _belonging(member: Member, dimension: str, known: Known) -> Combination:
    if dimension == NOBODY:
        return ()
    if dimension in set(Trait):
        return (member.traits[Trait(dimension)],)
    return groupings.belonging(Dimension(dimension), known.get(equality.pseudonym(member.person)))


def _table(counted: Members, dimension: str, measures: Sequence[Measure], known: Known) -> Counted:
    people: Counter[Place] = Counter()
    having: dict[str, Counter[Place]] = {one.name: Counter() for one in measures}
    for member in counted.members:
        here = member.leaf, _belonging(member, dimension, known)
        people[here] += 1
        for measure in member.measures.intersection(measures):
            having[measure.name][here] += 1
    return Counted(Cells(counted.lattice, groupings.GROUPINGS[dimension]), people, having)


def _waits(counted: Members, dimension: str, known: Known) -> dict[Place, list[int]]:
    """The days that students waited for an offer, by leaf and combination of groups."""
    found: dict[Place, list[int]] = defaultdict(list)
    for member in counted.members:
        if member.waited is not None:
            found[member.leaf, _belonging(member, dimension, known)].append(member.waited)
    return found


def _row(wanted: Wanted, made: Mapping[str, Made], at: datetime) -> Release:
    return Release(
        cohort=wanted.cohort,
        census=wanted.on,
        state=State.BUILT,
        rule=rule(),
        profile=policy.current().release.profile,
        audit=json.dumps({name: asdict(one.audit) for name, one in made.items()}),
        built_at=at,
    )


def _approve(session: Session, week: Release, census: date, at: datetime) -> None:
    """Approve a week with its census. Last of all: once it is approved nothing can be put into it."""
    if census_of := _approved(session, census, week.rule):
        week.state, week.approved_at = State.APPROVED, at
        week.approved_by, week.approved_name = census_of.approved_by, census_of.approved_name


def _approved(session: Session, census: date, rule: str) -> Release | None:
    """The approved release of that census, if by these rules: with it every week of the same students is approved."""
    question = select(Release).where(
        Release.cohort == Cohort.CENSUS,
        Release.census == census,
        Release.rule == rule,
        Release.state == State.APPROVED,
    )
    return session.scalar(question)


def _write_nodes(session: Session, number: int, counted: Members) -> None:
    nodes = [
        {"release": number, "place": place, "node": n.id, "name": n.name, "kind": n.kind, "parent": n.parent}
        for place, n in enumerate(counted.lattice.nodes)
    ]
    session.execute(insert(ReleaseNode), nodes)
