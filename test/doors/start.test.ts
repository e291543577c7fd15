import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const HOOK = `
import { registerHooks } from 'node:module';
registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) process.stderr.write('loaded ' + url + '\\n');
    return next(url, context);
  },
});`;

/** The files of the repository and the packages that a process loads. */
function loadedBy(...args: string[]): string[] {
  const hook = `data:text/javascript,${encodeURIComponent(HOOK)}`;
  const { stderr } = spawnSync(process.execPath, ['--import', hook, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return [...stderr.matchAll(/^loaded file:\/\/(.*)$/gm)].map(([, path]) => path!.slice(root.length));
}

// A start is quick because what a command does is loaded when it is called, and what it needs when it is needed.
describe('a start loads no model, no store and no parser', () => {
  const HEAVY =
    /^core\/(?!commands|errors|registry|random|ports|report\/printable|tracking\/filter|version)|^core\/commands\/.*\//;

  it.each(['--version', '--help', 'train --help', 'predict --model x', 'calibrate'])('mlops %s', (line) => {
    const loaded = loadedBy('cli/index.ts', ...line.split(' '));
    expect(loaded).toContain('cli/main.ts');
    expect(loaded.filter((path) => HEAVY.test(path))).toEqual([]);
  });

  it('mlops runs list does not load what parses mlops.yml', () => {
    const loaded = loadedBy('cli/index.ts', 'runs', 'list');
    expect(loaded).toContain('core/commands/runs/list-work.ts');
    expect(loaded.filter((path) => /^core\/(config|trainers|models\/index)/.test(path))).toEqual([]);
  });

  it('the Action does not load the clients of artifacts and of the cache before there is something for them', () => {
    const loaded = loadedBy('action/index.ts');
    expect(loaded).toContain('action/publish.ts');
    expect(loaded.filter((path) => /node_modules\/@actions\/(artifact|cache)\//.test(path))).toEqual([]);
  });

  it('the client of the cache loads nothing of the Action', () => {
    const loaded = loadedBy('action/index.ts', 'table-cache', 'restore', 'a'.repeat(64));
    expect(loaded.filter((path) => !path.startsWith('node_modules/'))).toEqual([
      'action/index.ts',
      'action/cache-client.ts',
    ]);
    expect(loaded.some((path) => path.includes('node_modules/@actions/cache/'))).toBe(true);
  });
});
