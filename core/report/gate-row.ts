import { budgets } from '../budgets/index.ts';
import type { BudgetGateResult, GateResult } from '../comparison/gate-result.ts';
import type { Outcome } from '../comparison/outcome.ts';
import { code, number, type Sentence, sentence, strong, text } from './fragments.ts';
import { sliceName, trainedOn } from './gate-sentences.ts';
import { number as decimal, percent, pNumber, signed } from './numbers.ts';

/** A gate as a row of a table. */
export interface GateRow {
  readonly name: Sentence;
  readonly model: Sentence;
  readonly baseline: Sentence;
  readonly value: Sentence;
  /** This change − baseline. */
  readonly delta: Sentence;
  readonly allowed: Sentence;
  readonly pValue: Sentence;
  readonly standardError: Sentence;
}

export const ARROWS = { maximize: '↑', minimize: '↓' } as const;
const NONE: Sentence = [text('—')];

const RANK: Readonly<Record<Outcome, number>> = { fail: 0, not_comparable: 1, inconclusive: 2, pass: 3 };

export function worstFirst(gates: readonly GateResult[]): GateResult[] {
  return [...gates].sort((a, b) => RANK[a.outcome] - RANK[b.outcome]);
}

export function gateRow(gate: GateResult): GateRow {
  switch (gate.kind) {
    case 'floor':
      return {
        ...metricRow(gate),
        allowed: sentence`${gate.bound === 'min' ? '≥' : '≤'} ${number(gate.allowed)}`,
        standardError: sentence`${number(gate.standardError)}${gate.isNear ? ' (near)' : ''}`,
      };
    case 'limit': {
      const { compared, direction } = gate;
      const delta = compared && (direction === 'maximize' ? -compared.drop : compared.drop);
      return {
        ...metricRow(gate),
        baseline: [number(compared?.baseline ?? null)],
        delta: [number(delta, signed)],
        allowed: allowedDrop(gate),
        pValue: compared?.test ? [number(compared.test.adjustedPValue, (p) => pNumber(p!))] : NONE,
        standardError: [number(compared?.test?.standardError ?? null)],
      };
    }
    case 'budget': {
      const { value, baseline, allowed, bound, written, inTurn } = gate;
      const delta = value === null || baseline === null ? null : value - baseline;
      const share = bound === 'max_rise' ? ` (+${written.slice('max_rise: '.length)})` : '';
      return {
        ...empty,
        name: sentence`${code(gate.dataset)} ${strong(text(gate.budget))} ↓, ${budgets.get(gate.budget).unit}`,
        model: modelName(gate),
        value: [strong(number(value))],
        baseline: [number(baseline)],
        delta: inTurn ? sentence`${number(delta, signed)}${timesAsMuch(inTurn)}` : [number(delta, signed)],
        allowed: sentence`≤ ${number(allowed)}${share}`,
        pValue: inTurn ? [number(inTurn.adjustedPValue, (p) => pNumber(p!))] : NONE,
      };
    }
    case 'drift':
      return {
        ...empty,
        name: sentence`${code(gate.dataset)} ${strong(text('drift'))} ↓`,
        value: [strong(number(gate.share, share))],
        allowed: sentence`≤ ${number(gate.allowed, share)}`,
      };
  }
}

/** A ratio with its 95 % interval. */
function timesAsMuch({ ratio, ci: [low, high] }: NonNullable<BudgetGateResult['inTurn']>): string {
  return ` (× ${decimal(ratio)}, ${decimal(low)} to ${decimal(high)})`;
}

const empty: GateRow = {
  name: NONE,
  model: NONE,
  baseline: NONE,
  value: NONE,
  delta: NONE,
  allowed: NONE,
  pValue: NONE,
  standardError: NONE,
};

function metricRow(gate: Extract<GateResult, { kind: 'floor' | 'limit' }>): GateRow {
  const { dataset, metric, direction, slice, value } = gate;
  const on = slice ? sentence` ${sliceName(slice)}` : [];
  return {
    ...empty,
    name: sentence`${code(dataset)} ${strong(text(metric))} ${ARROWS[direction]}${on}${trainedOn(gate)}`,
    model: modelName(gate),
    value: [strong(number(value))],
  };
}

function modelName({
  model,
  replacedBy,
}: Pick<Extract<GateResult, { kind: 'limit' }>, 'model' | 'replacedBy'>): Sentence {
  const name = replacedBy ?? model;
  return name === null ? NONE : [code(name)];
}

function allowedDrop({ allowed, direction, written }: Extract<GateResult, { kind: 'limit' }>): Sentence {
  const sign = direction === 'maximize' ? '≥' : '≤';
  const share = written.endsWith('%') ? written.slice('max_drop: '.length) : null;
  if (allowed === null) return sentence`${sign} ${direction === 'maximize' ? '−' : '+'}${share ?? '—'}`;
  const worst = number(direction === 'maximize' ? -allowed : allowed, signed);
  return sentence`${sign} ${worst}${share === null ? '' : ` (${share})`}`;
}

function share(value: number | null): string {
  return value === null ? decimal(value) : percent(value);
}
