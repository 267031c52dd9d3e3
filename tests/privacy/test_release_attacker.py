"""The attacker of the bench finds in figures that nobody has protected what that of the tests finds there."""

from bench.release_attacker import given_away, questions
from privacy.disclosure import FEW, ONS_10_5_OFS, headcount, rate
from privacy.release import Audit, Release, build
from tests.privacy.linear_attacker import LinearAttacker
from tests.privacy.test_release import SUGGESTED, university


def unprotected(of):
    exact = of.cells.summed(of.people)
    heads = {key: headcount(count) for key, count in exact.items()}
    having = of.cells.summed(of.having["suggested"])
    shares = {key: FEW if heads[key] == FEW else rate(having[key], n) for key, n in exact.items()}
    return Release(heads, {"suggested": shares}, Audit(0, ()))


def test_both_attackers_find_the_same_in_a_release_that_nobody_has_protected_and_neither_finds_more_in_ours():
    found = 0
    for seed in (2, 50, 77):
        tables = university(seed, courses=4, groups=3, measures=SUGGESTED.measures)
        (of,) = tables.values()
        for made in (unprotected(of), build(tables, [SUGGESTED])["t0"]):
            other = LinearAttacker(tables, {"t0": made}, ONS_10_5_OFS, SUGGESTED)
            ours = set()
            for families, asked in questions(of, made, [SUGGESTED]):
                ours |= set(given_away(of, made, families, asked))
                assert ours.issuperset(one for one in asked if told(other, one))
                assert all(told(other, one) for one in ours.intersection(asked))
            found += len(ours)
        assert not ours
    assert found


def told(attacker, one):
    if not one.measure:
        low, high = attacker.people("t0", one.key)
        return high - low + 1 < one.remain
    low, high = (attacker.without if one.without else attacker.having)("t0", one.measure, one.key)
    return high - low + 1 < one.remain and attacker.people("t0", one.key)[1] >= 2
