"""SHAP values of tree ensembles: [{"ensemble", "bins"}, ...] in, [{"base", "values"}, ...] out, as `Explanation` has them."""
import json
import sys

import numpy as np
import shap


def tree(ensemble, t, outputs):
    """Tree t of our form in shap's own; numeric splits alone. A bin goes left up to the split's, so the threshold is half a bin on."""
    begin, end = ensemble["roots"][t : t + 2]
    part = {name: np.array(ensemble[name][begin:end]) for name in ("feature", "bin", "right", "missingLeft", "cover")}
    leaf = part["feature"] < 0
    left = np.where(leaf, -1, np.arange(end - begin) + 1)
    right = np.where(leaf, -1, part["right"])
    said = np.array(ensemble["values"], dtype=float).reshape(-1, ensemble["width"])
    values = np.zeros((end - begin, len(outputs)))
    values[leaf] = said[part["right"][leaf]] * ensemble["scale"]
    return {
        "children_left": left,
        "children_right": right,
        "children_default": np.where(part["missingLeft"] == 1, left, right),
        "features": np.where(leaf, -2, part["feature"]),
        "thresholds": part["bin"] + 0.5,
        "values": values,
        "node_sample_weight": part["cover"].astype(float),
    }


def explain(ensemble, rows, trees, outputs):
    """Base per output and rows x outputs x features, without the ensemble's own base."""
    explainer = shap.TreeExplainer(
        {
            "trees": [tree(ensemble, t, outputs) for t in trees],
            "internal_dtype": np.float64,
            "input_dtype": np.float64,
        },
        feature_perturbation="tree_path_dependent",
    )
    values = np.asarray(explainer.shap_values(rows, check_additivity=False))
    values = values.reshape(len(rows), 1, -1) if len(outputs) == 1 else np.moveaxis(values, 2, 1)
    return np.ravel(explainer.expected_value), values


answers = []
for job in json.load(sys.stdin):
    ensemble = job["ensemble"]
    rows = np.array(job["bins"], dtype=float).T
    rows[rows == 255] = np.nan
    n_trees, n_outputs = len(ensemble["roots"]) - 1, ensemble["nOutputs"]
    if ensemble["width"] == n_outputs:
        base, values = explain(ensemble, rows, range(n_trees), range(n_outputs))
    else:
        parts = [explain(ensemble, rows, range(k, n_trees, n_outputs), [k]) for k in range(n_outputs)]
        base = np.concatenate([part[0] for part in parts])
        values = np.concatenate([part[1] for part in parts], axis=1)
    answers.append({"base": (base + ensemble["base"]).tolist(), "values": values.ravel().tolist()})
json.dump(answers, sys.stdout)
