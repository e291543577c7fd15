import { resolve } from 'node:path';
import { z } from 'zod';
import { explainModel } from '../core/commands/explain.ts';
import { proposeProject } from '../core/commands/init.ts';
import type { Log } from '../core/commands/ports.ts';
import { predictTable } from '../core/commands/predict.ts';
import { effectiveConfig } from '../core/config/effective.ts';
import { commonOptions } from '../core/config/options.ts';
import { originsOf, parseOverride, parseProject } from '../core/config/parse.ts';
import { ConfigError } from '../core/errors/app-error.ts';
import { readText } from '../core/io/files.ts';
import { createFolderRunStore } from '../core/io/folder-run-store.ts';
import { createProjectFiles } from '../core/io/project-files.ts';
import { createRegistry, type Plugin } from '../core/registry/registry.ts';
import { type FeatureImportance, importanceTable, renderImportances } from '../core/report/importances.ts';
import { writeCsv } from '../core/table/csv-writer.ts';

/** A command of the laptop alone, beside the pipeline's: it judges nothing. */
interface Tool extends Plugin {
  /** The option that is given without a flag. */
  readonly argument?: string;
  readonly options: z.ZodObject;
  /** Returns the paths written, what to print, and what `--json` holds beside. */
  run(
    options: Record<string, unknown>,
    world: { readonly cwd: string; readonly log: Log },
  ): Promise<{
    readonly text: string;
    readonly files: readonly string[];
    readonly importances?: readonly FeatureImportance[];
  }>;
}

/** Writes a tool with typed options as one of uniform type. */
function defineTool<const Id extends string, Schema extends z.ZodObject>(tool: {
  readonly id: Id;
  readonly summary: string;
  readonly argument?: keyof z.infer<Schema> & string;
  readonly options: Schema;
  run(options: z.infer<Schema>, world: Parameters<Tool['run']>[1]): ReturnType<Tool['run']>;
}): Tool & { readonly id: Id } {
  return { ...tool, run: (options, world) => tool.run(options as z.infer<Schema>, world) };
}

/** The tools there are. */
export const tools = createRegistry('tool', [
  defineTool({
    id: 'init',
    summary: 'look at a table and write a first mlops.yml for it',
    argument: 'table',
    options: z.strictObject({
      table: z.string().min(1),
      target: z.string().optional().describe('The column to predict.'),
      config: z.string().min(1).default('mlops.yml').describe('The project file to write.'),
      force: z.boolean().default(false).describe('Replaces a project file that is there.'),
    }),
    async run({ table, target, config, force }, { cwd }) {
      const files = createProjectFiles(cwd);
      if (!force && (await files.exists(config))) {
        throw new ConfigError({
          file: config,
          message: 'is there already',
          next: 'edit it, write another with --config, or replace it with --force',
        });
      }
      await files.write(config, await proposeProject({ files }, { path: table, target }));
      return { text: `${config}\n`, files: [config] };
    },
  }),
  defineTool({
    id: 'config',
    summary: 'print the effective configuration, and where each value comes from',
    options: commonOptions.pick({ config: true, set: true }),
    async run({ config, set }, { cwd }) {
      const text = await readText(resolve(cwd, config));
      const overrides = set.map(parseOverride);
      const project = parseProject(text, config, overrides);
      return { text: effectiveConfig(project, originsOf(text, config, overrides)), files: [] };
    },
  }),
  defineTool({
    id: 'predict',
    summary: 'predict the rows of a table with a trained model',
    options: z.strictObject({
      model: z.string().min(1).describe('A file of models/, or the id of a run.'),
      data: z.string().min(1).describe('The table, in any form that training reads.'),
      out: z.string().min(1).optional().describe('The CSV file to write; default: standard output.'),
      explain: z
        .boolean()
        .default(false)
        .describe('Adds the SHAP values of each row, for models made of trees: `shap_base` and `shap_<feature>`.'),
    }),
    async run({ model, data, out, explain }, { cwd, log }) {
      const files = createProjectFiles(cwd);
      const runs = createFolderRunStore(resolve(cwd, '.mlops'));
      const text = writeCsv(await predictTable({ files, runs, log }, { model, data, explain }));
      if (out === undefined) return { text, files: [] };
      await files.write(out, text);
      return { text: `${out}\n`, files: [out] };
    },
  }),
  defineTool({
    id: 'explain',
    summary: 'tell what a trained model needs: gain, permutation importance and SHAP values of its features',
    options: z.strictObject({
      model: z.string().min(1).describe('A file of models/, or the id of a run.'),
      data: z
        .string()
        .min(1)
        .describe('The table to explain it on; of the table it was trained on, the test rows alone count.'),
      out: z.string().min(1).optional().describe('A CSV file to write, with all features.'),
      top: z.int().min(1).default(20).describe('Features to print.'),
      metric: z
        .string()
        .min(1)
        .optional()
        .describe('What permutation importance is measured in; default: the primary metric.'),
      repeats: z.int().min(1).max(1000).default(5).describe('Shuffles of each column.'),
      rows: z.int().min(1).default(200).describe('Most rows that SHAP values are computed for.'),
      seed: z.int().default(42).describe('Of the shuffles, and of the choice of rows.'),
    }),
    async run({ out, top, ...options }, { cwd, log }) {
      const files = createProjectFiles(cwd);
      const runs = createFolderRunStore(resolve(cwd, '.mlops'));
      const report = await explainModel({ files, runs, log }, options);
      if (out !== undefined) await files.write(out, writeCsv(importanceTable(report)));
      return {
        text: renderImportances(report, top),
        files: out === undefined ? [] : [out],
        importances: report.features,
      };
    },
  }),
]);
