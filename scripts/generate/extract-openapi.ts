import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Cuts GitHub's own description of its REST API down to the operations in use: `node scripts/generate/extract-openapi.ts`.
 * The whole of it is 13 MB; what is left is committed, and the rig checks every request and answer against it.
 */

const SOURCE = '@octokit/openapi@23.0.2';
const DESCRIPTION = 'package/generated/api.github.com.json';
const TARGET = join(import.meta.dirname, '../../test/rig/openapi.json');

const OPERATIONS = [
  'GET /app/hook/deliveries',
  'POST /app/hook/deliveries/{delivery_id}/attempts',
  'POST /app/installations/{installation_id}/access_tokens',
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/actions/artifacts',
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}',
  'DELETE /repos/{owner}/{repo}/actions/artifacts/{artifact_id}',
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
  'GET /repos/{owner}/{repo}/actions/runs',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
  'DELETE /repos/{owner}/{repo}/actions/runs/{run_id}',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs',
  'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
  'GET /repos/{owner}/{repo}/branches/{branch}',
  'POST /repos/{owner}/{repo}/check-runs',
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
  'GET /repos/{owner}/{repo}/commits',
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
  'GET /repos/{owner}/{repo}/commits/{ref}',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  'GET /repos/{owner}/{repo}/commits/{ref}/status',
  'GET /repos/{owner}/{repo}/commits/{ref}/statuses',
  'GET /repos/{owner}/{repo}/compare/{basehead}',
  'GET /repos/{owner}/{repo}/contents/{path}',
  'POST /repos/{owner}/{repo}/git/blobs',
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
  'POST /repos/{owner}/{repo}/git/commits',
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}',
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}',
  'GET /repos/{owner}/{repo}/git/ref/{ref}',
  'POST /repos/{owner}/{repo}/git/refs',
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}',
  'POST /repos/{owner}/{repo}/git/trees',
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
  'GET /repos/{owner}/{repo}/hash-algorithm',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
  'GET /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'POST /repos/{owner}/{repo}/statuses/{sha}',
  'GET /repos/{owner}/{repo}/tarball/{ref}',
];

/** What people read, not what a request is checked by; a property may bear these names, so only beside no `properties`. */
const PROSE = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'tags', 'operationId']);

/** Where GitHub answers null and its description does not say so: of a pull request whose fork was deleted. */
const NULLABLE = ['pull-request', 'pull-request-simple'].flatMap((schema) =>
  ['repo', 'user'].map((name) => ['components', 'schemas', schema, 'properties', 'head', 'properties', name]),
);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function withoutProse(value: Json, parent?: string): Json {
  if (Array.isArray(value)) return value.map((one) => withoutProse(one));
  if (typeof value !== 'object' || value === null) return value;
  const isNames = parent === 'properties' || parent === 'schemas';
  const kept = Object.entries(value).filter(([key]) => isNames || !(PROSE.has(key) || key.startsWith('x-')));
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutProse(one, isNames ? undefined : key)]));
}

function references(value: Json, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value) references(one, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      if (key === '$ref' && typeof one === 'string') found.add(one);
      else references(one, found);
    }
  }
  return found;
}

function at(document: Json, path: readonly string[]): { [key: string]: Json } {
  let value: Json | undefined = document;
  for (const key of path) value = (value as { [key: string]: Json } | undefined)?.[key];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`no ${path.join(' ')}`);
  return value;
}

function put(document: { [key: string]: Json }, path: readonly string[], value: Json): void {
  let place = document;
  for (const key of path.slice(0, -1)) {
    place[key] ??= {};
    place = at(place, [key]);
  }
  place[path.at(-1)!] = value;
}

function extract(whole: Json): Json {
  const subset: { [key: string]: Json } = { openapi: '3.0.3', info: { title: `${SOURCE} ${DESCRIPTION}, extracted` } };
  const missing: string[] = [];
  for (const operation of OPERATIONS) {
    const [method, path] = operation.split(' ') as [string, string];
    const place = ['paths', path, method.toLowerCase()];
    const { description: _, ...found } = at(whole, place);
    put(subset, place, withoutProse(found));
    missing.push(...references(at(subset, place)));
  }
  const seen = new Set<string>();
  for (const reference of missing) {
    if (seen.has(reference)) continue;
    seen.add(reference);
    const place = reference.split('/').slice(1);
    put(subset, place, withoutProse(at(whole, place)));
    missing.push(...references(at(subset, place)));
  }
  for (const place of NULLABLE) put(subset, [...place, 'nullable'], true);
  // Its ids may be SHA-256.
  put(subset, ['components', 'schemas', 'git-ref', 'properties', 'object', 'properties', 'sha', 'maxLength'], 64);
  // A search such as `>=2026-01-31`, not a date.
  delete at(subset, ['components', 'parameters', 'created', 'schema']).format;
  return sorted(subset);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key]!)]),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
try {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', SOURCE, '--json', '--ignore-scripts'], { cwd: folder, encoding: 'utf8' }),
  );
  execFileSync('tar', ['-xzf', packed.filename, DESCRIPTION], { cwd: folder });
  const whole: Json = JSON.parse(readFileSync(join(folder, DESCRIPTION), 'utf8'));
  writeFileSync(TARGET, `${JSON.stringify(extract(whole), undefined, 1)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
