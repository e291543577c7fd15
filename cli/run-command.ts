import { commands } from '../core/commands/index.ts';
import { type PipelineResult, runPipeline } from '../core/commands/pipeline/run-pipeline.ts';
import { stopsMerge } from '../core/comparison/verdict.ts';
import { evidencePlace } from '../core/config/evidence-place.ts';
import { renderTerminal } from '../core/report/terminal.ts';
import { skippedWarnings } from '../core/tracking/skipped-files.ts';
import { type LaptopOptions, openLaptop } from './laptop.ts';
import type { Answer, Place } from './tool.ts';

interface Options extends LaptopOptions {
  readonly force: boolean;
}

/** Runs one command on a laptop: runs and evidence in `.mlops/`, compared with what this machine has recorded. */
export async function runCommand(id: string, given: Record<string, unknown>, place: Place): Promise<Answer> {
  const command = commands.get(id);
  const options = given as unknown as Options;
  const { ports, project, skipped, close } = await openLaptop(options, place);
  try {
    const result = await runPipeline(ports, {
      command: id,
      steps: command.steps,
      project,
      base: null,
      datasets: options.dataset,
      models: options.model,
      force: options.force,
      // No branch is written from here.
      evidence: evidencePlace(project.tracking, { isPrivate: false }) === 'off' ? 'off' : 'artifact',
      about: {
        place: 'laptop',
        changedFiles: null,
        runUrl: null,
        warnings: () => skippedWarnings('.mlops', skipped),
      },
    });
    const { report, runs: trained, files } = result;
    return {
      text: textOf(result),
      files,
      runs: trained,
      warnings: report.warnings,
      verdict: report.verdict,
      failed: stopsMerge(report.verdict, project.onInconclusive),
    };
  } finally {
    await close();
  }
}

function textOf({ report, files }: PipelineResult): string {
  if (report.datasets.length > 0) return renderTerminal(report);
  return files.length > 0 ? `${files.join('\n')}\n` : 'nothing to do: every table is there\n';
}
