import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DefinitionNode, type FieldDefinitionNode, Kind, parse, print } from 'graphql';

/**
 * Cuts GitHub's own description of its GraphQL API down to the fields in use: `node scripts/generate/extract-graphql.ts`. The whole of it is
 * 1.2 MB; what is left is committed, and the rig checks every query against it and answers by it.
 */

const SOURCE = '@octokit/graphql-schema@15.26.1';
const DESCRIPTION = 'package/schema.graphql';
const TARGET = join(import.meta.dirname, '../../test/rig/schema.graphql');

/** The fields of each type that are kept; of scalars there is nothing to keep. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Query: ['repository'],
  Repository: ['pullRequest', 'mergeQueue'],
  PullRequest: ['number', 'headRefOid', 'comments'],
  IssueCommentConnection: ['nodes', 'pageInfo'],
  IssueComment: ['author', 'body', 'createdAt', 'createdViaEmail', 'lastEditedAt', 'url'],
  PageInfo: ['endCursor', 'hasNextPage', 'hasPreviousPage', 'startCursor'],
  Actor: ['login'],
  Bot: ['login'],
  Mannequin: ['login'],
  User: ['login'],
  MergeQueue: ['entries'],
  MergeQueueEntryConnection: ['nodes', 'pageInfo'],
  MergeQueueEntry: ['baseCommit', 'headCommit', 'pullRequest'],
  Commit: ['oid'],
  DateTime: [],
  GitObjectID: [],
  URI: [],
};
/** Arguments that no query has, and whose types would bring others. */
const UNUSED_ARGUMENTS = new Set(['orderBy', 'followRenames']);

function extract(text: string): string {
  const definitions = parse(text).definitions.filter((one) => 'name' in one && (one.name?.value ?? '') in FIELDS);
  return `${definitions.map((one) => print(cut(one))).join('\n\n')}\n`;
}

function cut(definition: DefinitionNode): DefinitionNode {
  if (definition.kind === Kind.SCALAR_TYPE_DEFINITION) return { ...bare(definition), directives: [] };
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
    throw new Error(`what is kept of a ${definition.kind}?`);
  const wanted = FIELDS[definition.name.value]!;
  const fields = (definition.fields ?? []).filter(({ name }) => wanted.includes(name.value)).map(fieldOf);
  const interfaces = (definition.interfaces ?? []).filter(({ name }) => name.value in FIELDS);
  return { ...bare(definition), directives: [], interfaces, fields };
}

function fieldOf(field: FieldDefinitionNode): FieldDefinitionNode {
  const kept = (field.arguments ?? []).filter(({ name }) => !UNUSED_ARGUMENTS.has(name.value));
  return { ...bare(field), arguments: kept.map(bare) };
}

function bare<T extends { readonly description?: unknown }>(node: T): T {
  const { description: _, ...rest } = node;
  return rest as T;
}

const folder = mkdtempSync(join(tmpdir(), 'graphql-'));
try {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', SOURCE, '--json', '--ignore-scripts'], { cwd: folder, encoding: 'utf8' }),
  );
  execFileSync('tar', ['-xzf', packed.filename, DESCRIPTION], { cwd: folder });
  const head = `# ${SOURCE} ${DESCRIPTION}, extracted by scripts/generate/extract-graphql.ts\n`;
  writeFileSync(TARGET, head + extract(readFileSync(join(folder, DESCRIPTION), 'utf8')));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
