"""
Out-of-fold predictions of scikit-learn's models on a table of bench/table-file.ts. {"path", "scoredFolds", "threads",
"models": [{"estimator", "params", "encoding", "output"}]} in; a file of doubles per model (per way to part the rows and
fold judged, the predictions for its rows), and [{"error"} or {}] out.
"""
import json
import sys
import warnings

import numpy
from estimators import estimator_of
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler, TargetEncoder
from table_file import read_table_file

warnings.filterwarnings("ignore")
job = json.load(sys.stdin)
table = read_table_file(job["path"])
words = table.categorical
numbers = [i for i in range(len(table.names)) if i not in words]


class MarkMissing(TransformerMixin, BaseEstimator):
    """1 where a column that had missing values when it was learned has one, else 0."""

    def fit(self, x, y=None):
        self.columns_ = numpy.isnan(x).any(axis=0)
        return self

    def transform(self, x):
        return numpy.isnan(x[:, self.columns_]).astype(float)


def encoder(encoding, seed):
    if encoding == "one-hot":
        one_hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
        return make_column_transformer((one_hot, words), ("passthrough", numbers))
    if encoding == "target":
        parts = KFold if table.n_classes == 0 else StratifiedKFold
        return make_column_transformer((TargetEncoder(cv=parts(5, shuffle=True, random_state=seed)), words), ("passthrough", numbers))
    if encoding == "dense":  # as core/preprocessing/dense.ts
        one_hot = OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=51, sparse_output=False)
        filled = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
        return make_column_transformer((one_hot, words), (filled, numbers), (MarkMissing(), numbers))
    return FunctionTransformer()


def predictions(model, way, seed):
    for fold in range(job["scoredFolds"]):
        train, test = (way >= 0) & (way != fold), way == fold
        encode = encoder(model["encoding"], seed)
        target = table.target[train] if table.n_classes == 0 else table.target[train].astype(int)
        native = words if model["encoding"] == "native" else []
        fitted = estimator_of(
            model["estimator"], table.n_classes, model["params"], seed, job["threads"], native
        ).fit(encode.fit_transform(table.columns[train], target), target)
        rows = encode.transform(table.columns[test])
        if table.n_classes == 0:
            yield fitted.predict(rows)
        else:
            shares = numpy.zeros((len(rows), table.n_classes))
            given = fitted.predict_proba(rows)
            if given.shape[1] == len(fitted.classes_):
                shares[:, fitted.classes_] = given
            else:  # HistGradientBoostingClassifier gives two columns for one class
                shares[numpy.arange(len(rows)), fitted.predict(rows)] = 1
            yield shares.ravel()


results = []
for model in job["models"]:
    try:
        parts = [part for seed, way in enumerate(table.folds, 1) for part in predictions(model, way, seed)]
        numpy.concatenate(parts).astype("<f8").tofile(model["output"])
        results.append({})
    except ValueError as error:
        results.append({"error": str(error).split("\n")[0]})
print(json.dumps(results))
