// The library, as other programs may build on it: `import { commands } from 'mlops-action/core'`.

export { checkOptions } from './commands/check-options.ts';
export type { Command, Outcome, Work } from './commands/command.ts';
export { type CommandDocument, documentOf, errorDocument } from './commands/document.ts';
export { commands } from './commands/index.ts';
export type { Judgement } from './commands/judgement.ts';
export type { CommandPorts, Records } from './commands/ports.ts';
export { parseOverride } from './config/overrides.ts';
export { parseProject } from './config/parse.ts';
export type { Project } from './config/project.ts';
export { AppError, formatProblem, type Problem } from './errors/app-error.ts';
export { EXIT } from './errors/exit-codes.ts';
export { openPorts } from './io/open-ports.ts';
export type { Change } from './ports/change.ts';
export type { Log } from './ports/log.ts';
export { renderMarkdown } from './report/markdown.ts';
export type { Report } from './report/report-schema.ts';
export { renderTerminal } from './report/terminal.ts';
export type { Run } from './tracking/run.ts';
export { runCodec, runsOfDocument } from './tracking/run-codec.ts';
export { VERSION } from './version.ts';
