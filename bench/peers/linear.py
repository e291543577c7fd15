"""Fits one of scikit-learn's linear models on one thread: a job of bench/linear.ts in, the median of its fits and the coefficients out."""
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)

import numpy
from sklearn import linear_model
from threadpoolctl import threadpool_info, threadpool_limits

job = json.load(sys.stdin)
rows, columns = job["rows"], job["columns"]
table = numpy.fromfile(job["path"]).reshape(columns + 1, rows)
target = table[columns]
X = table[:columns].T
if job["order"] == "C":
    X = numpy.ascontiguousarray(X)
model = getattr(linear_model, job["model"])(**job["peerParams"])
with threadpool_limits(1):
    assert all(pool["num_threads"] == 1 for pool in threadpool_info()), threadpool_info()
    model.fit(X, target)
    seconds = []
    for _ in range(job["repeats"]):
        start = time.perf_counter()
        model.fit(X, target)
        seconds.append(time.perf_counter() - start)
seconds.sort()
print(json.dumps({"seconds": seconds[len(seconds) // 2], "coefficients": model.coef_.ravel().tolist()}))
