"""The release builder: counts a census by every characteristic, lets the attacker try, and keeps what may be said."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

import policy
from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import census, equality, gate
from data_access.census import Census, Member
from data_access.equality import Groups
from data_access.published import PUBLISH
from data_access.tables import Release, ReleaseCell, ReleaseNode
from engagement.measure import Rating
from engagement.studies import Level, Mode
from privacy import release
from privacy.characteristics import GROUPS, UNKNOWN, Dimension
from privacy.disclosure import ONS_10_5_OFS
from privacy.evidence import verdicts
from privacy.labels import Category
from privacy.lattice import ALL, Key
from privacy.purposes import Purpose
from privacy.releases import NOT_SHOWN, PEOPLE, Measure, State, Trait

_COUNT = Act(Action.READ, Category.ENGAGEMENT, Purpose.EQUALITY)
_TRAITS: Mapping[Trait, tuple[str, ...]] = {
    Trait.MODE: tuple(mode.value for mode in Mode),
    Trait.LEVEL: tuple(level.value for level in Level),
    Trait.RATING: tuple(str(one) for one in Rating),
}


def build(viewer: Viewer, since: date, on: date, at: datetime) -> int:
    """Build the release of the census of that day; its number. It waits for a second person's approval.

    `since` is the first day of what is counted as having happened. The counts are of today's data; for the job.
    """
    with gate.reading(viewer, None, _COUNT, at, only={Role.SERVICE}) as opened:
        counted = census.of(opened.session, policy.current().institution.name, since, on)
    known = equality.profiles(viewer, at)
    hidden = frozenset(
        key  # a total that one characteristic must hide is hidden in all
        for name, categories in _dimensions().items()
        for key in release.beside(counted.lattice, categories, _counts(counted, name, known)[0])
        if key[1] == ALL
    )
    made = {
        name: _one(counted, name, categories, known, hidden) for name, categories in _dimensions().items()
    }
    with gate.writing(viewer, None, PUBLISH, at) as opened:
        row = Release(
            census=on,
            state=State.BUILT,
            rule=rule(),
            audit=json.dumps({name: _audited(one) for name, one in made.items()}),
            built_at=at,
        )
        opened.session.add(row)
        opened.session.flush()
        _write(opened.session, row.id, counted, made, known)
        return row.id


def rule() -> str:
    """The hash of the rules in force: two releases of one hash were made alike."""
    names = {name: list(categories) for name, categories in _dimensions().items()}
    said = json.dumps([asdict(ONS_10_5_OFS), release.CANDIDATES, names, list(Measure)], sort_keys=True)
    return sha256(said.encode()).hexdigest()[:16]


def _dimensions() -> dict[str, tuple[str, ...]]:
    found = {dimension.value: GROUPS[dimension].names for dimension in Dimension}
    return found | {trait.value: names for trait, names in _TRAITS.items()}


def _group(member: Member, dimension: str, known: Mapping[str, Groups]) -> str:
    if dimension in set(Trait):
        return member.traits[Trait(dimension)]
    groups = known.get(equality.pseudonym(member.person))
    return groups[Dimension(dimension)] if groups else UNKNOWN


def _counts(
    counted: Census, dimension: str, known: Mapping[str, Groups]
) -> tuple[Counter[Key], dict[Measure, Counter[Key]]]:
    people: Counter[Key] = Counter()
    having: dict[Measure, Counter[Key]] = {measure: Counter() for measure in Measure}
    for member in counted.members:
        key = (member.leaf, _group(member, dimension, known))
        people[key] += 1
        for measure in member.measures:
            having[measure][key] += 1
    return people, having


def _one(
    counted: Census,
    dimension: str,
    categories: Sequence[str],
    known: Mapping[str, Groups],
    hidden: frozenset[Key],
) -> release.Release:
    people, having = _counts(counted, dimension, known)
    measured = (
        {} if dimension == Trait.RATING else {measure.name: counts for measure, counts in having.items()}
    )
    return release.build(counted.lattice, categories, people, measured, hidden=hidden)


def _audited(made: release.Release) -> dict[str, Any]:
    return {"small": made.audit.small, "beside": made.audit.beside, "unsaid": made.audit.unsaid}


def _write(
    session: Session,
    number: int,
    counted: Census,
    made: Mapping[str, release.Release],
    known: Mapping[str, Groups],
) -> None:
    nodes = [
        {"release": number, "place": place, "node": n.id, "name": n.name, "kind": n.kind, "parent": n.parent}
        for place, n in enumerate(counted.lattice.nodes)
    ]
    session.execute(insert(ReleaseNode), nodes)
    cells = [
        {"release": number, **cell}
        for name, one in made.items()
        for cell in _cells(counted, name, one, known)
    ]
    session.execute(insert(ReleaseCell), cells)


def _cells(
    counted: Census, dimension: str, made: release.Release, known: Mapping[str, Groups]
) -> Iterator[dict[str, object]]:
    """Each figure of the dimension; all of a node are `[x]` where more than half there have not told the group."""
    categories = _dimensions()[dimension]
    people, having = _counts(counted, dimension, known)
    exact = counted.lattice.summed(people, categories)
    hidden = {
        node.id
        for node in counted.lattice.nodes
        if 2 * exact.get((node.id, UNKNOWN), 0) > exact[node.id, ALL]
    }
    judged = {measure: _judged(counted, dimension, exact, having[Measure[measure]]) for measure in made.rates}
    figures: list[tuple[str, Mapping[Key, str]]] = [(PEOPLE, made.headcounts), *made.rates.items()]
    for figure, said in figures:
        for node in counted.lattice.nodes:
            for place, category in enumerate((ALL, *categories)):
                key = (node.id, category)
                shown = category == ALL or node.id not in hidden
                yield {
                    "node": node.id,
                    "dimension": dimension,
                    "place": place,
                    "figure": figure,
                    "category": category,
                    "value": said[key] if shown else NOT_SHOWN,
                    "verdict": judged.get(figure, {}).get(key, "") if shown else "",
                }


def _judged(
    counted: Census, dimension: str, exact: Mapping[Key, int], counts: Mapping[Key, int]
) -> dict[Key, str]:
    """The verdicts on one measure's gaps, at each node among the groups that are known."""
    categories = _dimensions()[dimension]
    known = [category for category in categories if category != UNKNOWN]
    reference = GROUPS[Dimension(dimension)].reference if dimension in set(Dimension) else ""
    having = counted.lattice.summed(counts, categories)
    found = {}
    for node in counted.lattice.nodes:
        groups = {c: (having[node.id, c], exact[node.id, c]) for c in known if exact[node.id, c]}
        for category, verdict in verdicts(groups, reference).items():
            found[node.id, category] = verdict.value
    return found
