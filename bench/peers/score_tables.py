"""Out-of-fold scores of default random forests of scikit-learn on CSV files: [{path, target, categorical, task}] in, [score] out."""
import json
import sys

import pandas
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.metrics import f1_score, r2_score, roc_auc_score
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import TargetEncoder


def score_of(path, target, categorical, task):
    types = {name: str for name in categorical + ([target] if task != "continuous" else [])}
    table = pandas.read_csv(path, dtype=types, keep_default_na=False, na_values=[""])
    x, y = table.drop(columns=[target]), table[target]
    x[categorical] = x[categorical].fillna("missing")
    numeric = [name for name in x.columns if name not in categorical]
    if task == "continuous":
        model, folds, method = RandomForestRegressor(n_jobs=-1, random_state=1), KFold(5, shuffle=True, random_state=1), "predict"
    else:
        model, folds = RandomForestClassifier(n_jobs=-1, random_state=1), StratifiedKFold(5, shuffle=True, random_state=1)
        method = "predict_proba" if task == "binary" else "predict"
        y = pandas.Series(pandas.factorize(y, sort=True)[0])
    columns = ColumnTransformer(
        [
            ("numbers", SimpleImputer(strategy="median", keep_empty_features=True), numeric),
            ("words", TargetEncoder(cv=folds), categorical),
        ]
    )
    predicted = cross_val_predict(make_pipeline(columns, model), x, y, cv=folds, method=method)
    if task == "continuous":
        return r2_score(y, predicted)
    if task == "binary":
        return roc_auc_score(y, predicted[:, 1])
    return f1_score(y, predicted, average="macro")


scores = []
for number, job in enumerate(json.load(sys.stdin), 1):
    scores.append(float(score_of(**job)))
    print(f"scikit-learn: {number} tables, {job['path']}: {scores[-1]:.4f}", file=sys.stderr)
print(json.dumps(scores))
