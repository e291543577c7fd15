"""scikit-learn's handwritten digits as a CSV file at the path given: {path} in. Classes are words."""
import json
import sys

import sklearn.datasets

table = sklearn.datasets.load_digits(as_frame=True).frame
table.assign(target="class " + table["target"].astype(str)).to_csv(json.load(sys.stdin)["path"], index=False)
print("null")
