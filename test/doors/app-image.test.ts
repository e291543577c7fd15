import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'image-'));
let child: ChildProcess | undefined;
afterAll(() => {
  child?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const commandAfter = (instruction: string): string[] =>
  JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, 'm').exec(dockerfile)![1]!);

/** What the image has, with the packages that are installed here. */
function unpackImage(): void {
  for (const [, names] of dockerfile.matchAll(/^COPY (.+) \S+$/gm))
    for (const name of names!.split(' ')) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

it('the image has all that the App needs, is healthy once it listens, and ends when it is told to', async () => {
  unpackImage();
  const [, ...start] = commandAfter('CMD');
  const [, ...health] = commandAfter('HEALTHCHECK CMD');
  const { privateKey } = generateKeyPairSync('rsa', {
    ...{ modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' } },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  child = spawn(process.execPath, start, {
    cwd: folder,
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: 'production', HOST: '0.0.0.0', PORT: '0', MLOPS_BOT_SWEEP_MINUTES: '0' },
      ...{ MLOPS_BOT_DATABASE: join(folder, 'deliveries.sqlite'), APP_ID: '1', PRIVATE_KEY: privateKey },
      WEBHOOK_SECRET: 'a secret of the tests, long enough',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((done) => child!.once('exit', done));
  const port = await portOf(child);
  const check = spawn(process.execPath, health, { env: { PATH: process.env.PATH, PORT: port } });
  expect(await new Promise((done) => check.once('exit', done))).toBe(0);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  const later = spawn(process.execPath, health, { env: { PATH: process.env.PATH, PORT: port } });
  expect(await new Promise((done) => later.once('exit', done))).toBe(1);
});

/** Of the line that says that it listens. */
async function portOf({ stdout, stderr }: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    for (const stream of [stdout!, stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk;
        const port = /"port":(\d+)/.exec(said)?.[1];
        if (port !== undefined) resolve(port);
      });
    }
    stdout!.once('close', () => reject(new Error(`it never listened:\n${said}`)));
  });
}
