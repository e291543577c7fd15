import { describe, expect, it } from 'vitest';
import { artifactName, attemptOf, commentMarker, type JobIdentity, jobKey, projectPath } from './job-key.ts';

const job: JobIdentity = {
  workflow: '.github/workflows/mlops.yml',
  job: 'train',
  folder: '.',
  config: 'mlops.yml',
  datasets: [],
  models: [],
};

describe('jobKey', () => {
  it('tells jobs apart by everything that two of one run, or two workflows, can differ in', () => {
    const jobs: JobIdentity[] = [
      job,
      { ...job, workflow: '.github/workflows/other.yml' },
      { ...job, job: 'retrain' },
      { ...job, folder: 'a' },
      { ...job, config: 'other.yml' },
      { ...job, datasets: ['churn'] },
      { ...job, models: ['churn'] },
      { ...job, datasets: ['churn', 'fraud'] },
    ];
    expect(new Set(jobs.map(jobKey)).size).toBe(jobs.length);
  });

  it('is the same for the same job, however it is written', () => {
    expect(jobKey({ ...job, folder: './a/', datasets: ['b', 'a'] })).toBe(
      jobKey({ ...job, folder: 'a', datasets: ['a', 'b'] }),
    );
    expect(projectPath('a\\b', 'mlops.yml')).toBe('a/b/mlops.yml');
    expect(projectPath('.', './mlops.yml')).toBe('mlops.yml');
  });

  it('fits into names of artifacts, which are found again, and into markers', () => {
    const key = jobKey(job);
    expect(key).toMatch(/^[0-9a-f]{12}$/);
    expect(attemptOf(artifactName(key, 12))).toBe(12);
    expect(attemptOf('mlops-12')).toBeUndefined();
    expect(commentMarker(key)).toContain(key);
  });
});
