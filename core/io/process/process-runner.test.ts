import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandCall, CommandEnd } from '../../ports/process-runner.ts';
import { createProcessRunner } from './process-runner.ts';
import { isAlive, readPid, waitUntil, writeWhole } from './processes.fixture.ts';

const node = process.execPath;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'process-runner-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const runnerIn = (env: NodeJS.ProcessEnv = { PATH: process.env.PATH }) =>
  createProcessRunner({ root, env, graceSeconds: 0.3 });
const run = (command: readonly string[], changes: Partial<CommandCall> = {}): Promise<CommandEnd> =>
  runnerIn().withFolder((folder) => folder.run({ command, env: {}, timeoutSeconds: 600, ...changes }));
const script = (code: string, changes?: Partial<CommandCall>) => run([node, '-e', code], changes);

/** Starts a process that would sleep for ten minutes, in the group of its parent, and writes its id to a file. */
const CHILD = (file: string) => `
  const child = require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600000)'], { stdio: 'inherit' });
  ${writeWhole(file, 'String(child.pid)')}
`;

describe('a command', () => {
  it('gets its arguments as they are, never split and never read by a shell', async () => {
    const awkward = ['two words', '$HOME', '`id`', '; exit 1', '"quoted"', "it's", '*', 'a\nb', ''];
    const { end, stdout } = await run([
      node,
      '-e',
      'console.log(JSON.stringify(process.argv.slice(1)))',
      '--',
      ...awkward,
    ]);
    expect(end).toEqual({ kind: 'exit', code: 0 });
    expect(JSON.parse(stdout)).toEqual(awkward);
  });

  it('runs in the folder of the project, without standard input, with the environment it is given', async () => {
    const { stdout } = await script(
      'process.stdin.on("data", () => {}).on("end", () => console.log(process.cwd(), process.env.MLOPS_FOLD))',
      { env: { MLOPS_FOLD: '3' } },
    );
    expect(stdout).toMatch(new RegExp(`${root} 3$`));
  });

  it('shares files through a folder that is gone afterwards', async () => {
    let folderPath = '';
    const answer = await runnerIn().withFolder(async (folder) => {
      folderPath = dirname(folder.path('in.txt'));
      await folder.write('in.txt', ['ques', 'tion']);
      const copy = `require('fs').writeFileSync(process.argv[2], require('fs').readFileSync(process.argv[1]) + '!')`;
      await folder.run({
        command: [node, '-e', copy, folder.path('in.txt'), folder.path('out.txt')],
        env: {},
        timeoutSeconds: 600,
      });
      expect(await folder.read('absent.txt', 100)).toEqual({ kind: 'absent' });
      const out = await folder.read('out.txt', 100);
      return out.kind === 'file' && Buffer.from(out.bytes).toString();
    });
    expect(answer).toBe('question!');
    expect(existsSync(folderPath)).toBe(false);
  });

  it.each([
    ['an exit code', 'process.exit(7)', { kind: 'exit', code: 7 }],
    [
      'a signal',
      'process.kill(process.pid, "SIGKILL"); setTimeout(() => {}, 9999)',
      { kind: 'signal', signal: 'SIGKILL' },
    ],
  ])('that ends with %s says so', async (_, code, end) => {
    expect((await script(code)).end).toEqual(end);
  });

  it('is read to the end of its output, of which the last lines are kept', async () => {
    const { stdout, stderr } = await script(
      `console.log(Array.from({ length: 200000 }, (_, i) => 'line ' + i).join('\\n')); console.error('x'.repeat(100000) + ' end')`,
    );
    const lines = stdout.split('\n');
    expect(lines).toHaveLength(20);
    expect(lines.at(-1)).toBe('line 199999');
    expect(stderr).toHaveLength(4095); // and a line break
    expect(stderr).toMatch(/x end$/);
  });

  it("cannot colour our log, nor talk to a workflow's runner through it", async () => {
    const { stdout } = await script(
      `console.log('\\x1b[31mred\\x1b[0m\\x07'); console.log('##[group]x'); process.stdout.write('10%\\r100%\\n')`,
    );
    expect(stdout).toBe('red\n## [group]x\n100%');
  });
});

describe('a command that cannot be started', () => {
  it('is looked for in PATH, and a similar name is offered', async () => {
    writeFileSync(join(root, 'rscript-like'), '');
    const { end } = await runnerIn({ PATH: root }).withFolder((folder) =>
      folder.run({ command: ['rscript-lik'], env: {}, timeoutSeconds: 5 }),
    );
    expect(end).toEqual({ kind: 'not_found', looked: `not in any folder of PATH (${root})`, near: 'rscript-like' });
  });
  it('is looked for from the folder of the project when it is a path', async () => {
    const { end } = await run(['./bin/train']);
    expect(end).toEqual({ kind: 'not_found', looked: join(root, 'bin/train'), near: null });
  });
  it('may lack the right to be executed, or its interpreter', async () => {
    writeFileSync(join(root, 'train.sh'), '#!/no/such/interpreter\n');
    expect((await run(['./train.sh'])).end).toMatchObject({ kind: 'not_executable', looked: join(root, 'train.sh') });
    chmodSync(join(root, 'train.sh'), 0o755);
    expect((await run(['./train.sh'])).end).toMatchObject({
      kind: 'not_executable',
      looked: expect.stringContaining('interpreter'),
    });
  });
  it.each([
    ['a null character', [node, '-e', 'a\0b'], 'null character'],
    ['no name', [''], 'first item of the command is empty'],
    ['an argument too long for the system', [node, '-e', '1', 'x'.repeat(3_000_000)], 'E2BIG'],
  ])("for %s is the user's mistake", async (_, command, message) => {
    await expect(run(command)).rejects.toThrow(message);
  });
});

describe('what a command started', () => {
  const SLEEP = 'setTimeout(() => {}, 600000)';

  it('ends with it', async () => {
    const file = join(root, 'pid');
    expect((await script(`${CHILD(file)}; process.exit(0)`)).end).toEqual({ kind: 'exit', code: 0 });
    await waitUntil(() => !isAlive(readPid(file)), 'the process that the command started has ended');
  });

  it.each([
    ['', SLEEP],
    [', though the command does not want to hear of it', `process.on("SIGTERM", () => {}); ${SLEEP}`],
  ])('ends when its time is up%s', async (_, code) => {
    const file = join(root, 'pid');
    // A busy machine may need more than a second to start the command and what that starts.
    for (let timeoutSeconds = 1; !existsSync(file); timeoutSeconds *= 2)
      expect((await script(CHILD(file) + code, { timeoutSeconds })).end).toEqual({ kind: 'timeout' });
    await waitUntil(() => !isAlive(readPid(file)), 'the process that the command started has ended');
  });

  it('is not waited for when it left the group and holds the output open', async () => {
    const leaver = `
      const child = require('child_process').spawn(process.execPath, ['-e', '${SLEEP}'], { stdio: 'inherit', detached: true });
      child.unref();
      console.log(child.pid);
      process.exit(0);`;
    const { end, stdout } = await script(leaver);
    expect(end).toEqual({ kind: 'exit', code: 0 });
    expect(stdout).toMatch(/^[1-9]\d*$/);
    expect(isAlive(Number(stdout))).toBe(true);
    process.kill(Number(stdout));
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with us when we get %s, and its folder too',
    async (signal) => {
      const { us, ids, folder } = await startUs();
      const ended = new Promise((done) => us.once('exit', (_, by) => done(by)));
      us.kill(signal);
      expect(await ended).toBe(signal);
      await waitUntil(() => !ids.some(isAlive), 'both processes have ended');
      expect(existsSync(folder)).toBe(false);
    },
  );

  it('ends with us when we exit by ourselves', async () => {
    const { us, ids, folder } = await startUs();
    const ended = new Promise((done) => us.once('exit', (code) => done(code)));
    writeFileSync(join(root, 'exit'), '');
    expect(await ended).toBe(3);
    await waitUntil(() => !ids.some(isAlive), 'both processes have ended');
    expect(existsSync(folder)).toBe(false);
  });
});

/** A process that runs a command that started another: all three at work. It exits with 3 when there is a file `exit`. */
async function startUs(): Promise<{ us: ChildProcess; ids: readonly number[]; folder: string }> {
  const at = (name: string) => join(root, name);
  const commandCode = `${CHILD(at('child'))}
    ${writeWhole(at('folder'), 'process.argv[1]')}
    ${writeWhole(at('command'), 'String(process.pid)')}
    setTimeout(() => {}, 600000)`;
  const program = `
    import { existsSync } from 'node:fs';
    import { createProcessRunner } from ${JSON.stringify(fileURLToPath(new URL('process-runner.ts', import.meta.url)))};
    setInterval(() => existsSync(${JSON.stringify(at('exit'))}) && process.exit(3), 20);
    await createProcessRunner({ root: ${JSON.stringify(root)}, env: process.env }).withFolder((folder) =>
      folder.run({ command: [process.execPath, '-e', ${JSON.stringify(commandCode)}, folder.path('')], env: {}, timeoutSeconds: 600 }));
  `;
  const us = spawn(node, ['--input-type=module', '-e', program], { stdio: 'inherit' });
  await waitUntil(() => existsSync(at('command')), 'the command has started');
  return { us, ids: [readPid(at('command')), readPid(at('child'))], folder: readFileSync(at('folder'), 'utf8') };
}
