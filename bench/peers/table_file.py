"""Reads the files that bench/table-file.ts writes."""
import json
from dataclasses import dataclass

import numpy


@dataclass
class Table:
    columns: numpy.ndarray  # rows x columns, in column order; NaN where missing, codes where categorical
    names: list
    n_categories: list  # 0 for a numeric column
    target: numpy.ndarray
    n_classes: int  # 0 for regression
    train_rows: int
    folds: list  # per way to part the rows: the fold of each, -1 for a row that has no part

    @property
    def categorical(self):
        return [i for i, n in enumerate(self.n_categories) if n > 0]


def read_table_file(path):
    with open(path, "rb") as file:
        length = int(numpy.fromfile(file, "<f8", 1)[0])
        header = json.loads(file.read(length))
        rows = header["rows"]
        columns = numpy.fromfile(file, "<f8", rows * len(header["columns"])).reshape(len(header["columns"]), rows).T
        target = numpy.fromfile(file, "<f8", rows)
        folds = [numpy.fromfile(file, "<f8", rows).astype(int) for _ in range(header["folds"])]
    return Table(
        columns,
        [column["name"] for column in header["columns"]],
        [column["nCategories"] for column in header["columns"]],
        target,
        header["nClasses"],
        header["trainRows"],
        folds,
    )
