import type { StudySummary } from '../tuning/study-summary.ts';
import { alignColumns } from './columns.ts';
import { code, join, type Sentence, sentence, strong, number as value } from './fragments.ts';
import { bullets, fold, markdown, stack, table } from './markdown-blocks.ts';
import { number, plural, pValue, signed } from './numbers.ts';
import { type Markdown, toMarkdown } from './to-markdown.ts';
import { toTerminal } from './to-terminal.ts';

/** Studies for a terminal: the best trials of each, and what fold 0 says of the best. */
export function studiesToTerminal(studies: readonly StudySummary[]): string {
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
export function studiesToMarkdown(studies: readonly StudySummary[]): Markdown {
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

/** A study as a part of a report that judges other parameters. */
export function studySection(study: StudySummary): Markdown {
  const { judgement, shown } = study;
  const found = judgement?.isBetter ? 'better parameters were found' : 'no better parameters were found';
  const align = rowsOf(study)[0]!.map((_, i) => (i === 0 ? 'l' : 'r'));
  const parts = [
    bullets(conclusionOf(study)),
    toMarkdown(sentence`What is judged above are the parameters of the project file.`),
    toMarkdown(sentence`${countsOf(study)}.`),
    ...(shown.length > 0 ? [table(rowsOf(study), align)] : []),
  ];
  return fold(sentence`Tuning: ${titleOf(study)}: ${found}`, stack(parts, '\n\n'));
}

function titleOf({ dataset, model }: StudySummary): Sentence {
  return sentence`${code(dataset)} ${code(model)}`;
}

/** How many trials there were, of each kind. */
export function countsOf({ counts, planned, ended, metric }: StudySummary): Sentence {
  const early = {
    complete: '',
    exhausted: ` of ${planned}, as every combination has been tried`,
    timeout: ` of ${planned}, as time was over`,
    interrupted: ` of ${planned}, interrupted`,
  };
  const parts = [
    `${plural(counts.trials, 'trial')}${early[ended]}`,
    `${counts.complete} complete`,
    `${counts.pruned} pruned`,
  ];
  const failed = counts.failed > 0 ? [`${counts.failed} failed`] : [];
  return sentence`${[...parts, ...failed].join(', ')}; ${code(metric)} on inner folds of folds 1 to 4`;
}

/** A header, then trials: the best, and the current parameters. */
function rowsOf({ shown, searched, metric }: StudySummary): Sentence[][] {
  return [
    [sentence`trial`, [code(metric)], ...searched.map((name) => [code(name)])],
    ...shown.map((trial) => [
      trial.isCurrent ? sentence`${String(trial.number)} (current)` : sentence`${String(trial.number)}`,
      [value(trial.value)],
      ...searched.map((name) => {
        const given = trial.params[name];
        if (given === undefined) return sentence`—`;
        return typeof given === 'number' ? sentence`${String(given)}` : [code(String(given))];
      }),
    ]),
  ];
}

/** Writes what a study found, and searches no further: it names the trials that there are. */
export function takeOverCommand({
  dataset,
  model,
  counts,
}: Pick<StudySummary, 'dataset' | 'model' | 'counts'>): string {
  return `mlops tune --dataset ${dataset} --model ${model} --trials ${counts.trials} --write`;
}

/** What came of a study, in sentences without a full stop. */
export function conclusionOf(study: StudySummary): Sentence[] {
  const { judgement, best, shown, metric, run, written, ended } = study;
  const winner = shown.find(({ number: each }) => each === best);
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
    ...(isBetter ? [written === null ? takeOver(study) : sentence`Written into ${code(written)}`] : []),
    ...(run === null ? [] : [sentence`Recorded as run ${code(run)}`]),
  ];
}

function takeOver(study: Pick<StudySummary, 'dataset' | 'model' | 'counts'>): Sentence {
  return sentence`${code(takeOverCommand(study))} writes them into the project file`;
}

function paramsText(params: StudySummary['shown'][number]['params']): Sentence {
  return join(
    Object.entries(params).map(([name, each]) => code(`${name}: ${String(each)}`)),
    ', ',
  );
}
