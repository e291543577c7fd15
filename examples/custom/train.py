"""A forest of scikit-learn as a custom trainer: learns from one table, predicts another."""

import argparse
import os

import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import RandomForestRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

parser = argparse.ArgumentParser()
parser.add_argument("--depth", type=int, required=True)
parser.add_argument("--seed", type=int, required=True)
options = parser.parse_args()

key, target = os.environ["MLOPS_KEY"], os.environ["MLOPS_TARGET"]
train = pd.read_csv(os.environ["MLOPS_TRAIN"]).drop(columns=key)
test = pd.read_csv(os.environ["MLOPS_TEST"])

words = make_column_selector(dtype_exclude="number")
encode = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), words), remainder="passthrough")
forest = RandomForestRegressor(n_estimators=30, max_depth=options.depth, random_state=options.seed)
model = make_pipeline(encode, forest)
model.fit(train.drop(columns=target), train[target])

answer = pd.DataFrame({key: test[key], "prediction": model.predict(test.drop(columns=key))})
answer.to_csv(os.environ["MLOPS_PREDICTIONS"], index=False)
