import { describe, expect, it } from 'vitest';
import { parseProject } from '../../config/parse.ts';
import { createRandom } from '../../random/random.ts';
import type { Ports } from '../ports.ts';
import { runProject } from './run-project.fixture.ts';
import { storedRuns } from './stored-runs.ts';

const PROJECT = `datasets:
  sales: { path: sales.csv, target: sold, metrics: [r2], models: { linear_regression: { alpha: 1 } } }
`;
const GATED = PROJECT.replace('metrics:', 'gates: { r2: { min: 0.1 } }, metrics:');

function sales(seed: number): string {
  const random = createRandom(seed, 'sales');
  const rows = Array.from({ length: 60 }, () => {
    const price = random.normal();
    return `${price.toFixed(4)},${(price + random.normal()).toFixed(4)}\n`;
  });
  return `price,sold\n${rows.join('')}`;
}

const trained = async () => (await runProject({ yml: PROJECT, tables: { 'sales.csv': sales(1) } })).ports;

/** Runs that are compared at another commit, or with uncommitted changes. */
async function found(ports: Ports, yml: string, git: Partial<Ports['git']>) {
  const project = parseProject(yml, 'mlops.yml');
  const { runs } = await storedRuns(
    project.datasets[0]!,
    { project, base: null, chosen: [] },
    { ...ports, git: { ...ports.git, ...git } },
  );
  return runs.map(({ run }) => run.git.sha![0]);
}

describe('storedRuns', () => {
  const next = { sha: '2'.repeat(40) };

  it('takes the run of an earlier commit where only a gate was edited since', async () => {
    expect(await found(await trained(), GATED, next)).toEqual(['1']);
    expect(await found(await trained(), GATED, { dirty: true })).toEqual(['1']);
  });

  it('takes none where a parameter or the table was edited since', async () => {
    const ports = await trained();
    const edited = PROJECT.replace('alpha: 1', 'alpha: 9');
    await expect(found(ports, edited, next)).rejects.toThrow(/no run of sales .* of this commit/);
    await expect(found(ports, edited, { dirty: true })).rejects.toThrow(/no run of sales .* your uncommitted changes/);
    await ports.files.write('sales.csv', sales(2));
    await expect(found(ports, PROJECT, next)).rejects.toThrow('no run of sales');
  });

  it('takes the run of uncommitted changes that were trained, not one of other edits made later', async () => {
    const ports = await trained();
    const dirty = { ...ports, git: { ...ports.git, dirty: true } };
    const edited = PROJECT.replace('alpha: 1', 'alpha: 9');
    await runProject({ yml: edited, ports: dirty });
    await runProject({ yml: PROJECT.replace('alpha: 1', 'alpha: 5'), ports: dirty });
    const project = parseProject(edited, 'mlops.yml');
    const { runs } = await storedRuns(project.datasets[0]!, { project, base: null, chosen: [] }, dirty);
    expect(runs.map(({ run }) => run.params.alpha)).toEqual([9]);
  });

  it('needs no table for a run of this very commit', async () => {
    const ports = await trained();
    const noTable = { ...ports.files, exists: () => Promise.reject(new Error('a table was looked for')) };
    expect(await found({ ...ports, files: noTable }, PROJECT, {})).toEqual(['1']);
  });
});
