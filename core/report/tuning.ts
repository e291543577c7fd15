import type { StudyResult } from '../tuning/study-result.ts';
import { alignColumns } from './columns.ts';
import { code, join, type Sentence, sentence, strong, number as value } from './fragments.ts';
import { markdown, stack, table } from './markdown-blocks.ts';
import { number, plural, pValue, signed } from './numbers.ts';
import type { Markdown } from './to-markdown.ts';
import { toTerminal } from './to-terminal.ts';

/** Complete trials that are shown, beside the current parameters. */
const TOP_TRIALS = 5;

/** Studies for a terminal: the best trials of each, and what fold 0 says of the best. */
export function studiesToTerminal(studies: readonly StudyResult[]): string {
  const parts = studies.map((study) => {
    const rows = rowsOf(study).map((row) => row.map(toTerminal));
    const alignments = rows[0]!.map((_, i) => (i === 0 ? 'left' : 'right') as 'left' | 'right');
    return [
      `${toTerminal(titleOf(study))}: ${toTerminal(countsOf(study))}`,
      '',
      ...alignColumns(rows, alignments),
      '',
      ...conclusionOf(study).map(toTerminal),
      '',
    ].join('\n');
  });
  return parts.join('\n');
}

/** The same for the summary of a job. */
export function studiesToMarkdown(studies: readonly StudyResult[]): Markdown {
  return stack(
    studies.map((study) => {
      const align = rowsOf(study)[0]!.map((_, i) => (i === 0 ? 'l' : 'r'));
      return markdown`### ${titleOf(study)}

${join(conclusionOf(study), '. ')}.

${sentence`${countsOf(study)}.`}

${table(rowsOf(study), align)}
`;
    }),
    '\n',
  );
}

function titleOf({ dataset, model }: StudyResult): Sentence {
  return sentence`${code(dataset)} ${code(model)}`;
}

function countsOf({ trials, planned, ended, metric }: StudyResult): Sentence {
  const inState = (state: string) => trials.filter((trial) => trial.state === state).length;
  const early = {
    complete: '',
    timeout: ` of ${planned}, as time was over`,
    interrupted: ` of ${planned}, interrupted`,
  };
  const counts = [
    `${plural(trials.length, 'trial')}${early[ended]}`,
    `${inState('complete')} complete`,
    `${inState('pruned')} pruned`,
  ];
  const failed = inState('failed');
  return sentence`${[...counts, ...(failed > 0 ? [`${failed} failed`] : [])].join(', ')}; ${code(metric)} on inner folds of folds 1 to 4`;
}

/** A header, then trials: the best, and the current parameters. */
function rowsOf({ trials, direction, metric }: StudyResult): Sentence[][] {
  // The current parameters may lack some.
  const searched = [...trials.filter(({ isCurrent }) => !isCurrent), ...trials];
  const names = [...new Set(searched.flatMap(({ params }) => Object.keys(params)))];
  const sign = direction === 'maximize' ? -1 : 1;
  const complete = trials
    .filter(({ state, value: found }) => state === 'complete' && found !== null)
    .sort((a, b) => sign * (a.value! - b.value!) || a.number - b.number);
  const shown = complete.filter((trial, i) => i < TOP_TRIALS || trial.isCurrent);
  return [
    [sentence`trial`, [code(metric)], ...names.map((name) => [code(name)])],
    ...shown.map((trial) => [
      trial.isCurrent ? sentence`${String(trial.number)} (current)` : sentence`${String(trial.number)}`,
      [value(trial.value)],
      ...names.map((name) => {
        const given = trial.params[name];
        if (given === undefined) return sentence`—`;
        return typeof given === 'number' ? sentence`${String(given)}` : [code(String(given))];
      }),
    ]),
  ];
}

function conclusionOf({ judgement, best, trials, metric, run, written, ended }: StudyResult): Sentence[] {
  const winner = trials.find(({ number: each }) => each === best);
  if (ended === 'interrupted')
    return [sentence`Interrupted before fold 0 was looked at: run the command again to go on`];
  if (!winner) return [sentence`No trial is complete`];
  if (winner.isCurrent)
    return [sentence`${strong(...sentence`Not better`)}: no trial beats the current parameters, so nothing is written`];
  if (!judgement)
    return [sentence`${strong(...sentence`Not known`)}: ${code(metric)} has no value on fold 0, so nothing is written`];
  const { current, winner: found, gain, standardError, pValue: p, smallestGain, isBetter } = judgement;
  const compared = sentence`on fold 0 ${code(metric)} is ${number(found)} with trial ${String(winner.number)} and ${number(current)} with the current parameters: ${signed(gain)} ± ${number(standardError)}, ${pValue(p)}`;
  return [
    isBetter
      ? sentence`${strong(...sentence`Better`)}: ${compared}`
      : sentence`${strong(...sentence`Not better`)}: ${compared}, so nothing is written`,
    sentence`A true gain of ${number(smallestGain)} would be found nine times in ten`,
    ...(isBetter ? [sentence`Parameters: ${paramsText(winner.params)}`] : []),
    ...(written === null ? [] : [sentence`Written into ${code(written)}`]),
    ...(run === null ? [] : [sentence`Recorded as run ${code(run)}`]),
  ];
}

function paramsText(params: StudyResult['trials'][number]['params']): Sentence {
  return join(
    Object.entries(params).map(([name, each]) => code(`${name}: ${String(each)}`)),
    ', ',
  );
}
