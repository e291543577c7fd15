"""One step of the replaced pipeline: read, split, fit, score, cross-validate. {"path", "target", "metric", "model", "balanced"} in, {"score"} out."""
import json
import sys

import pandas
from sklearn.ensemble import (
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import (
    accuracy_score,
    f1_score,
    mean_absolute_error,
    precision_score,
    r2_score,
    recall_score,
    roc_auc_score,
    root_mean_squared_error,
)
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

job = json.load(sys.stdin)
table = pandas.read_csv(job["path"]).drop(columns="customerID", errors="ignore")
for name in table.columns:
    if pandas.api.types.is_numeric_dtype(table[name]):
        table[name] = table[name].fillna(table[name].median())
    else:
        table[name] = table[name].astype("category").cat.codes
target = table.pop(job["target"])
regression = job["metric"] == "r2"

forest = {"n_estimators": 100, "max_depth": None, "n_jobs": -1, "random_state": 42}
boosting = {"n_estimators": 100, "learning_rate": 0.1, "max_depth": 3, "random_state": 42}
MODELS = {
    "random_forest": lambda: RandomForestRegressor(**forest)
    if regression
    else RandomForestClassifier(**forest, class_weight="balanced" if job["balanced"] else None),
    "gradient_boosting": lambda: (GradientBoostingRegressor if regression else GradientBoostingClassifier)(**boosting),
    "linear_regression": lambda: make_pipeline(StandardScaler(), LinearRegression()),
    "logistic_regression": lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)),
}

x_train, x_test, y_train, y_test = train_test_split(
    table, target, test_size=0.2, random_state=42, stratify=None if regression else target
)
model = MODELS[job["model"]]().fit(x_train, y_train)
for x, y in [(x_train, y_train), (x_test, y_test)]:
    predicted = model.predict(x)
    if regression:
        scores = [measure(y, predicted) for measure in (root_mean_squared_error, mean_absolute_error, r2_score)]
    else:
        scores = [accuracy_score(y, predicted), roc_auc_score(y, model.predict_proba(x)[:, 1])]
        scores += [measure(y, predicted, zero_division=0) for measure in (precision_score, recall_score, f1_score)]
folds = (KFold if regression else StratifiedKFold)(5, shuffle=True, random_state=42)
validated = cross_val_score(MODELS[job["model"]](), table, target, cv=folds, scoring=job["metric"])
print(json.dumps({"score": validated.mean()}))
