"""What scikit-learn says of the examples' models, trained fold by fold on the rows in the order of the evidence.

Reads a JSON document on standard input: table, target, folds and positions of the rows, and per repeat and fold the seed
(null: the mean instead of a forest). Prints {"r2": ..., "mae": ...}, means over repeats.
"""

import json
import sys

import numpy as np
import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import RandomForestRegressor
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

given = json.load(sys.stdin)
table = pd.read_csv(given["table"]).iloc[given["positions"]]
target = given["target"]
features = table[given["features"]]
folds = np.array(given["folds"])
words = make_column_selector(dtype_exclude="number")
scores = []
for seeds in given["seeds"]:
    predicted = np.empty(len(table))
    for fold, seed in enumerate(seeds):
        inside = folds == fold
        model = make_pipeline(
            make_column_transformer((OneHotEncoder(handle_unknown="ignore"), words), remainder="passthrough"),
            DummyRegressor()
            if seed is None
            else RandomForestRegressor(n_estimators=30, max_depth=given["max_depth"], random_state=seed),
        )
        model.fit(features[~inside], table[target][~inside])
        predicted[inside] = model.predict(features[inside])
    scores.append([r2_score(table[target], predicted), mean_absolute_error(table[target], predicted)])
r2, mae = np.mean(scores, axis=0)
print(json.dumps({"r2": r2, "mae": mae}))
