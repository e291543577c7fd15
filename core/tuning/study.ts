import { z } from 'zod';
import { StoreError } from '../errors/app-error.ts';
import { createRandom } from '../random/random.ts';
import { contains, type ParamValue, toNumber } from './distribution.ts';
import { distributionText } from './journal/distribution-text.ts';
import type { JournalFile } from './journal/journal-file.ts';
import { DIRECTIONS, OP, STATES } from './journal/operations.ts';
import { ATTR, emptyTrial, readJournal, type StudyIdentity, withReport } from './journal/read-journal.ts';
import type { Pruner } from './pruners/pruner.ts';
import type { Sampler } from './samplers/sampler.ts';
import { judgementSchema } from './study-result.ts';
import { bestOf, type Trial, type TrialState } from './trial.ts';

/** What fold 0 said of a trial. */
const judgedSchema = z.object({ trial: z.int(), run: z.string(), judgement: judgementSchema.nullable() });
export type JudgedTrial = z.infer<typeof judgedSchema>;

/** How a trial ended. */
export type Ending =
  | { readonly state: 'complete'; readonly value: number }
  | { readonly state: 'pruned' }
  | { readonly state: 'failed'; readonly failure: string }
  /** It was stopped from outside: it counts for nothing, and another takes its place when the study goes on. */
  | { readonly state: 'abandoned' };

/** A search that can be left and taken up again: ask for a trial, report on the way, tell how it ended. One trial at a time. */
export interface Study {
  readonly trials: readonly Trial[];
  /** Trials that count: those that ended, and were not abandoned. */
  readonly nEnded: number;
  readonly best: Trial | null;
  /** The complete trial with the current parameters. */
  readonly current: Trial | null;
  /** Begins a trial: of the current parameters first, then of what the sampler chooses. Null where nothing is left to try. */
  ask(): Promise<Trial | null>;
  /** @returns whether the trial is to be pruned. */
  report(trial: Trial, step: number, value: number): Promise<boolean>;
  tell(trial: Trial, ending: Ending): Promise<Trial>;
  /** What was kept of the last judgement; null: nothing. */
  readonly judged: JudgedTrial | null;
  /** Keeps what fold 0 said, so that nobody has to look at it again. */
  judge(judged: JudgedTrial): Promise<void>;
}

export interface StudyOptions {
  readonly identity: StudyIdentity;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
  readonly seed: number;
  /** Name of the metric that trials are judged by, for Optuna's dashboard. */
  readonly metric: string;
  /** The current parameters of the model. Those that the space does not have are not in the journal. */
  readonly current: Readonly<Record<string, unknown>>;
  readonly journal: JournalFile;
  readonly worker: string;
  readonly now: () => Date;
}

/**
 * Opens a study: from its journal where there is one. Every trial has a stream of random numbers of its own, so that a study that was
 * left and taken up again has the same trials as one that was not.
 *
 * @throws StoreError when the journal is of another study, or cannot be read.
 */
export async function openStudy(options: StudyOptions): Promise<Study> {
  const { identity, sampler, pruner, seed, metric, journal, worker, now } = options;
  const { direction, space, name, setting } = identity;
  let known = await journal.read();
  const content = readJournal(known, journal.path, identity);
  let trials: readonly Trial[] = content.trials;
  const ids = [...content.trialIds];
  let { nTrials } = content;
  let judged = judgedSchema.safeParse(content.judged).data ?? null;
  const studyId = content.studyId ?? content.nStudies;

  const write = async (operations: readonly object[]) => {
    const text = operations.map((each) => `${JSON.stringify({ worker_id: worker, ...each })}\n`).join('');
    await journal.append(text);
    known += text;
  };
  const put = (trial: Trial) => {
    trials = trials.some(({ number }) => number === trial.number)
      ? trials.map((each) => (each.number === trial.number ? trial : each))
      : [...trials, trial];
    return trial;
  };
  const others = (trial: Trial) => trials.filter(({ number }) => number !== trial.number);
  const latest = ({ number }: Trial) => trials.find((trial) => trial.number === number)!;
  const counted = () =>
    trials.filter(({ state, isAbandoned }) => state !== 'running' && state !== 'waiting' && !isAbandoned);
  const current = () => trials.find(({ isCurrent, state }) => isCurrent && state === 'complete') ?? null;

  if (content.studyId === undefined) {
    const kept = { ...setting, 'search space': space };
    await write([
      { op_code: OP.createStudy, study_name: name, directions: [DIRECTIONS.indexOf(direction)] },
      { op_code: OP.studySystemAttr, study_id: studyId, system_attr: { 'study:metric_names': [metric] } },
      { op_code: OP.studyUserAttr, study_id: studyId, user_attr: { [ATTR.study]: kept } },
    ]);
  }

  /** What another program adds would take the numbers that this one counts. */
  const checkAlone = async () => {
    if ((await journal.read()) === known) return;
    throw new StoreError({
      file: journal.path,
      message: 'another program writes to this journal',
      next: 'let it finish, and run `mlops tune` again: it goes on with all trials',
    });
  };

  const end = async (trial: Trial, state: TrialState, value: number | null, attributes: object): Promise<Trial> => {
    const trialId = ids[trial.number]!;
    await write([
      ...Object.entries(attributes).map(([key, each]) => ({
        op_code: OP.trialUserAttr,
        trial_id: trialId,
        user_attr: { [key]: each },
      })),
      {
        op_code: OP.trialState,
        trial_id: trialId,
        state: (STATES as readonly TrialState[]).indexOf(state),
        values: value === null ? null : [value],
        datetime_complete: moment(now()),
      },
    ]);
    return { ...trial, state, value };
  };

  // What a process that died was working on. Trials of other programs may still be running.
  for (const trial of trials)
    if (trial.state === 'running' && isOurs(known, ids[trial.number]!))
      put({ ...(await end(trial, 'failed', null, { [ATTR.abandoned]: true })), isAbandoned: true });

  return {
    get trials() {
      return trials;
    },
    get nEnded() {
      return counted().length;
    },
    get best() {
      return bestOf(direction, trials);
    },
    get current() {
      return current();
    },
    get judged() {
      return judged;
    },
    async judge(found) {
      await checkAlone();
      await write([{ op_code: OP.studyUserAttr, study_id: studyId, user_attr: { [ATTR.judged]: found } }]);
      judged = found;
    },
    async ask() {
      await checkAlone();
      const isCurrent = current() === null;
      const stream = createRandom(seed, 'tune', counted().length);
      const history = { direction, space, trials: trials.filter((trial) => !trial.isAbandoned) };
      const chosen = isCurrent ? currentIn(options) : sampler.sample(history, stream);
      if (!chosen) return null;
      const params = isCurrent ? chosen : rounded(chosen, options);
      const trialId = nTrials++;
      const trial: Trial = { ...emptyTrial(trials.length, 'running'), params, isCurrent };
      ids.push(trialId);
      await write([
        { op_code: OP.createTrial, study_id: studyId, datetime_start: moment(now()) },
        ...Object.entries(params).map(([param, value]) => ({
          op_code: OP.trialParam,
          trial_id: trialId,
          param_name: param,
          param_value_internal: toNumber(space[param]!, value),
          distribution: distributionText(space[param]!),
        })),
        ...(isCurrent ? [{ op_code: OP.trialUserAttr, trial_id: trialId, user_attr: { [ATTR.current]: true } }] : []),
      ]);
      return put(trial);
    },
    async report(trial, step, value) {
      await write([{ op_code: OP.trialReport, trial_id: ids[trial.number]!, step, intermediate_value: value }]);
      const reported = put(withReport(latest(trial), step, value));
      return !reported.isCurrent && pruner.shouldPrune(reported, { direction, trials: others(reported) });
    },
    async tell({ number }, ending) {
      const trial = trials[number]!;
      switch (ending.state) {
        case 'complete':
          return put(await end(trial, 'complete', ending.value, {}));
        case 'pruned':
          return put(await end(trial, 'pruned', trial.reports.at(-1)?.value ?? null, {}));
        case 'failed': {
          const { failure } = ending;
          return put({ ...(await end(trial, 'failed', null, { [ATTR.failure]: failure })), failure });
        }
        case 'abandoned':
          return put({ ...(await end(trial, 'failed', null, { [ATTR.abandoned]: true })), isAbandoned: true });
      }
    },
  };
}

function currentIn({ current, identity: { space } }: StudyOptions): Record<string, ParamValue> {
  return Object.fromEntries(
    Object.entries(space).flatMap(([name, distribution]): [string, ParamValue][] =>
      contains(distribution, current[name]) ? [[name, current[name] as ParamValue]] : [],
    ),
  );
}

/** Numbers that people will read in `mlops.yml`: five digits are enough. */
function rounded(
  params: Record<string, ParamValue>,
  { identity: { space } }: StudyOptions,
): Record<string, ParamValue> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const distribution = space[name]!;
      if (distribution.type !== 'float' || distribution.step !== null || typeof value !== 'number')
        return [name, value];
      const short = Number(value.toPrecision(5));
      return [name, Math.min(distribution.high, Math.max(distribution.low, short))];
    }),
  );
}

/** Whether a program like this one began the trial, and not Optuna. */
function isOurs(text: string, trialId: number): boolean {
  const creations = text.split('\n').filter((line) => line !== '' && JSON.parse(line).op_code === OP.createTrial);
  return String(JSON.parse(creations[trialId]!).worker_id).startsWith(WORKER_PREFIX);
}

/** What the names of our workers begin with. */
export const WORKER_PREFIX = 'mlops-';

/** As `datetime.isoformat` of Python writes a time in UTC. */
function moment(date: Date): string {
  return date.toISOString().replace('Z', '+00:00');
}
