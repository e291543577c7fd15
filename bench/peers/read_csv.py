"""One reading of a CSV file by pandas' C engine or by Polars, in a process of its own."""
import json
import sys
import time

from memory_use import memory_use

job = json.load(sys.stdin)
if job["library"] == "pandas":
    import pandas

    read = lambda path: pandas.read_csv(path, engine="c")
else:
    import polars

    read = polars.read_csv
start = time.perf_counter()
table = read(job["path"])
seconds = time.perf_counter() - start
peak = memory_use()["peak"]
print(json.dumps({"seconds": seconds, "peakBytes": peak, "rows": table.shape[0], "columns": table.shape[1]}))
