"""Our rounding and our statistics beside those of the offices and of statsmodels, which are in no other way used."""

import numpy as np
import pandas as pd
import pytest
from cell_key_perturbation.create_perturbed_table import create_perturbed_table
from cell_key_perturbation.utils.generate_test_ptable import generate_ptable_10_5_rule
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from privacy.disclosure import FEW, headcount
from privacy.statistics import funnel, holm, mantel_haenszel, newcombe, wilson

sizes = st.integers(1, 400)


@st.composite
def counted(draw):
    """How many of how many, twice."""
    n, m = draw(sizes), draw(sizes)
    return draw(st.integers(0, n)), n, draw(st.integers(0, m)), m


def test_headcounts_are_those_of_the_ons_package():
    counts = [*range(1, 30), 47, 48, 52, 53, 99]
    rng = np.random.default_rng(1)
    people = pd.DataFrame({"group": [str(n) for n in counts for _ in range(n)]})
    people["record_key"] = rng.integers(0, 256, len(people))
    table = create_perturbed_table(people, generate_ptable_10_5_rule(), [], ["group"], "record_key")
    theirs = dict(zip(table["group"], table["count"], strict=True))
    for n in counts:
        said = theirs[str(n)]
        assert headcount(n) == (FEW if pd.isna(said) else f"{said:.0f}"), n


@settings(deadline=None)
@given(counted())
def test_intervals_are_those_of_statsmodels(four):
    x, n, y, m = four
    assert wilson(x, n) == pytest.approx(proportion_confint(x, n, method="wilson"), abs=1e-9)
    theirs = confint_proportions_2indep(x, n, y, m, method="newcomb", compare="diff")
    assert newcombe(x, n, y, m) == pytest.approx(theirs, abs=1e-9)


@settings(deadline=None, max_examples=40)  # theirs takes its time
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_several_comparisons_are_corrected_as_statsmodels_does(values):
    assert holm(values) == pytest.approx(multipletests(values, method="holm")[1])


@settings(deadline=None, max_examples=50)
@given(st.lists(counted().filter(lambda f: 0 < f[0] < f[1] and 0 < f[2] < f[3]), min_size=1, max_size=6))
def test_the_odds_over_strata_are_those_of_statsmodels(strata):
    tables = [np.array([[x, n - x], [y, m - y]]) for x, n, y, m in strata]
    assert mantel_haenszel(strata) == pytest.approx(StratifiedTable(tables).oddsratio_pooled)


@settings(deadline=None)
@given(st.integers(1, 99), st.integers(23, 600), st.sampled_from([0.95, 0.998]))
def test_the_limits_of_a_funnel_are_scipys_quantiles(share, n, confidence):
    tail = (1 - confidence) / 2
    theirs = binom.ppf([tail, 1 - tail], n, share / 100) / n
    assert funnel(share / 100, n, confidence) == pytest.approx(tuple(theirs), abs=1e-9)
