"""LightGBM, XGBoost and CatBoost as scikit-learn's models are: the construction of what they learn from is part of `fit`."""
import numpy


class LightGBM:
    def __init__(self, classes, params, seed, threads, categorical):
        import lightgbm

        self.library = lightgbm
        self.params = {**params, "seed": seed, "num_threads": threads, "verbosity": -1}
        self.params["objective"] = ["regression", "regression", "binary"][classes]
        self.rounds = self.params.pop("n_estimators")
        self.categorical = categorical
        self.threads = threads

    @staticmethod
    def prepared(x, categorical):
        return numpy.asarray(x, dtype=numpy.float64, order="F")

    def fit(self, x, y):
        data = self.library.Dataset(x, y, categorical_feature=self.categorical or "auto")
        self.booster = self.library.train(self.params, data, self.rounds)
        return self

    def predict(self, x):
        return self.booster.predict(x, num_threads=self.threads)

    def predict_proba(self, x):
        return two_columns(self.predict(x))


class XGBoost:
    def __init__(self, classes, params, seed, threads, categorical):
        import xgboost

        self.library = xgboost
        own = {"tree_method": "hist", "seed": seed, "nthread": threads}
        self.params = {**params, **own}
        self.params["objective"] = ["reg:squarederror", "reg:squarederror", "binary:logistic"][classes]
        # A row's hessian is 1 for values: the least rows of a leaf, which XGBoost does not know as such.
        least_rows = self.params.pop("min_rows_of_values")
        if classes == 0:
            self.params["min_child_weight"] = least_rows
        self.rounds = self.params.pop("n_estimators")
        self.categorical = categorical
        self.threads = threads

    @staticmethod
    def prepared(x, categorical):
        return numpy.asarray(x, dtype=numpy.float32, order="C")

    def types(self, x):
        return ["c" if i in self.categorical else "q" for i in range(x.shape[1])]

    def fit(self, x, y):
        data = self.library.QuantileDMatrix(
            x,
            y,
            max_bin=self.params["max_bin"],
            nthread=self.threads,
            feature_types=self.types(x),
            enable_categorical=True,
        )
        self.booster = self.library.train(self.params, data, self.rounds)
        return self

    def predict(self, x):
        data = self.library.DMatrix(x, nthread=self.threads, feature_types=self.types(x), enable_categorical=True)
        return self.booster.predict(data)

    def predict_proba(self, x):
        return two_columns(self.predict(x))


class CatBoost:
    def __init__(self, classes, params, seed, threads, categorical):
        import catboost

        self.library = catboost
        create = catboost.CatBoostRegressor if classes == 0 else catboost.CatBoostClassifier
        own = {"random_seed": seed, "thread_count": threads, "verbose": False, "allow_writing_files": False}
        self.model = create(**params, **own)
        self.categorical = categorical

    @staticmethod
    def prepared(x, categorical):
        if not categorical:
            return numpy.asarray(x, dtype=numpy.float32, order="F")
        import pandas

        # Categories have to be whole numbers or text: -1 is what is missing.
        table = pandas.DataFrame(x)
        return table.assign(**{str(i): table[i].fillna(-1).astype(int) for i in categorical}).drop(columns=categorical)

    def words(self, x):
        return [] if isinstance(x, numpy.ndarray) else [name for name in x.columns if isinstance(name, str)]

    def fit(self, x, y):
        self.model.fit(self.library.Pool(x, y, cat_features=self.words(x)))
        return self

    def predict(self, x):
        return self.model.predict(self.library.Pool(x, cat_features=self.words(x)))

    def predict_proba(self, x):
        return self.model.predict_proba(self.library.Pool(x, cat_features=self.words(x)))


def two_columns(positive):
    return numpy.column_stack([1 - positive, positive])


LIBRARIES = {"LightGBM": LightGBM, "XGBoost": XGBoost, "CatBoost": CatBoost}
