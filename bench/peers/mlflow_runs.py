"""Makes an MLflow store of many runs (SQLite, its default), or asks one for runs, as a user's program would."""

import json
import logging
import os
import sqlite3
import sys

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
logging.disable(logging.CRITICAL)

import mlflow  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402


def make(db, runs):
    """One run through MLflow; its rows are then copied in SQL, since MLflow takes minutes for as many."""
    client = MlflowClient(f"sqlite:///{db}")
    experiment = client.create_experiment("churn", artifact_location="/nowhere")
    first = client.create_run(experiment).info.run_id
    for name, value in runs[0]["params"].items():
        client.log_param(first, name, value)
    for name, value in runs[0]["metrics"].items():
        client.log_metric(first, name, value)
    client.set_terminated(first)
    with sqlite3.connect(db) as connection:
        for table, column in (("runs", None), ("params", "value"), ("metrics", "value"), ("latest_metrics", "value")):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            template = [
                dict(zip(columns, row))
                for row in connection.execute(f"SELECT * FROM {table} WHERE run_uuid = ?", [first])
            ]
            rows = []
            for i, run in enumerate(runs[1:], 1):
                values = run["params"] if table == "params" else run["metrics"]
                for row in template:
                    copied = {**row, "run_uuid": f"{i:032x}"}
                    if column is None:
                        copied["start_time"] = row["start_time"] + i
                    else:
                        value = values[row["key"]]
                        copied[column] = str(value) if table == "params" else value
                    rows.append([copied[name] for name in columns])
            marks = ",".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    return {"experiment": experiment}


def ask(db, experiment, filter_string, order_by, most):
    found = MlflowClient(f"sqlite:///{db}").search_runs(
        [experiment], filter_string=filter_string, order_by=order_by, max_results=most
    )
    return {"version": mlflow.__version__, "found": [run.data.metrics["roc_auc"] for run in found]}


question = json.load(sys.stdin)
what = question.pop("what")
answer = make(**question) if what == "make" else ask(**question)
json.dump(answer, sys.stdout)
