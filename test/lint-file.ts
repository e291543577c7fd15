import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the project's linter, in a copy of its settings, says of a file with this text. */
export function lintFile(file: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  for (const setting of ['biome.json', 'core-arithmetic.grit', 'foreign-text.grit'])
    cpSync(join(root, setting), join(folder, setting));
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), source);
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '--vcs-enabled=false', file], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  const said = stdout + stderr;
  if (!said.includes('Checked 1 file')) throw new Error(`the linter did not run:\n${said}`);
  return said;
}
