"""The originals by name, with n_jobs, seed and categorical columns put where each wants them."""
import numpy


class LightGBM:
    """lightgbm.train, the construction of its Dataset included."""

    def __init__(self, classes, params, seed, threads, categorical):
        import lightgbm

        self.library = lightgbm
        self.params = {**params, "seed": seed, "num_threads": threads, "verbosity": -1}
        self.params["objective"] = ["regression", "regression", "binary"][classes]
        self.rounds = self.params.pop("n_estimators")
        self.categorical = categorical
        self.threads = threads

    def fit(self, x, y):
        data = self.library.Dataset(x, y, categorical_feature=self.categorical or "auto")
        self.booster = self.library.train(self.params, data, self.rounds)
        return self

    def predict(self, x):
        return self.booster.predict(x, num_threads=self.threads)

    def predict_proba(self, x):
        positive = self.predict(x)
        return numpy.column_stack([1 - positive, positive])


def estimator_of(name, classes, params, seed, threads, categorical):
    """A model that fits like scikit-learn's; `classes` is 0 for regression."""
    if name == "LightGBM":
        return LightGBM(classes, params, seed, threads, categorical)
    import sklearn.ensemble
    import sklearn.linear_model

    own = {}
    if name.startswith("RandomForest"):
        own = {"n_jobs": threads, "random_state": seed}
    elif name.startswith("HistGradientBoosting"):
        own = {"random_state": seed, "categorical_features": categorical or None}
    where = sklearn.ensemble if own else sklearn.linear_model
    return getattr(where, name)(**params, **own)


def layout_of(name):
    """The element type and order that were the fastest of four (float64 or float32, by column or by row) for a million rows."""
    if name == "LightGBM" or name.startswith("HistGradientBoosting"):
        return numpy.float64, "F"
    return numpy.float32, "C"
