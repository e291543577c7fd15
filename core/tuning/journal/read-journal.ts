import { StoreError } from '../../errors/app-error.ts';
import { fromNumber, type ParamValue, type SearchSpace } from '../distribution.ts';
import type { Direction, Trial, TrialState } from '../trial.ts';
import { meansDistribution } from './distribution-text.ts';
import { DIRECTIONS, OP, type Operation, operationSchema, STATES } from './operations.ts';

/** Names of attributes that we set. */
export const ATTR = {
  study: 'mlops:study',
  judged: 'mlops:judged',
  current: 'mlops:current',
  abandoned: 'mlops:abandoned',
  failure: 'mlops:failure',
} as const;

/** What a study is: with another of these it would be another study. */
export interface StudyIdentity {
  readonly name: string;
  readonly direction: Direction;
  readonly space: SearchSpace;
  /** By what a person would call it: anything else that decides what a trial comes to. */
  readonly setting: Readonly<Record<string, unknown>>;
}

/** What a journal has of a study. */
export interface JournalContent {
  /** Undefined: the journal does not have it. */
  readonly studyId: number | undefined;
  readonly trials: readonly Trial[];
  /** Of the trials of the study, in their order: the id that the journal counts. */
  readonly trialIds: readonly number[];
  /** Trials of all studies: the next one's id. */
  readonly nTrials: number;
  /** Studies: the next one's id. */
  readonly nStudies: number;
  /** What was kept of a judgement, as it stands in the file; undefined: nothing. */
  readonly judged: unknown;
}

/**
 * Reads a journal in the format of Optuna's JournalStorage, by whichever program it was written.
 *
 * @throws StoreError with the line, when something in it is no such journal, or is of another study.
 */
export function readJournal(text: string, file: string, identity: StudyIdentity): JournalContent {
  const studies: { name: string; isOurs: boolean }[] = [];
  const trials: { studyId: number; trial: Trial; isFrozen: boolean }[] = [];
  let identified = false;
  let judged: unknown;
  const fail: Fail = (line, message, rest) => {
    throw new StoreError({ file: `${file}:${line}`, message, ...rest });
  };
  for (const [i, source] of linesOf(text, fail).entries()) {
    const line = i + 1;
    const operation = operationOf(source, line, fail);
    if ('trial_id' in operation) {
      const entry = trials[operation.trial_id];
      if (!entry) fail(line, `names trial ${operation.trial_id}, which no line before it begins`, { next: MOVE_AWAY });
      if (!entry || entry.isFrozen || !studies[entry.studyId]?.isOurs) continue;
      entry.trial = changed(entry.trial, operation, identity.space, (message, rest) => fail(line, message, rest));
      entry.isFrozen = isEnded(entry.trial.state);
      continue;
    }
    switch (operation.op_code) {
      case OP.createStudy: {
        const { study_name: name, directions } = operation;
        if (studies.some((study) => study.name === name)) break;
        if (name === identity.name) checkDirection(directions, identity, line, fail);
        studies.push({ name, isOurs: name === identity.name });
        break;
      }
      case OP.deleteStudy: {
        const study = studies[operation.study_id];
        if (study?.isOurs) fail(line, `deletes the study ${identity.name}`, { next: MOVE_AWAY });
        break;
      }
      case OP.studyUserAttr:
        if (!studies[operation.study_id]?.isOurs) break;
        if (Object.hasOwn(operation.user_attr, ATTR.study)) {
          checkIdentity(operation.user_attr[ATTR.study], identity, line, fail);
          identified = true;
        }
        if (Object.hasOwn(operation.user_attr, ATTR.judged)) judged = operation.user_attr[ATTR.judged];
        break;
      case OP.createTrial: {
        const study = studies[operation.study_id];
        if (!study)
          fail(line, `names study ${operation.study_id}, which no line before it begins`, { next: MOVE_AWAY });
        const number = trials.filter(({ studyId }) => studyId === operation.study_id).length;
        const trial = study!.isOurs
          ? begun(number, operation, identity.space, (message, rest) => fail(line, message, rest))
          : emptyTrial(number, 'running');
        trials.push({ studyId: operation.study_id, trial, isFrozen: isEnded(trial.state) });
        break;
      }
    }
  }
  const studyId = studies.findIndex(({ isOurs }) => isOurs);
  const [first] = studies;
  if (studyId === -1 && first) {
    fail(1, 'is the journal of another study', { found: first.name, allowed: identity.name, next: MOVE_AWAY });
  }
  const own = trials.flatMap((entry, id) => (entry.studyId === studyId ? [{ id, trial: entry.trial }] : []));
  if (studyId !== -1 && !identified && own.length > 0)
    fail(1, `the study ${identity.name} was not begun by \`mlops tune\``, { next: MOVE_AWAY });
  return {
    studyId: studyId === -1 ? undefined : studyId,
    trials: own.map(({ trial }) => trial),
    trialIds: own.map(({ id }) => id),
    nTrials: trials.length,
    nStudies: studies.length,
    judged,
  };
}

type Rest = { readonly found?: string; readonly allowed?: string; readonly next: string };
type Fail = (line: number, message: string, rest: Rest) => never;
type FailHere = (message: string, rest: Rest) => never;

const MOVE_AWAY =
  'move the file away to begin a new study, for example by adding `.old` to its name; it stays as it is';

function linesOf(text: string, fail: Fail): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  const torn = lines.pop();
  if (torn !== '')
    fail(lines.length + 1, 'is not complete: a program was stopped while it wrote this line', {
      next: 'remove this last line; every finished trial stands before it',
    });
  return lines;
}

function operationOf(source: string, line: number, fail: Fail): Operation {
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch {
    return fail(line, 'is not JSON', { found: shortened(source), next: MOVE_AWAY });
  }
  const parsed = operationSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  return fail(line, 'is not a line of an Optuna journal', { found: shortened(source), next: MOVE_AWAY });
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function checkDirection(directions: readonly number[], identity: StudyIdentity, line: number, fail: Fail): void {
  const found = directions.map((each) => DIRECTIONS[each] ?? String(each)).join(', ');
  if (found !== identity.direction)
    fail(line, 'is a study in another direction', { found, allowed: identity.direction, next: MOVE_AWAY });
}

function checkIdentity(found: unknown, { space, setting }: StudyIdentity, line: number, fail: Fail): void {
  const kept = (found ?? {}) as Readonly<Record<string, unknown>>;
  for (const [name, own] of Object.entries({ ...setting, 'search space': space })) {
    if (JSON.stringify(kept[name]) === JSON.stringify(own)) continue;
    fail(line, `the study was begun with another ${name}`, {
      found: shortened(JSON.stringify(kept[name]) ?? 'none'),
      allowed: shortened(JSON.stringify(own)),
      next: MOVE_AWAY,
    });
  }
}

function isEnded(state: TrialState): boolean {
  return state === 'complete' || state === 'pruned' || state === 'failed';
}

export function emptyTrial(number: number, state: TrialState): Trial {
  return {
    ...{ number, state, params: {}, value: null, reports: [] },
    ...{ isCurrent: false, isAbandoned: false, failure: null },
  };
}

type OfTrial = Extract<Operation, { trial_id: number }>;
type Creation = Extract<Operation, { op_code: typeof OP.createTrial }>;

function begun(number: number, operation: Creation, space: SearchSpace, fail: FailHere): Trial {
  const { state = 0, params = {}, distributions = {}, user_attrs = {}, intermediate_values = {} } = operation;
  let trial = emptyTrial(number, STATES[state]!);
  for (const [name, value] of Object.entries(params))
    trial = withParam(trial, name, value, distributions[name] ?? '', space, fail);
  const reports = Object.entries(intermediate_values).map(([step, value]) => ({ step: Number(step), value }));
  const value = operation.values?.[0] ?? operation.value ?? null;
  return withAttributes({ ...trial, value, reports: reports.sort((a, b) => a.step - b.step) }, user_attrs);
}

function changed(trial: Trial, operation: OfTrial, space: SearchSpace, fail: FailHere): Trial {
  switch (operation.op_code) {
    case OP.trialParam: {
      const { param_name: name, param_value_internal: value, distribution } = operation;
      return withParam(trial, name, value, distribution, space, fail);
    }
    case OP.trialState:
      return { ...trial, state: STATES[operation.state]!, value: operation.values?.[0] ?? null };
    case OP.trialReport:
      return withReport(trial, operation.step, operation.intermediate_value);
    case OP.trialUserAttr:
      return withAttributes(trial, operation.user_attr);
    case OP.trialSystemAttr:
      return trial;
  }
}

/** A step that is reported again has the later value. */
export function withReport(trial: Trial, step: number, value: number): Trial {
  const others = trial.reports.filter((report) => report.step !== step);
  return { ...trial, reports: [...others, { step, value }].sort((a, b) => a.step - b.step) };
}

function withParam(trial: Trial, name: string, value: number, text: string, space: SearchSpace, fail: FailHere): Trial {
  const distribution = Object.hasOwn(space, name) ? space[name]! : undefined;
  if (!distribution)
    return fail(`has the parameter ${name}, which is not in the search space`, {
      allowed: Object.keys(space).join(', '),
      next: MOVE_AWAY,
    });
  if (!meansDistribution(text, distribution))
    fail(`searches ${name} in another space`, { found: shortened(text), next: MOVE_AWAY });
  const choice: ParamValue | undefined = fromNumber(distribution, value);
  if (choice === undefined) return fail(`gives ${name} a value that is not in the space`, { next: MOVE_AWAY });
  return { ...trial, params: { ...trial.params, [name]: choice } };
}

function withAttributes(trial: Trial, attributes: Readonly<Record<string, unknown>>): Trial {
  const failure = attributes[ATTR.failure];
  return {
    ...trial,
    isCurrent: trial.isCurrent || attributes[ATTR.current] === true,
    isAbandoned: trial.isAbandoned || attributes[ATTR.abandoned] === true,
    failure: typeof failure === 'string' ? failure : trial.failure,
  };
}
