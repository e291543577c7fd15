import { z } from 'zod';
import { verdictSchema } from '../../comparison/verdict.ts';
import { writePage } from '../../report/html/write-page.ts';
import { renderMarkdown, SUMMARY_BYTES } from '../../report/markdown.ts';
import { renderTerminal } from '../../report/terminal.ts';
import { writeDrift } from '../../report/write-drift.ts';
import { writeReport } from '../../report/write-report.ts';
import { runSchema } from '../../tracking/run.ts';
import type { Outcome, Work } from '../command.ts';
import { judgementOf } from '../judgement.ts';
import type { CommandPorts } from '../ports.ts';
import { refuseForeignCommands } from './foreign-commands.ts';
import { openProject, type ProjectOptions } from './open-project.ts';
import { type PipelineOptions, runPipeline, type Steps } from './run-pipeline.ts';
import { unchangedHere } from './unchanged-here.ts';

/** What `pipeline`, `train` and `compare` give. */
export const judgedRuns = z.strictObject({
  runs: z.array(runSchema),
  /** Null where nothing was judged. */
  verdict: verdictSchema.nullable(),
  /** The file of the report; null where none was written. */
  report: z.string().nullable(),
});
export type JudgedRuns = z.infer<typeof judgedRuns>;

interface Options extends ProjectOptions {
  readonly force: boolean;
  readonly tune?: 'always' | 'never' | undefined;
}

const REPORTS = 'reports/';
const PAGE = `${REPORTS}comparison_report.html`;

/** What a person does after a verdict; a job has no file of its own to open. */
function openPage(files: readonly string[]): string | undefined {
  return files.includes(PAGE) ? `open ${PAGE}` : undefined;
}

/** The work of a command that goes some of the pipeline's steps. */
export function pipelineWork(command: string, steps: Steps): Work<Options, JudgedRuns> {
  return {
    result: judgedRuns,
    run: (ports, options) => runSteps(ports, options, command, steps),
    terminal: ({ report }) => renderTerminal(report!),
    markdown: ({ report }, page) => renderMarkdown(report!, SUMMARY_BYTES, page),
    next: ({ files }) => (steps.judge ? openPage(files) : 'mlops compare'),
  };
}

/** Goes these steps for the project, and reports. */
export async function runSteps(
  world: CommandPorts,
  options: Options,
  command: string,
  steps: Steps,
): Promise<Outcome<JudgedRuns>> {
  const { ports, rules, ...opened } = await openProject(world, options);
  const { project, base, subject, about, notJudged } = opened;
  if (steps.train) await refuseForeignCommands(world, project, rules);
  const { report, charts, runs, drift, files, isInterrupted } = await runPipeline(ports, {
    command,
    steps: world.isLeg ? { ...steps, generate: true, handOver: true } : steps,
    ...opened,
    about: { ...about, warnings: () => [...about.warnings(), ...ignoredBaseline(options, notJudged)] },
    unchanged: (datasets) => unchangedHere(world, rules, { datasets, options, runs: ports.baselines.runs }),
    datasets: options.dataset,
    models: options.model,
    force: options.force,
    claims: world.claims ?? null,
    // What a study finds belongs to no commit, so it stays with this machine.
    tuning: { wish: options.tune ?? null, runs: world.runs },
  });
  const judgement = judgementOf(report.verdict, base ?? project, subject);
  // A job keeps its report in the artifact, where the door writes it.
  const written =
    world.change.place === 'laptop'
      ? [
          ...(await writeReport(ports.files, report, REPORTS)),
          await writePage(ports.files, PAGE, { report, charts }),
          ...(drift.length > 0 ? await writeDrift(ports.files, drift, REPORTS) : []),
        ]
      : [];
  return {
    result: { runs: [...runs], verdict: report.verdict, report: written[0] ?? null },
    ...(judgement && { judgement }),
    report,
    charts,
    files: [...files, ...written],
    warnings: report.warnings,
    ...(isInterrupted && { isInterrupted }),
  };
}

/** Without a repository no commit can be named. */
function ignoredBaseline({ baseline }: Options, notJudged: PipelineOptions['notJudged']): string[] {
  if (baseline === undefined || notJudged?.reason !== 'no_repository') return [];
  return [`\`--baseline ${baseline}\` was ignored: ${notJudged.why}`];
}
