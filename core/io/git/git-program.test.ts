import { chmodSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { newTestFolder } from './git.fixture.ts';
import { findGit } from './git-program.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
const program = process.platform === 'win32' ? 'git.exe' : 'git';
let count = 0;
let workspace: string;
let outside: string;
beforeEach(() => {
  workspace = join(home, `${++count}`, 'workspace');
  outside = join(home, `${count}`, 'outside');
  for (const folder of [outside, join(workspace, 'bin')]) plant(folder);
  plant(workspace);
});

function plant(folder: string, name = program): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), '#!/bin/sh\n');
  chmodSync(join(folder, name), 0o755);
}
const find = (...folders: readonly string[]) => findGit({ PATH: folders.join(delimiter), OTHER: 'x' }, workspace);

describe('the git that is run', () => {
  it.each<[string, () => string]>([
    ['the workspace', () => workspace],
    ['a folder of the workspace', () => join(workspace, 'bin')],
    ['a folder reached by dots', () => join(workspace, 'bin', '..', '..', 'workspace')],
    ['nothing', () => ''],
    ['the folder where we are', () => '.'],
    ['a relative path', () => 'bin'],
    ['a path that leads up', () => '../workspace'],
    ['a folder that is not there', () => join(home, 'absent')],
  ])('is not of an entry of PATH that is %s, and git does not look there either', (_title, entry) => {
    const { path, env } = find(entry(), outside);
    expect(path).toBe(join(outside, program));
    expect(env).toEqual({ PATH: outside, OTHER: 'x' });
    expect(find(entry()).path).toBeUndefined();
    expect(find(entry()).env.PATH).toBe('');
  });

  it('is not behind a link to the workspace, of a folder or of the program itself', () => {
    const folder = join(home, `${count}`, 'linked-folder');
    symlinkSync(join(workspace, 'bin'), folder);
    const links = join(home, `${count}`, 'links');
    mkdirSync(links);
    symlinkSync(join(workspace, 'bin', program), join(links, program));
    const { path, env } = find(folder, links, outside);
    expect(path).toBe(join(outside, program));
    expect(env.PATH).toBe([links, outside].join(delimiter));
  });

  it('is not of a workspace that is named by a link', () => {
    const link = join(home, `${count}`, 'link');
    symlinkSync(workspace, link);
    expect(findGit({ PATH: join(workspace, 'bin') }, link).path).toBeUndefined();
    expect(findGit({ PATH: join(link, 'bin') }, realpathSync(workspace)).path).toBeUndefined();
  });

  it('is a file that may be executed', () => {
    const folder = join(home, `${count}`, 'folder');
    mkdirSync(join(folder, program), { recursive: true });
    const plain = join(home, `${count}`, 'plain');
    mkdirSync(plain);
    writeFileSync(join(plain, program), '');
    chmodSync(join(plain, program), 0o644);
    expect(find(folder, plain, outside).path).toBe(join(outside, program));
  });

  it('is found whatever the variable’s case, and none where there is no variable', () => {
    expect(findGit({ Path: outside }, workspace)).toEqual({ path: join(outside, program), env: { Path: outside } });
    expect(findGit({}, workspace).path).toBeUndefined();
  });
});
