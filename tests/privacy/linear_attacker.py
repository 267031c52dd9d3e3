"""An attacker of the tests' own: slower and stronger than the builder's, for it looks at all tables at once.

Its unknowns are people by leaf and by what they are in every characteristic, so that each published figure of each
table is a plain sum of them. It shares no code with the builder's.
"""

from itertools import product
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog

from privacy.disclosure import FEW, HARDLY_ANY, NEARLY_ALL, number, step, values
from privacy.lattice import ALL

NEAR = 1e-6


class LinearAttacker:
    """What follows from all tables of a release, and from the shares of one family of measures."""

    def __init__(self, tables, made, rules, family=None):
        self.tables, self.rules = tables, rules
        self.measures = family.measures if family else ()
        cells = next(iter(tables.values())).cells
        self.lattice = cells.lattice
        leaves = [node.id for node in self.lattice.nodes if not self.lattice.children(node.id)]
        belonging = [sorted(one.cells.grouping.combinations) for one in tables.values()]
        self.unknown = list(product(leaves, *belonging))
        self.size = len(self.unknown)
        self.rows, self.limits = [], []
        for name, release in made.items():
            for key, said in release.headcounts.items():
                self.headcount(self.people_in(name, key), said, key in release.audit.beside)
        for n in range(self.size) if family else ():
            self.related(n, family)
        for name, release in made.items() if family else ():
            for measure in self.measures:
                for key, said in release.shares[measure].items():
                    self.share(name, measure, key, said, release.headcounts[key])
        self.a, self.b = np.array(self.rows), np.array(self.limits)

    def people_in(self, name, key):
        node, cell = key
        place = list(self.tables).index(name)
        grouping = self.tables[name].cells.grouping
        return np.array(
            [
                float(node in self.lattice.chain(leaf) and (cell == ALL or grouping.holds(cell, own[place])))
                for leaf, *own in self.unknown
            ]
        )

    def people(self, name, key):
        """The fewest and the most people in a cell of a table."""
        return self.range(self.wide(self.people_in(name, key)))

    def having(self, name, measure, key):
        """The same of those of them who have what the measure counts."""
        return self.range(self.wide(self.people_in(name, key), measure))

    def without(self, name, measure, key):
        """The same of those who have it not."""
        places = self.people_in(name, key)
        return self.range(self.wide(places) - self.wide(places, measure))

    def wide(self, places, measure=""):
        """The places among all unknowns: people first, then those who have each measure."""
        block = 1 + self.measures.index(measure) if measure else 0
        found = np.zeros(self.size * (1 + len(self.measures)))
        found[block * self.size : (block + 1) * self.size] = places
        return found

    def at_most(self, weights, limit):
        self.rows.append(weights)
        self.limits.append(limit)

    def headcount(self, places, said, beside):
        low, high = (self.rules.smallest, 1e6) if beside and said == FEW else values(said, self.rules)
        self.at_most(self.wide(places), high)
        self.at_most(-self.wide(places), -low)

    def related(self, n, family):
        here = np.zeros(self.size)
        here[n] = 1
        each = [self.wide(here, measure) for measure in self.measures]
        for one in each:
            self.at_most(one - self.wide(here), 0)
        if family.apart:
            self.at_most(sum(each) - self.wide(here), 0)
        for one in each[1:] if not family.apart else ():
            self.at_most(one - each[0], 0)

    def share(self, name, measure, key, said, headcount):
        people = self.wide(self.people_in(name, key))
        having = self.wide(self.people_in(name, key), measure)
        edge = self.rules.edge
        if said == HARDLY_ANY:
            self.at_most(having, edge)
        elif said == NEARLY_ALL:
            self.at_most(people - having, edge)
        elif (share := number(said)) is not None:
            half = step(int(headcount), self.rules) / 2
            self.at_most(having - (share + half) / 100 * people, 0)
            self.at_most((share - half) / 100 * people - having, 0)
            self.at_most(-having, -edge - 1)
            self.at_most(having - people, -edge - 1)

    def range(self, wanted):
        found = [linprog(way * wanted, A_ub=self.a, b_ub=self.b, method="highs") for way in (1, -1)]
        assert all(one.success for one in found), "the release contradicts itself"
        return ceil(found[0].fun - NEAR), floor(-found[1].fun + NEAR)
