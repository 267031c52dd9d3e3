"""A census of a university in size: what it takes to build its release, and what an attacker then makes of it.

python -m bench.releases [students ...]

The students are invented: on courses of 90 to 400, in three stages, with the demo's shares of groups. Each size runs
in a process of its own, so that its memory is its own.
"""

import json
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from random import Random

from bench import machine, release_attacker
from bench.release_attacker import Families, Question
from data_access.members import ROOT
from engagement.studies import Level, Mode
from ingest.demo import equality as shares
from privacy import groupings
from privacy.cells import Cells, Counted
from privacy.characteristics import Dimension, Profile
from privacy.grouping import Combination
from privacy.lattice import Lattice, Node
from privacy.release import Release, build
from privacy.releases import FAMILIES, MEASURES, Cohort, Measure, Trait

SIZES = (3_125, 12_500, 50_000)
WHOLE = 12_500  # students up to which everything is attacked
SAMPLE = 400
_SMALLEST = 60  # students in each stage that has figures, as policy/release.toml has it
_SCHOOL = 3_000  # students of a school
_TRAITS: Mapping[Trait, Mapping[Mode, int] | Mapping[Level, int]] = {
    Trait.MODE: {Mode.FULL_TIME: 88, Mode.PART_TIME: 12},
    Trait.LEVEL: {Level.UNDERGRADUATE: 74, Level.TAUGHT_POSTGRADUATE: 26},
}
_OFTEN = {
    Measure.WELL: 0.71,
    Measure.LOW: 0.13,
    Measure.ABSENT: 0.16,
    Measure.MISSING: 0.22,
    Measure.SUGGESTED: 0.2,
    Measure.OFFERED: 0.14,
    Measure.MET: 0.1,
    Measure.PLANNED: 0.04,
    Measure.RECOVERED: 0.09,
    Measure.CONTINUED: 0.92,
}


def main(sizes: list[int]) -> None:
    """Print one line for each size."""
    print("A census by nine characteristics; CPU and peak memory of one process each")
    print(f"{machine.words()}\n")
    head = (
        "students",
        "nodes",
        "cells",
        "small",
        "beside",
        "unsaid",
        "CPU, s",
        "per 1,000",
        "peak, MB",
        "asked",
        "open",
    )
    print("".join(f"{name:>11}" for name in head))
    for size in sizes:
        ran = subprocess.run(
            [sys.executable, "-m", "bench.releases", "--one", str(size)],
            check=True,
            capture_output=True,
            text=True,
        )
        print("".join(f"{value:>11,}" for value in json.loads(ran.stdout.splitlines()[-1])), flush=True)
    print(
        "\nasked: hidden headcounts, attacked by the shares of all measures together, and silent shares, by those"
        f"\nof their family; all, of more than {WHOLE:,} students {SAMPLE} at random. open: given away, with fewer"
        "\nthan five values left of a headcount, or three of a share. The attacker is the bench's own."
    )


def one(size: int) -> None:
    """Build one, look at it with a fresh attacker, and print the line as JSON."""
    tables = counted(size, Random(7))
    before = time.process_time()
    made = build(tables, FAMILIES)
    cpu = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = (
        size,
        len(next(iter(tables.values())).cells.lattice.nodes),
        sum(len(release.headcounts) for release in made.values()),
        sum(release.audit.small for release in made.values()),
        sum(len(release.audit.beside) for release in made.values()),
        sum(len(release.audit.unsaid) for release in made.values()),
        round(cpu, 1),
        round(1000 * cpu / size, 2),
        peak,
        *attacked(tables, made, size),
    )
    print(json.dumps(line))


def attacked(tables: Mapping[str, Counted], made: Mapping[str, Release], size: int) -> tuple[int, int]:
    """How many questions the bench's own attacker was asked, and of how many it knew too much."""
    every = [
        (name, families, question)
        for name, of in tables.items()
        for families, questions in release_attacker.questions(of, made[name], FAMILIES)
        for question in questions
    ]
    chosen = every if size <= WHOLE else Random(7).sample(every, SAMPLE)
    together: dict[tuple[str, Families], list[Question]] = defaultdict(list)
    for name, families, question in chosen:
        together[name, families].append(question)
    found = 0
    for (name, families), asked in together.items():
        found += len(release_attacker.given_away(tables[name], made[name], families, asked))
    return len(chosen), found


def counted(size: int, rng: Random) -> dict[str, Counted]:
    """The tables of a census of so many invented students."""
    lattice, leaves = places(size, rng)
    measures = [one for one in MEASURES[Cohort.CENSUS] if one in _OFTEN]
    people: dict[str, Counter[tuple[str, Combination]]] = defaultdict(Counter)
    having: dict[str, dict[str, Counter[tuple[str, Combination]]]] = defaultdict(
        lambda: {one.name: Counter() for one in measures}
    )
    for leaf in leaves:
        profile, held = person(rng), drawn(measures, rng)
        for name, belonging in belongings(profile, rng).items():
            people[name][leaf, belonging] += 1
            for measure in held:
                having[name][measure.name][leaf, belonging] += 1
    return {
        name: Counted(Cells(lattice, groupings.GROUPINGS[name]), people[name], having[name])
        for name in people
    }


def places(size: int, rng: Random) -> tuple[Lattice, list[str]]:
    """The tree, and of each student the leaf."""
    nodes = [Node(ROOT, "University", "university")]
    leaves: list[str] = []
    course = 0
    while len(leaves) < size:
        if len(leaves) // _SCHOOL >= len([one for one in nodes if one.kind == "school"]):
            school = f"s{len(nodes)}"
            nodes.append(Node(school, school, "school", ROOT))
        here, course = min(rng.randint(90, 400), size - len(leaves)), course + 1
        nodes.append(Node(f"c{course}", f"Course {course}", "course", school))
        stages = 3 if here // 3 >= _SMALLEST else 0
        nodes += [Node(f"c{course}-{n}", f"stage {n}", "level", f"c{course}") for n in range(1, stages + 1)]
        leaves += [f"c{course}-{n % 3 + 1}" if stages else f"c{course}" for n in range(here)]
    return Lattice.of(nodes), leaves


def person(rng: Random) -> Profile:
    """A profile with the demo's shares."""
    return shares.drawn(rng, away=rng.random() < 0.15)


def drawn(measures: list[Measure], rng: Random) -> list[Measure]:
    """What holds for one student; nobody is rated both well and low, and a suggestion is over where there was one."""
    held = {one for one in measures if rng.random() < _OFTEN[one]}
    if Measure.WELL in held:
        held.discard(Measure.LOW)
    if Measure.SUGGESTED not in held:
        held.discard(Measure.RECOVERED)
    return [one for one in measures if one in held]


def belongings(profile: Profile, rng: Random) -> dict[str, Combination]:
    """By characteristic the groups that somebody is in."""
    own = {one.value: (str(rng.choices([*of], [*of.values()])[0]),) for one, of in _TRAITS.items()}
    return {one.value: groupings.belonging(one, profile) for one in Dimension} | own


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
