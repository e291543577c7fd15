"""Fits one model as often as asked and tells what it took: bench/measure-model.ts for the originals."""
import json
import sys
import time

import numpy
from estimators import estimator_of, prepared
from memory_use import memory_use
from table_file import read_table_file

job = json.load(sys.stdin)
table = read_table_file(job["path"])
prepare = lambda x: prepared(job["estimator"], x, table.categorical)
n = table.train_rows
train, test = prepare(table.columns[:n]), prepare(table.columns[n:])
target = table.target[:n] if table.n_classes == 0 else table.target[:n].astype(int)


def create():
    return estimator_of(
        job["estimator"], table.n_classes, job["params"], job["seed"], job["threads"], table.categorical
    )


def predict():
    return (model.predict if table.n_classes == 0 else model.predict_proba)(test)


if job["warmUpRows"] > 0:
    rows = min(job["warmUpRows"], n)
    create().fit(prepare(table.columns[:rows]), target[:rows])
create()  # imports what it needs
before = memory_use()["now"]
fit_seconds = []
while True:
    model = create()
    start = time.perf_counter()
    model.fit(train, target)
    fit_seconds.append(time.perf_counter() - start)
    if len(fit_seconds) >= job["fits"] or sum(fit_seconds) >= job["seconds"]:
        break
peak = memory_use()["peak"]

predict_seconds = []
if job["predictions"] > 0:
    predict()
for _ in range(job["predictions"]):
    start = time.perf_counter()
    predict()
    predict_seconds.append(time.perf_counter() - start)
if len(test) > 0:
    numpy.asarray(predict(), dtype="<f8").tofile(job["output"])
print(json.dumps({"fitSeconds": fit_seconds, "before": before, "peak": peak, "predictSeconds": predict_seconds}))
