import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBot } from '../../bot/start.ts';
import type { CheckRun, Comment, MergeGroup, PullRequest } from '../rig/state.ts';
import type { Workbench } from '../story/workbench.ts';

const SECRET = 'a secret of the tests, long enough';
const { privateKey: ownKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
/** The App’s, of every test. */
export const privateKey = ownKey;
const APP = { id: 4711, slug: 'mlops-gate' };
const PERMISSIONS = {
  actions: 'write',
  checks: 'write',
  contents: 'read',
  issues: 'write',
  merge_queues: 'read',
  metadata: 'read',
  pull_requests: 'write',
} as const;

/** A workflow that the App may start. */
export const RETRAIN_WORKFLOW = `on:
  pull_request:
  workflow_dispatch: { inputs: { retrain: { type: string, default: '{}' } } }
`;

/** The App as it runs on a server, installed in the repository of a workbench. */
export interface InstalledApp {
  readonly url: string;
  /** Delivers as GitHub does. @returns the answer's status and text. */
  deliver(
    event: string,
    payload: object,
    options?: { readonly id?: string; readonly signature?: string; readonly origin?: object },
  ): Promise<{ readonly status: number; readonly text: string }>;
  /** Until everything that was delivered has been worked off. */
  idle(): Promise<void>;
  pullRequest(action: string, pull: PullRequest): Promise<void>;
  mergeGroup(group: MergeGroup): Promise<void>;
  workflowRun(action: string, runId: number): Promise<void>;
  comment(login: string, body: string, on: { readonly number: number; readonly isPull?: boolean }): Promise<Comment>;
  /** The App's checks of a commit. */
  gates(sha: string): readonly CheckRun[];
  /** Ends it and starts it anew on the same file. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @param options.sweepMinutes 0: it does not look for what no delivery told. A minute is 60 ms. */
export async function installApp(
  { rig, repository }: Workbench,
  { sweepMinutes = 0 }: { readonly sweepMinutes?: number } = {},
): Promise<InstalledApp> {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-bot-'));
  const installation = rig.installApp({ repository, app: APP, publicKey, permissions: PERMISSIONS });
  const start = () =>
    startBot(
      {
        ...{ appId: APP.id, privateKey, webhookSecret: SECRET, apiUrl: rig.apiUrl },
        ...{ host: '127.0.0.1', port: 0, database: join(folder, 'deliveries.sqlite'), sweepMinutes },
      },
      // Without a length, no waits at all; the time between two sweeps needs one.
      { secondMs: sweepMinutes === 0 ? 0 : 1, logLevel: 'fatal' },
    );
  let bot = await start();
  const urlOf = () => `http://127.0.0.1:${bot.port}`;
  const origin = {
    installation: { id: installation },
    repository: { id: repository.id, name: repository.name, owner: { login: repository.owner } },
  };
  const app: InstalledApp = {
    get url() {
      return urlOf();
    },
    async deliver(event, payload, { id = randomUUID(), signature, origin: from = origin } = {}) {
      const body = JSON.stringify({ ...payload, ...from });
      const response = await fetch(`${urlOf()}/api/github/webhooks`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-github-delivery': id,
          'x-github-event': event,
          'x-hub-signature-256': signature ?? `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
        },
        body,
      });
      return { status: response.status, text: (await response.text()).trim() };
    },
    async idle() {
      for (;;) {
        const { waiting } = (await (await fetch(`${urlOf()}/healthz`)).json()) as { waiting: number };
        if (waiting === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async pullRequest(action, { number, head }) {
      await app.deliver('pull_request', { action, number, pull_request: { number, head: { sha: head.sha } } });
      await app.idle();
    },
    async mergeGroup({ headSha, headRef, baseSha, baseRef }) {
      const group = { head_sha: headSha, head_ref: headRef, base_sha: baseSha, base_ref: baseRef };
      await app.deliver('merge_group', { action: 'checks_requested', merge_group: group });
      await app.idle();
    },
    async workflowRun(action, runId) {
      await app.deliver('workflow_run', { action, workflow_run: rig.workflowRunJson(runId) });
      await app.idle();
    },
    async comment(login, body, { number, isPull = true }) {
      const comment = rig.comment(repository, number, login, body);
      const user = { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
      await app.deliver('issue_comment', {
        action: 'created',
        issue: { number, ...(isPull && { pull_request: {} }) },
        comment: { id: comment.id, body, user },
        sender: user,
      });
      await app.idle();
      return comment;
    },
    gates: (sha) => rig.checks(repository, sha).filter(({ app: of }) => of?.id === APP.id),
    async restart() {
      await bot.stop();
      bot = await start();
    },
    async stop() {
      await bot.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return app;
}
