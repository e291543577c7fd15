import { z } from 'zod';

/** What a line of a journal does (`optuna.storages.journal._storage.JournalOperation`). */
export const OP = {
  createStudy: 0,
  deleteStudy: 1,
  studyUserAttr: 2,
  studySystemAttr: 3,
  createTrial: 4,
  trialParam: 5,
  trialState: 6,
  trialReport: 7,
  trialUserAttr: 8,
  trialSystemAttr: 9,
  discardTrials: 10,
} as const;

/** Optuna's states by their number. */
export const STATES = ['running', 'complete', 'pruned', 'failed', 'waiting'] as const;
/** Optuna's directions by their number. */
export const DIRECTIONS = [null, 'minimize', 'maximize'] as const;

const id = z.int().nonnegative();
const state = z.int().min(0).max(4);
const values = z.array(z.number()).nullable();
const userAttr = z.record(z.string(), z.unknown());
const line = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ worker_id: z.string(), ...shape });

/** A line. Other fields are allowed, as a later Optuna may add some. */
export const operationSchema = z.discriminatedUnion('op_code', [
  line({ op_code: z.literal(OP.createStudy), study_name: z.string(), directions: z.array(z.int()).min(1) }),
  line({ op_code: z.literal(OP.deleteStudy), study_id: id }),
  line({ op_code: z.literal(OP.studyUserAttr), study_id: id, user_attr: userAttr }),
  line({ op_code: z.literal(OP.studySystemAttr), study_id: id }),
  line({
    op_code: z.literal(OP.createTrial),
    study_id: id,
    state: state.optional(),
    value: z.number().nullish(),
    values: values.optional(),
    params: z.record(z.string(), z.number()).optional(),
    distributions: z.record(z.string(), z.string()).optional(),
    user_attrs: userAttr.optional(),
    intermediate_values: z.record(z.string(), z.number()).optional(),
  }),
  line({
    op_code: z.literal(OP.trialParam),
    trial_id: id,
    param_name: z.string(),
    param_value_internal: z.number(),
    distribution: z.string(),
  }),
  line({ op_code: z.literal(OP.trialState), trial_id: id, state, values }),
  line({ op_code: z.literal(OP.trialReport), trial_id: id, step: z.int(), intermediate_value: z.number() }),
  line({ op_code: z.literal(OP.trialUserAttr), trial_id: id, user_attr: userAttr }),
  line({ op_code: z.literal(OP.trialSystemAttr), trial_id: id }),
  line({ op_code: z.literal(OP.discardTrials) }),
]);
export type Operation = z.infer<typeof operationSchema>;
