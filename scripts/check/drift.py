"""Reads pairs of samples as JSON on standard input, and prints what scipy makes of each."""

import json
import sys
import warnings

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon

warnings.simplefilter("error")


def shares(reference, current):
    """Shares of ranges of equal width, as many as Sturges' rule gives; of up to twenty values, of each value."""
    values = np.unique(reference)
    if len(values) > 20:
        edges = np.histogram_bin_edges(np.concatenate([reference, current]), bins="sturges")
        return [np.histogram(each, edges)[0] / len(each) for each in (reference, current)]
    values = np.union1d(values, current)
    return [np.array([(each == value).mean() for value in values]) for each in (reference, current)]


def psi(reference, current):
    def filled(values):
        smallest = values[values > 0].min()
        return np.where(values == 0, smallest / 1e6 if smallest <= 0.0001 else 0.0001, values)

    r, c = filled(reference), filled(current)
    return float(((r - c) * np.log(r / c)).sum())


def of_numbers(reference, current):
    ks = stats.ks_2samp(reference, current)
    r, c = shares(reference, current)
    quartiles = np.subtract(*np.quantile(reference, [0.75, 0.25])) / (2 * stats.norm.ppf(0.75))
    spread = min(reference.std(), quartiles) if quartiles > 0 else reference.std()
    return {
        "ks": [float(ks.statistic), float(ks.pvalue)],
        "wasserstein": [float(stats.wasserstein_distance(reference, current) / spread), None],
        "jensenshannon": [float(jensenshannon(r, c)), None],
        "psi": [psi(r, c), None],
    }


def of_categories(reference, current):
    chisquare = stats.chi2_contingency(np.array([reference, current]), correction=False)
    r, c = reference / reference.sum(), current / current.sum()
    return {
        "chisquare": [float(chisquare.statistic), float(chisquare.pvalue)],
        "jensenshannon": [float(jensenshannon(r, c)), None],
        "psi": [psi(r, c), None],
    }


def answer(pair):
    of = of_numbers if pair["kind"] == "numeric" else of_categories
    return of(np.array(pair["reference"], dtype=float), np.array(pair["current"], dtype=float))


json.dump([answer(pair) for pair in json.load(sys.stdin)], sys.stdout)
