"""
`tuning.py JOURNAL STUDY` reads a journal of `mlops tune` with Optuna, and goes on with its study for five trials. Prints what it sees before and after.
`tuning.py` reads values that trials would report, and prints how many of them each pruner lets a trial report.
"""

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


PRUNERS = {
    "median": optuna.pruners.MedianPruner,
    "percentile": lambda: optuna.pruners.PercentilePruner(25.0),
    "successive_halving": optuna.pruners.SuccessiveHalvingPruner,
    "hyperband": optuna.pruners.HyperbandPruner,
    "patient": lambda: optuna.pruners.PatientPruner(None, patience=3),
}


def reported(pruner, steps, values, direction):
    """How many values each trial reports. The first trial, that of the current parameters, is never pruned."""
    study = optuna.create_study(study_name="mlops", direction=direction, pruner=pruner)
    counts = []
    for number, own in enumerate(values):
        trial = study.ask()
        count = 0
        pruned = False
        while count < len(steps) and not pruned:
            trial.report(own[count], steps[count])
            count += 1
            pruned = trial.should_prune() and number > 0
        state = optuna.trial.TrialState.PRUNED if pruned else optuna.trial.TrialState.COMPLETE
        study.tell(trial, None if pruned else own[-1], state=state)
        counts.append(count)
    return counts


def continued(path, name):
    storage = JournalStorage(JournalFileBackend(path))
    study = optuna.load_study(study_name=name, storage=storage, pruner=optuna.pruners.NopPruner())
    before = described(study)
    study.optimize(objective, n_trials=5)
    return {"before": before, "after": described(study)}


optuna.logging.set_verbosity(optuna.logging.ERROR)
if len(sys.argv) > 1:
    print(json.dumps(continued(*sys.argv[1:])))
else:
    asked = json.load(sys.stdin)
    print(json.dumps([{name: reported(make(), **each) for name, make in PRUNERS.items()} for each in asked]))
