import { Document, isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { ConfigError } from '../../errors/app-error.ts';
import type { Stage } from './stages.ts';

const HEAD = ' `mlops dvc` writes the stages that say `meta: { mlops: true }`. Others are yours, and stay.';

/**
 * The text of `dvc.yaml` with these stages in it. Stages of ours that are no longer needed go; those of the user, other sections and
 * comments stay.
 *
 * @param text of the file that is there; undefined: there is none.
 * @throws ConfigError when it is no `dvc.yaml`, or a stage of the user's has a name of ours.
 */
export function withStages(text: string | undefined, file: string, stages: ReadonlyMap<string, Stage>): string {
  const document = text === undefined || text.trim() === '' ? fresh() : parsed(text, file);
  const map = stageMap(document, file);
  for (const name of namesIn(map)) {
    const isOurs = map.getIn([name, 'meta', 'mlops']) === true;
    if (isOurs && !stages.has(name)) map.delete(name);
    if (isOurs || !stages.has(name)) continue;
    throw new ConfigError({
      file,
      place: `stages.${name}`,
      message: 'is a stage that mlops did not write, and has a name that mlops needs',
      next: 'rename the stage, or remove it',
    });
  }
  for (const [name, stage] of stages) map.set(name, document.createNode(stage));
  return document.toString({ lineWidth: 120 });
}

function fresh(): Document {
  const document = new Document({ stages: {} });
  document.commentBefore = HEAD;
  return document;
}

function parsed(text: string, file: string): Document {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (!error) return document;
  const [at] = error.linePos ?? [];
  throw new ConfigError({
    file,
    ...(at && { place: `line ${at.line}` }),
    message: error.message.split('\n')[0]!.replace(/ at line \d+.*$/, ''),
    next: 'correct the file, then run `mlops dvc` again; nothing was changed',
  });
}

function stageMap(document: Document, file: string): YAMLMap {
  if (isMap(document.contents) && !document.has('stages')) document.set('stages', document.createNode({}));
  const stages: unknown = isMap(document.contents) ? document.get('stages', true) : undefined;
  if (isMap(stages)) return stages as YAMLMap;
  throw new ConfigError({
    file,
    place: 'stages',
    message: 'is not a map of stages',
    next: 'correct the file, then run `mlops dvc` again; nothing was changed',
  });
}

function namesIn(map: YAMLMap): string[] {
  return map.items.flatMap(({ key }) => (isScalar(key) && typeof key.value === 'string' ? [key.value] : []));
}
