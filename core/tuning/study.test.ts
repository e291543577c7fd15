import { describe, expect, it } from 'vitest';
import { memoryJournal, runTrials, someStudy } from './study.fixture.ts';

const shown = (study: Awaited<ReturnType<typeof someStudy>>) =>
  study.trials
    .filter(({ isAbandoned }) => !isAbandoned)
    .map(({ state, params, value, reports }) => ({ state, params, value, reports }));

describe('a study', () => {
  it('begins with the current parameters, as far as the space has them', async () => {
    const study = await someStudy(memoryJournal());
    expect(await study.ask()).toMatchObject({ number: 0, params: { x: 3 }, isCurrent: true, state: 'running' });
  });

  it('finds something better, and prunes on the way', async () => {
    const study = await someStudy(memoryJournal());
    await runTrials(study, 40);
    expect(study.current).toMatchObject({ number: 0, value: 4 });
    expect(study.best!.value).toBeLessThan(0.05);
    const states = study.trials.map(({ state }) => state);
    expect(states.filter((state) => state === 'pruned').length).toBeGreaterThan(5);
    expect(new Set(states)).toEqual(new Set(['complete', 'pruned']));
  });

  it('is the same for the same seed, and when it was left and taken up again', async () => {
    const whole = memoryJournal();
    await runTrials(await someStudy(whole), 25);
    const left = memoryJournal();
    await runTrials(await someStudy(left), 4);
    await runTrials(await someStudy(left), 15);
    await runTrials(await someStudy(left), 25);
    expect(left.text).toBe(whole.text);
  });

  it('is the same when trials were interrupted, or their process died', async () => {
    const whole = await someStudy(memoryJournal());
    await runTrials(whole, 25);
    const journal = memoryJournal();
    const first = await someStudy(journal);
    await first.tell((await first.ask())!, { state: 'abandoned' });
    await runTrials(first, 13);
    await first.ask();
    const second = await someStudy(journal);
    await runTrials(second, 25);
    expect(shown(second)).toEqual(shown(whole));
    expect(second.trials).toHaveLength(27);
    expect(second.trials.filter(({ isAbandoned }) => isAbandoned).map(({ number }) => number)).toEqual([0, 14]);
  });

  it('never changes a trial that it has given', async () => {
    const study = await someStudy(memoryJournal());
    const trial = (await study.ask())!;
    const before = structuredClone(trial);
    await study.report(trial, 10, 1);
    await study.tell(trial, { state: 'complete', value: 2 });
    expect(trial).toEqual(before);
    expect(study.trials[0]).toMatchObject({ state: 'complete', value: 2, reports: [{ step: 10, value: 1 }] });
  });

  it('counts a failed trial, and keeps why', async () => {
    const journal = memoryJournal();
    const study = await someStudy(journal);
    await runTrials(study, 1);
    await study.tell((await study.ask())!, { state: 'failed', failure: 'no row is left' });
    expect((await someStudy(journal)).trials[1]).toMatchObject({
      state: 'failed',
      failure: 'no row is left',
      value: null,
    });
    expect(study.nEnded).toBe(2);
  });

  it('refuses to go on while another program writes to its journal', async () => {
    const journal = memoryJournal();
    const study = await someStudy(journal);
    journal.text += `${JSON.stringify({ op_code: 4, worker_id: 'other', study_id: 0 })}\n`;
    await expect(study.ask()).rejects.toThrow('another program writes to this journal');
  });

  it('leaves a running trial of another program alone', async () => {
    const journal = memoryJournal();
    await runTrials(await someStudy(journal), 3);
    journal.text += `${JSON.stringify({ op_code: 4, worker_id: 'other', study_id: 0, datetime_start: 'now' })}\n`;
    const study = await someStudy(journal);
    expect(study.trials[3]).toMatchObject({ state: 'running' });
    await runTrials(study, 4);
    expect(study.trials[4]).toMatchObject({ number: 4, state: 'complete' });
    expect((await someStudy(journal)).trials).toEqual(study.trials);
  });

  it('gives numbers that people can read', async () => {
    const study = await someStudy(memoryJournal());
    await runTrials(study, 15);
    for (const { params } of study.trials) expect(String(params.x).replace(/^-/, '').length).toBeLessThanOrEqual(10);
  });
});
