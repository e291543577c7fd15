"""Reads a journal of `mlops tune` with Optuna, and goes on with its study for five trials. Prints what it sees before and after."""

import json
import sys

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend


def described(study):
    return {
        "best": study.best_value,
        "directions": [direction.name for direction in study.directions],
        "trials": [
            {
                "number": trial.number,
                "state": trial.state.name,
                "value": trial.value,
                "params": trial.params,
                "reports": {str(step): value for step, value in trial.intermediate_values.items()},
            }
            for trial in study.trials
        ],
    }


def objective(trial):
    n_estimators = trial.suggest_int("n_estimators", 10, 40)
    trial.suggest_int("max_depth", 2, 64, log=True)
    trial.suggest_float("max_features", 0.2, 1.0, step=0.2)
    trial.suggest_categorical("class_weight", [None, "balanced"])
    trial.report(0.5, 10)
    if trial.number % 2 == 1:
        raise optuna.TrialPruned()
    return 0.5 + n_estimators / 1e6


optuna.logging.set_verbosity(optuna.logging.ERROR)
path, name = sys.argv[1:]
storage = JournalStorage(JournalFileBackend(path))
study = optuna.load_study(study_name=name, storage=storage, pruner=optuna.pruners.NopPruner())
before = described(study)
study.optimize(objective, n_trials=5)
print(json.dumps({"before": before, "after": described(study)}))
