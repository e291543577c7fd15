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


def filled(values):
    smallest = values[values > 0].min()
    return np.where(values == 0, smallest / 1e6 if smallest <= 0.0001 else 0.0001, values)


def psi(reference, current):
    r, c = filled(reference), filled(current)
    return float(((r - c) * np.log(r / c)).sum())


def of_shares(reference, current):
    return {
        "jensenshannon": [float(jensenshannon(reference, current)), None],
        "psi": [psi(reference, current), None],
        "kl_div": [float(stats.entropy(filled(reference), filled(current))), None],
        "hellinger": [float(np.sqrt(((np.sqrt(reference) - np.sqrt(current)) ** 2).sum() / 2)), None],
    }


def mmd(reference, current):
    """By its definition, over all pairs of values; None of more values than the product looks at."""
    if max(len(reference), len(current)) > 500:
        return None
    both = np.concatenate([reference, current])
    distances = np.sort(np.abs(both[:, None] - both[None, :])[np.triu_indices(len(both), 1)])
    width = distances[len(distances) // 2]

    def kernel(x, y):
        apart = x[:, None] - y[None, :]
        return (np.exp(-((apart / width) ** 2)) if width > 0 else apart == 0).mean()

    return float(np.sqrt(max(0, kernel(reference, reference) + kernel(current, current) - 2 * kernel(reference, current))))


def two_sample(found):
    return [float(found.statistic), float(found.pvalue)]


def epps_singleton(reference, current):
    """None where scipy has no answer: too few values, or quartiles that are equal."""
    both = np.concatenate([reference, current])
    if min(len(reference), len(current)) < 5 or np.subtract(*np.quantile(both, [0.75, 0.25])) == 0:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return two_sample(stats.epps_singleton_2samp(reference, current))


def anderson(reference, current):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = stats.anderson_ksamp([reference, current])
    return [max(0.0, float(found.statistic)), float(found.pvalue)]


def mannwhitneyu(reference, current):
    found = stats.mannwhitneyu(reference, current)
    pairs = len(reference) * len(current)
    return [float(max(found.statistic, pairs - found.statistic) / pairs - 0.5), float(found.pvalue)]


def of_numbers(reference, current):
    ks = stats.ks_2samp(reference, current)
    r, c = shares(reference, current)
    quartiles = np.subtract(*np.quantile(reference, [0.75, 0.25])) / (2 * stats.norm.ppf(0.75))
    spread = min(reference.std(), quartiles) if quartiles > 0 else reference.std()
    return {
        "ks": [float(ks.statistic), float(ks.pvalue)],
        "wasserstein": [float(stats.wasserstein_distance(reference, current) / spread), None],
        "energy": [float(stats.energy_distance(reference, current) / np.sqrt(spread)), None],
        "mmd": [mmd(reference, current), None],
        "anderson": anderson(reference, current),
        "cramer_von_mises": two_sample(stats.cramervonmises_2samp(reference, current)),
        "epps_singleton": epps_singleton(reference, current),
        "mannw": mannwhitneyu(reference, current),
        "t_test": [abs(each) if i == 0 else each for i, each in enumerate(two_sample(stats.ttest_ind(reference, current)))],
        **of_shares(r, c),
    }


def of_categories(reference, current):
    chisquare = stats.chi2_contingency(np.array([reference, current]), correction=False)
    r, c = reference / reference.sum(), current / current.sum()
    counts = np.array([reference, current])
    likelihood = stats.chi2_contingency(counts, correction=False, lambda_="log-likelihood")
    return {
        "chisquare": two_sample(chisquare),
        "g_test": two_sample(likelihood),
        "tvd": [float(np.abs(r - c).sum() / 2), None],
        **of_shares(r, c),
        **(of_two_categories(counts) if len(r) == 2 else {}),
    }


def of_two_categories(counts):
    """The z-test of two proportions is the chi-square test of two categories: z² is its statistic."""
    chisquare = stats.chi2_contingency(counts, correction=False)
    shares = counts[:, 0] / counts.sum(axis=1)
    return {
        "z": [float(np.sqrt(chisquare.statistic)), float(chisquare.pvalue)],
        "fisher_exact": [float(abs(shares[0] - shares[1])), float(stats.fisher_exact(counts.astype(int)).pvalue)],
    }


def answer(pair):
    of = of_numbers if pair["kind"] == "numeric" else of_categories
    return of(np.array(pair["reference"], dtype=float), np.array(pair["current"], dtype=float))


json.dump([answer(pair) for pair in json.load(sys.stdin)], sys.stdout)
