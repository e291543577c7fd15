"""Scores of scikit-learn's models on a generated table: {"path", "target", "models", "split"} in, {model: {metric: score}} out."""
import json
import sys

import pandas
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, r2_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

job = json.load(sys.stdin)
table = pandas.read_csv(job["path"]).drop(columns="customerID", errors="ignore")
target = table.pop(job["target"])
if target.dtype == object or str(target.dtype).startswith("str"):
    target = (target == sorted(target.unique())[-1]).astype(int)
words = [name for name in table.columns if not pandas.api.types.is_numeric_dtype(table[name])]
numbers = [name for name in table.columns if name not in words]
table[numbers] = table[numbers].fillna(table[numbers].median())

encode = make_column_transformer(
    (OneHotEncoder(handle_unknown="ignore", drop="if_binary"), words), (StandardScaler(), numbers)
)
forest = {"n_estimators": 100, "n_jobs": 2, "random_state": 42}
MODELS = {
    "linear": lambda: make_pipeline(encode, LinearRegression()),
    "forest": lambda: make_pipeline(encode, RandomForestRegressor(**forest)),
    "boosting": lambda: make_pipeline(encode, HistGradientBoostingRegressor(random_state=42)),
    "logistic": lambda: make_pipeline(encode, LogisticRegression(max_iter=1000)),
    "forest_classifier": lambda: make_pipeline(encode, RandomForestClassifier(**forest)),
    "boosting_classifier": lambda: make_pipeline(encode, HistGradientBoostingClassifier(random_state=42)),
}

regression = job["models"][0] == "linear"
split = job["split"]
if split == "folds":
    folds = StratifiedKFold(5, shuffle=True, random_state=42)
else:
    x_train, x_test, y_train, y_test = train_test_split(
        table, target, train_size=split, random_state=42, stratify=None if regression else target
    )
scores = {}
for name in job["models"]:
    model = MODELS[name]()
    if regression:
        scores[name] = {"r2": r2_score(y_test, model.fit(x_train, y_train).predict(x_test))}
        continue
    if split == "folds":
        truth = target
        probability = cross_val_predict(model, table, target, cv=folds, method="predict_proba")[:, 1]
    else:
        truth = y_test
        probability = model.fit(x_train, y_train).predict_proba(x_test)[:, 1]
    decision = probability > 0.5
    scores[name] = {
        "roc_auc": roc_auc_score(truth, probability),
        "accuracy": accuracy_score(truth, decision),
        "f1": f1_score(truth, decision),
    }
print(json.dumps(scores))
