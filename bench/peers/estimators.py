"""The originals by name, with n_jobs, seed and categorical columns put where each wants them."""
import numpy
from boosting_libraries import LIBRARIES


def estimator_of(name, classes, params, seed, threads, categorical):
    """A model that fits like scikit-learn's; `classes` is 0 for regression."""
    if name in LIBRARIES:
        return LIBRARIES[name](classes, params, seed, threads, categorical)
    import sklearn.ensemble
    import sklearn.linear_model

    own = {}
    if name.startswith("RandomForest"):
        own = {"n_jobs": threads, "random_state": seed}
    elif name.startswith("HistGradientBoosting"):
        own = {"random_state": seed, "categorical_features": categorical or None}
    where = sklearn.ensemble if own else sklearn.linear_model
    return getattr(where, name)(**params, **own)


def prepared(name, x, categorical):
    """The rows in the element type and order that suit the model best (of scikit-learn's and LightGBM's the fastest of float64
    or float32, by column or by row, for a million rows)."""
    if name in LIBRARIES:
        return LIBRARIES[name].prepared(x, categorical)
    if name.startswith("HistGradientBoosting"):
        return numpy.asarray(x, dtype=numpy.float64, order="F")
    return numpy.asarray(x, dtype=numpy.float32, order="C")
