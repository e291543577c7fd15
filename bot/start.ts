import { Probot, ProbotOctokit } from 'probot';
import { AppError } from '../core/errors/app-error.ts';
import { listenTo } from './app.ts';
import { type Deliveries, type Delivery, openDeliveries } from './deliveries.ts';
import { createInstallations } from './installation.ts';
import { listen } from './server.ts';
import type { Settings } from './settings.ts';
import { noteOrigin, sweep } from './sweep/sweep.ts';
import { startWorker } from './worker.ts';

/** The App while it runs. */
interface Bot {
  readonly port: number;
  /** Ends when what is in hand is done. */
  stop(): Promise<void>;
}

const FIRST_WAIT_SECONDS = 15;

/**
 * Starts the App: what GitHub delivers is kept, and worked off behind.
 *
 * @param options.secondMs length of a second of all waits, in milliseconds, for tests.
 */
export async function startBot(
  settings: Settings,
  { secondMs = 1000, logLevel = 'info' }: { readonly secondMs?: number; readonly logLevel?: 'info' | 'fatal' } = {},
): Promise<Bot> {
  const { appId, apiUrl, privateKey, webhookSecret, host, port } = settings;
  const app = new Probot({
    ...{ appId, privateKey, baseUrl: apiUrl, secret: webhookSecret, logLevel },
    logFormat: 'json',
    ...(secondMs < 1000 && {
      Octokit: ProbotOctokit.defaults({ throttle: { enabled: false }, retry: { enabled: false } }),
    }),
  });
  const deliveries = openedDeliveries(settings.database);
  const installations = createInstallations(app, { appId, apiUrl, secondMs });
  listenTo(app, { installations, deliveries });
  await app.ready();
  const work = (delivery: Delivery) => {
    const event = eventOf(delivery);
    noteOrigin(deliveries, event.payload);
    return app.receive(event);
  };
  const worker = startWorker(deliveries, work, {
    firstWaitMs: FIRST_WAIT_SECONDS * secondMs,
    failed: ({ id, event }, error) => app.log.error({ err: error, id, event }, 'a delivery failed'),
  });
  const server = await listening(deliveries, { host, port, secret: webhookSecret, added: worker.wake });
  app.log.info({ port: server.port }, 'listening');
  const failed = (what: string, err: unknown) => app.log.error({ err }, `${what} failed`);
  const sweepOnce = () => sweep({ app, deliveries, installations, now: Date.now, failed });
  const stopSweeping = sweepEvery(settings.sweepMinutes * 60 * secondMs, () => worker.between(sweepOnce));
  return {
    port: server.port,
    async stop() {
      stopSweeping();
      await server.close();
      await worker.stop();
      deliveries.close();
    },
  };
}

/** At once, and then again and again. @returns a function that ends it. */
function sweepEvery(milliseconds: number, start: () => void): () => void {
  if (milliseconds === 0) return () => {};
  start();
  const timer = setInterval(start, milliseconds);
  return () => clearInterval(timer);
}

async function listening(deliveries: Deliveries, options: Parameters<typeof listen>[1]) {
  try {
    return await listen(deliveries, options);
  } catch (error) {
    deliveries.close();
    throw new AppError(
      {
        place: 'HOST, PORT',
        message: `the App cannot listen on ${options.host}:${options.port}`,
        found: messageOf(error),
        next: 'end the program that listens there, or set HOST and PORT to another address of this machine',
      },
      { cause: error },
    );
  }
}

function openedDeliveries(path: string): Deliveries {
  try {
    return openDeliveries(path, Date.now);
  } catch (error) {
    throw new AppError(
      {
        place: 'MLOPS_BOT_DATABASE',
        message: `${path} cannot be used to keep deliveries`,
        found: messageOf(error),
        allowed: 'the path of an SQLite file of the App, or of none yet, in a folder that the App may write to',
        next: 'correct MLOPS_BOT_DATABASE, or make its folder',
      },
      { cause: error },
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Probot hands an event on only by what is registered for it; others do nothing. */
function eventOf({ id, event, payload }: Delivery): Parameters<Probot['receive']>[0] {
  return { id, name: event, payload: JSON.parse(payload) } as Parameters<Probot['receive']>[0];
}
