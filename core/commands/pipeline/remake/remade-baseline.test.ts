import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { shaOf } from '../../../change/commits.fixture.ts';
import { createEvidenceStore } from '../../../evidence/evidence-store.ts';
import { createRandom } from '../../../random/random.ts';
import { createMemoryRecordFiles } from '../../../records/memory-record-files.ts';
import { createRunStore } from '../../../tracking/run-store.ts';
import { someWorld } from '../../ports.fixture.ts';
import type { BaseCommit, Ports } from '../../ports.ts';
import { runProject } from '../run-project.fixture.ts';

/** Rows with an id, of which y is twice x and a little noise. */
function rows(seed: number, n = 120): string {
  const random = createRandom(seed, 'rows');
  const lines = Array.from({ length: n }, (_, i) => {
    const x = random.normal();
    return `r${i},${x.toFixed(4)},${random.normal().toFixed(4)},${(2 * x + 0.5 * random.normal()).toFixed(4)}\n`;
  });
  return `id,x,noise,y\n${lines.join('')}`;
}
const TABLE = rows(1);
const OTHER = rows(2);
const yml = ({
  models = '{ random_forest: { n_estimators: 3 }, dummy: {} }',
  columns = '',
  path = 'd.csv',
  more = '',
  top = '',
} = {}) =>
  `${top}datasets: { d: { path: ${path}, target: y, metrics: [r2], ${more} columns: { id: id, ${columns} }, models: ${models}, gates: { r2: { max_drop: 0.01 } } } }\n`;
/** A change that does not see what y depends on. */
const BLIND = yml({ columns: 'x: ignore' });

interface Change {
  readonly base?: string;
  readonly own?: string;
  /** Of the base commit besides `mlops.yml`. */
  readonly files?: Readonly<Record<string, string>>;
  /** What lies on the machine. */
  readonly disk?: Readonly<Record<string, string>>;
  readonly rest?: Partial<BaseCommit>;
  readonly earlier?: readonly Ports[];
  readonly ports?: Ports;
}

/** A change without a run of its base commit, and what it was compared with. */
async function changed(options: Change = {}) {
  const { base = yml(), own = BLIND, files = { 'd.csv': TABLE }, disk = { 'd.csv': TABLE } } = options;
  const { rest, earlier = [], ports } = options;
  const result = await runProject({
    ...{ yml: own, base, tables: disk, sha: '2', earlier },
    ...(ports && { ports }),
    baseCommit: { files, ...rest },
  });
  const [dataset] = result.report.datasets;
  return { ...result, baseline: dataset!.baseline, outcome: result.report.verdict!.outcome };
}

const remade = { provenance: 'remade', sha: shaOf('0'), commitsBehind: 0 };
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const dvc = (text: string) => `outs:\n- md5: ${md5(text)}\n  size: ${text.length}\n  hash: md5\n  path: d.csv\n`;
const lock = (text: string) =>
  `schema: '2.0'\nstages:\n  load:\n    cmd: load\n    outs:\n    - path: d.csv\n      hash: md5\n      md5: ${md5(text)}\n`;
const lfs = (text: string) =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(text)}\nsize ${text.length}\n`;

describe('without a run of the base commit', () => {
  it('the base commit is trained, and the verdict is to the last digit that of a run that was kept', async () => {
    const main = await runProject({ yml: yml(), tables: { 'd.csv': TABLE }, sha: '0', place: 'tracked_branch' });
    const stored = await changed({ earlier: [main.ports] });
    expect(stored.baseline).toMatchObject({ provenance: 'local' });
    const { outcome, baseline, report } = await changed();
    expect(outcome).toBe('fail');
    expect(baseline).toMatchObject({ ...remade, kind: 'base', branch: 'main', remade: { why: { reason: 'no_run' } } });
    expect(report.verdict).toEqual(stored.report.verdict);
    expect((await changed({ own: yml() })).outcome).toBe('pass');
  });

  it('it is no run of this commit, nor of that one: only what the change trained is recorded', async () => {
    const { ports, runs } = await changed();
    const kept = (await ports.runs.list()).runs;
    expect(kept.map(({ id }) => id).sort()).toEqual(runs.map(({ id }) => id).sort());
    expect(kept.every(({ git }) => git.sha === shaOf('2'))).toBe(true);
  });

  it('it is trained before anything of the change is', async () => {
    const world = await someWorld({ files: { 'd.csv': TABLE }, sha: '2' });
    const labels: string[] = [];
    const progress = (label: string) => void labels.push(label);
    await changed({ ports: { ...world, log: { ...world.log, progress } } });
    expect([...new Set(labels)]).toEqual([
      ...['d random_forest of 0000000', 'd dummy of 0000000'],
      ...['d random_forest', 'd dummy'],
    ]);
  });

  it('it has the models, parameters and rows of its own files, whatever the change makes of them', async () => {
    const own = yml({ path: 'moved.csv', models: '{ random_forest: { n_estimators: 1 } }' });
    const { baseline, report } = await changed({ own, disk: { 'moved.csv': OTHER } });
    expect(baseline).toMatchObject(remade);
    const [dataset] = report.datasets;
    expect(dataset!.baselineData).toMatchObject({ sha256: sha256(TABLE), rows: 120 });
    expect(dataset!.models.map(({ changedParams }) => changedParams)[0]).toEqual([
      { name: 'n_estimators', before: 3, after: 1 },
    ]);
  });

  it('nothing is trained besides where nothing is judged, or the base does not have the dataset', async () => {
    const added = yml().replace('{ d: {', `{ e: { path: d.csv, target: y, models: [dummy] }, d: {`);
    const { report } = await changed({ own: added });
    expect(report.datasets.map(({ dataset, baseline }) => [dataset, baseline.kind])).toEqual([
      ['e', 'none'],
      ['d', 'base'],
    ]);
    const place = 'tracked_branch' as const;
    const main = await runProject({
      ...{ yml: yml(), base: yml(), tables: { 'd.csv': TABLE }, place },
      baseCommit: { files: { 'd.csv': TABLE } },
    });
    expect(main.report.datasets[0]!.baseline).toMatchObject({ kind: 'none' });
  });
});

describe('`baseline.remake`', () => {
  const kept = async (policy: string) => {
    const base = yml({ top: `baseline: { remake: ${policy} }\n` });
    const main = await runProject({ yml: base, tables: { 'd.csv': TABLE }, sha: '0', place: 'tracked_branch' });
    return { base, main };
  };

  it('never: a change that lacks a run of its base cannot be compared', async () => {
    const { base, main } = await kept('never');
    expect(await changed({ base })).toMatchObject({ outcome: 'not_comparable', baseline: { kind: 'none' } });
    expect((await changed({ base, earlier: [main.ports] })).baseline).toMatchObject({ provenance: 'local' });
  });

  it('auto: a run of the base commit is enough', async () => {
    const { base, main } = await kept('auto');
    expect((await changed({ base, earlier: [main.ports] })).baseline).toMatchObject({ provenance: 'local' });
  });

  it('always: it is trained beside the run, too; where that cannot be, the run counts', async () => {
    const { base, main } = await kept('always');
    const earlier = [main.ports];
    const why = { reason: 'asked_for' };
    expect((await changed({ base, earlier })).baseline).toMatchObject({ ...remade, remade: { why } });
    expect((await changed({ base, earlier, files: {}, disk: { 'd.csv': OTHER } })).baseline).toMatchObject({
      provenance: 'local',
    });
  });

  it('is the base commit’s to say', async () => {
    const own = `baseline: { remake: never }\n${BLIND}`;
    expect(await changed({ own })).toMatchObject({ outcome: 'fail', baseline: remade });
  });

  it('auto: a run of an older commit is not the one of the base, whatever its inputs were', async () => {
    const { base } = await kept('auto');
    const older = await runProject({ yml: base, tables: { 'd.csv': OTHER }, sha: '8', place: 'tracked_branch' });
    const none = await someWorld({ files: {}, sha: '0' });
    const { baseline } = await changed({ base, earlier: [none, older.ports] });
    expect(baseline).toMatchObject({ ...remade, remade: { why: { reason: 'older_run', sha: shaOf('8') } } });
  });

  it('auto: a run of another engine counts as none', async () => {
    const { base, main } = await kept('auto');
    const old: Ports = {
      ...main.ports,
      runs: {
        ...main.ports.runs,
        list: async () => ({ runs: main.runs.map((run) => ({ ...run, engine: 1 })), skipped: [] }),
      },
    };
    const { baseline, outcome } = await changed({ base, earlier: [old], own: yml() });
    expect(outcome).toBe('pass');
    expect(baseline).toMatchObject({ ...remade, remade: { why: { reason: 'other_engine', before: 1 } } });
  });
});

describe('the table of the base commit', () => {
  const GENERATED =
    'datasets: { d: { path: d.csv, target: MedHouseVal, metrics: [r2], generator: { id: california_housing, rows: 80, seed: 4 }, models: [dummy] } }\n';
  const there = { sha256: sha256(TABLE), rows: 120 };
  it.each<[string, Change, object]>([
    ['is a blob', {}, there],
    ['lies in the folder of the project', { files: { 'app/d.csv': TABLE }, rest: { folder: 'app' } }, there],
    [
      'is several files',
      {
        base: yml({ path: 'part-*.csv' }),
        files: { 'part-1.csv': rows(1, 60), 'part-2.csv': rows(3, 60).replaceAll('r', 's') },
      },
      { rows: 120 },
    ],
    [
      'is a link to a file, which the change replaces',
      { files: { 'd.csv': '-> data/d.csv', 'data/d.csv': TABLE }, disk: { 'd.csv': OTHER, 'data/d.csv': OTHER } },
      there,
    ],
    [
      'is behind a folder that is a link, which the change points elsewhere',
      {
        base: yml({ path: 'now/d.csv' }),
        own: yml({ path: 'now/d.csv' }),
        files: { now: '-> data', 'data/d.csv': TABLE },
        disk: { 'now/d.csv': OTHER, 'data/d.csv': TABLE },
      },
      there,
    ],
    [
      'is a link to a download, and `sha256` names it',
      { base: yml({ more: `sha256: ${sha256(TABLE)},` }), files: { 'd.csv': '-> data/d.csv' } },
      there,
    ],
    ['is generated', { base: GENERATED, own: GENERATED, files: {}, disk: {} }, { rows: 80 }],
    [
      'is generated, and the change generates another',
      { base: GENERATED, own: GENERATED.replace('rows: 80', 'rows: 90'), files: {}, disk: {} },
      { rows: 80 },
    ],
    [
      'is a blob although a generator could make one',
      { base: yml({ more: 'generator: { id: california_housing },' }) },
      there,
    ],
    ['is tracked by DVC and here', { files: { 'd.csv.dvc': dvc(TABLE) } }, there],
    [
      'is tracked by DVC and in its cache, while the change has another',
      {
        files: { 'd.csv.dvc': dvc(TABLE) },
        disk: { 'd.csv': OTHER, [`.dvc/cache/files/md5/${md5(TABLE).slice(0, 2)}/${md5(TABLE).slice(2)}`]: TABLE },
      },
      there,
    ],
    ['is what a stage of DVC made', { files: { 'dvc.lock': lock(TABLE) } }, there],
    ['is in Git LFS and here', { files: { 'd.csv': lfs(TABLE) } }, there],
    [
      'is in Git LFS, while the change has another',
      {
        files: { 'd.csv': lfs(TABLE) },
        disk: { 'd.csv': OTHER },
        rest: { lfs: { read: async (object) => Buffer.from(object.sha256 === sha256(TABLE) ? TABLE : '') } },
      },
      there,
    ],
    ['is downloaded, and `sha256` names it', { base: yml({ more: `sha256: ${sha256(TABLE)},` }), files: {} }, there],
    [
      'is downloaded to another place since',
      {
        base: yml({ more: `sha256: ${sha256(TABLE)},` }),
        own: yml({ path: 'moved.csv' }),
        files: {},
        disk: { 'moved.csv': TABLE },
      },
      there,
    ],
  ])('%s', async (_how, change, table) => {
    const { baseline, report } = await changed(change);
    expect(baseline).toMatchObject(remade);
    expect(report.datasets[0]!.baselineData).toMatchObject(table);
  });

  const forged = TABLE.replace('r1,', 'r9999,');
  it.each<[string, Change, object]>([
    ['is downloaded, and nothing names it', { files: {} }, { obstacle: 'no_digest', path: 'd.csv' }],
    [
      'is downloaded, and other bytes lie there than `sha256` names',
      { base: yml({ more: `sha256: ${sha256(TABLE)},` }), files: {}, disk: { 'd.csv': forged } },
      { obstacle: 'other_bytes', named: 'mlops.yml' },
    ],
    [
      'is tracked by DVC, and other bytes lie there although its pointer is the same',
      { files: { 'd.csv.dvc': dvc(TABLE) }, disk: { 'd.csv': forged, 'd.csv.dvc': dvc(forged) } },
      { obstacle: 'other_bytes', named: 'd.csv.dvc' },
    ],
    [
      'is tracked by DVC, and its cache holds other bytes',
      {
        files: { 'd.csv.dvc': dvc(TABLE) },
        disk: { 'd.csv': OTHER, [`.dvc/cache/files/md5/${md5(TABLE).slice(0, 2)}/${md5(TABLE).slice(2)}`]: forged },
      },
      { obstacle: 'other_bytes' },
    ],
    [
      'is in a folder that DVC tracks as a whole',
      { base: yml({ path: 'data' }), files: { 'data.dvc': `outs:\n- md5: ${md5(TABLE)}.dir\n  path: data\n` } },
      { obstacle: 'no_digest', path: 'data' },
    ],
    [
      'is what a stage of DVC made, and other bytes lie there',
      { files: { 'dvc.lock': lock(TABLE) }, disk: { 'd.csv': forged } },
      { obstacle: 'other_bytes', named: 'dvc.lock' },
    ],
    [
      'is in Git LFS, other bytes lie there, and nobody fetches it',
      { files: { 'd.csv': lfs(TABLE) }, disk: { 'd.csv': forged } },
      { obstacle: 'other_bytes', named: 'Git LFS' },
    ],
    [
      'is a link that leads out',
      { files: { 'd.csv': '-> /home/d.csv' } },
      { obstacle: 'unreadable', detail: 'it is a link that leads out of the repository' },
    ],
    ['is a link to a download', { files: { 'd.csv': '-> data/d.csv' } }, { obstacle: 'no_digest', path: 'd.csv' }],
    [
      'is several files, of which one is a link to a download',
      {
        base: yml({ path: 'part-*.csv' }),
        own: yml({ path: 'part-*.csv' }),
        files: { 'part-1.csv': TABLE, 'part-2.csv': '-> data/d.csv' },
        disk: { 'part-1.csv': TABLE },
      },
      { obstacle: 'no_digest', path: 'part-*.csv' },
    ],
    ['is outside of the repository', { base: yml({ path: '../d.csv' }), files: {} }, { obstacle: 'no_digest' }],
    [
      'is broken there',
      { files: { 'd.csv': TABLE.replace('y', 'z') } },
      { obstacle: 'failed', detail: expect.stringMatching(/^d\.csv: .*"y"/) },
    ],
  ])('%s: nothing can be compared', async (_how, change, notRemade) => {
    const { baseline, outcome } = await changed(change);
    expect(baseline).toMatchObject({ kind: 'none', notRemade });
    expect(outcome).toBe('not_comparable');
  });

  it('is what the nearest run was trained on, if that is what lies here', async () => {
    const earlier = await runProject({ yml: yml(), tables: { 'd.csv': TABLE }, sha: '1', place: 'tracked_branch' });
    const world = await someWorld({ files: { 'd.csv': TABLE }, sha: '2', earlier: [earlier.ports] });
    // An older commit, of which nobody can say that its inputs were the base's.
    const search = { ...world.search, commits: [shaOf('0'), shaOf('1')] };
    const change = { files: {}, ports: { ...world, search, twins: async () => false } };
    expect((await changed(change)).baseline).toMatchObject(remade);
    await world.files.write('d.csv', forged);
    expect((await changed(change)).baseline).toMatchObject({ kind: 'none', notRemade: { obstacle: 'no_digest' } });
  });
});

describe('a command of the user', () => {
  const models = '{ custom: { command: [train] }, dummy: {} }';
  it('is never trained beside the change', async () => {
    const { baseline, outcome } = await changed({ base: yml({ models }), own: yml({ models: '[dummy]' }) });
    expect(baseline).toMatchObject({ kind: 'none', notRemade: { obstacle: 'custom' } });
    expect(outcome).not.toBe('pass');
  });
});

describe('a machine of one’s own', () => {
  const kept = () => {
    const files = createMemoryRecordFiles();
    return { runs: createRunStore(files), evidence: createEvidenceStore(files) };
  };

  it('keeps what it trained by what that depends on, and trains it once', async () => {
    const store = kept();
    const first = await changed({ rest: { remade: store } });
    expect(first.baseline).toMatchObject({ remade: { seconds: expect.any(Number) } });
    const again = await changed({ rest: { remade: store } });
    expect(again.baseline).toMatchObject({ remade: { seconds: null } });
    expect(again.report.verdict).toEqual(first.report.verdict);
    const disk = { 'd.csv': OTHER };
    const world = await someWorld({ files: disk, sha: '3' });
    const other = await changed({ rest: { remade: store }, files: disk, ports: world });
    expect(other.baseline).toMatchObject({ remade: { seconds: expect.any(Number) } });
  });
});
