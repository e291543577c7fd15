import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDeliveries } from './deliveries.ts';
import { startWorker } from './worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'deliveries-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = () => join(folder, `${++files}.sqlite`);
const aDelivery = (id: string) => ({ id, event: 'ping', payload: '{"zen":"ö"}' });

describe('openDeliveries', () => {
  it('keeps what was not finished when the process ends', () => {
    const file = newFile();
    const first = openDeliveries(file, () => 1000);
    expect([first.add(aDelivery('a')), first.add(aDelivery('b')), first.add(aDelivery('a'))]).toEqual([
      'added',
      'added',
      'waiting',
    ]);
    first.finish('a');
    first.close();
    const second = openDeliveries(file, () => 1000);
    expect(second.next()).toEqual({ ...aDelivery('b'), attempts: 0 });
    expect(second.add(aDelivery('a'))).toBe('done');
    second.close();
  });

  it('puts off what fails, and takes what was given up when it comes again', () => {
    let now = 0;
    const deliveries = openDeliveries(newFile(), () => now);
    deliveries.add(aDelivery('a'));
    deliveries.postpone('a', 'GitHub is down', 50);
    expect([deliveries.next(), deliveries.dueIn()]).toEqual([undefined, 50]);
    now = 50;
    expect(deliveries.next()).toMatchObject({ id: 'a', attempts: 1 });
    deliveries.postpone('a', 'GitHub is down', null);
    expect([deliveries.next(), deliveries.counts()]).toEqual([undefined, { waiting: 0, failed: 1 }]);
    expect(deliveries.add(aDelivery('a'))).toBe('waiting');
    expect(deliveries.next()).toMatchObject({ id: 'a', attempts: 0 });
    deliveries.close();
  });

  it('acts once for a key, and again only where acting failed', async () => {
    const deliveries = openDeliveries(newFile(), () => 0);
    let acts = 0;
    const act = async () => {
      if (++acts === 1) throw new Error('lost');
    };
    await expect(deliveries.once('dispatch', act)).rejects.toThrow('lost');
    await deliveries.once('dispatch', act);
    await deliveries.once('dispatch', act);
    expect(acts).toBe(2);
    deliveries.close();
  });
});

describe('atMostOnce', () => {
  const never = () => false;

  it('does nothing again, and says what it knows, also when the process ended in the middle', async () => {
    const file = newFile();
    const first = openDeliveries(file, () => 0);
    let acts = 0;
    const act = async () => void ++acts;
    expect(await first.atMostOnce('whole', act, never)).toBe('done');
    void first.atMostOnce('ended', () => new Promise(() => void ++acts), never);
    first.close();
    const second = openDeliveries(file, () => 0);
    expect(await second.atMostOnce('whole', act, never)).toBe('done');
    expect(await second.atMostOnce('ended', act, never)).toBe('not known');
    expect(acts).toBe(2);
    second.close();
  });

  it('acts again only where an error says that nothing was done', async () => {
    const deliveries = openDeliveries(newFile(), () => 0);
    let acts = 0;
    const act = async () => {
      if (++acts < 3) throw new Error(acts === 1 ? 'refused' : 'connection lost');
    };
    const isRefused = (error: unknown) => (error as Error).message === 'refused';
    await expect(deliveries.atMostOnce('dispatch', act, isRefused)).rejects.toThrow('refused');
    expect(await deliveries.atMostOnce('dispatch', act, isRefused)).toBe('not known');
    expect(await deliveries.atMostOnce('dispatch', act, isRefused)).toBe('not known');
    expect(acts).toBe(2);
    deliveries.close();
  });
});

describe('startWorker', () => {
  it('works off in order, one at a time, and tries again what fails', async () => {
    const deliveries = openDeliveries(newFile(), Date.now);
    for (const id of ['a', 'b', 'c']) deliveries.add(aDelivery(id));
    const seen: string[] = [];
    const failures: string[] = [];
    let inHand = 0;
    const allDone = Promise.withResolvers<void>();
    const worker = startWorker(
      deliveries,
      async ({ id }) => {
        expect(++inHand).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 1));
        inHand--;
        seen.push(id);
        if (id === 'a' && seen.length === 1) throw new Error('not yet');
        if (seen.length === 4) allDone.resolve();
      },
      { firstWaitMs: 20, failed: ({ id }) => failures.push(id) },
    );
    await allDone.promise;
    await worker.stop();
    expect(seen).toEqual(['a', 'b', 'c', 'a']);
    expect(failures).toEqual(['a']);
    expect(deliveries.counts()).toEqual({ waiting: 0, failed: 0 });
    deliveries.close();
  });

  it('starts nothing new once it is told to stop', async () => {
    const deliveries = openDeliveries(newFile(), Date.now);
    for (const id of ['a', 'b']) deliveries.add(aDelivery(id));
    const seen: string[] = [];
    const worker = startWorker(deliveries, async ({ id }) => void seen.push(id), { firstWaitMs: 1, failed: () => {} });
    await worker.stop();
    expect(seen).toEqual(['a']);
    expect(deliveries.counts().waiting).toBe(1);
    deliveries.close();
  });
});
