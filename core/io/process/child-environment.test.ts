import { describe, expect, it } from 'vitest';
import { childEnvironment } from './child-environment.ts';

describe('childEnvironment', () => {
  it.each([
    'GITHUB_TOKEN',
    'ACTIONS_RUNTIME_URL',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'INPUT_TOKEN',
    'INPUT_SET',
    'RUNNER_TRACKING_TOKEN_X',
    'AWS_SECRET_ACCESS_KEY',
    'npm_config__authToken',
    'DB_PASSWORD',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'GITHUB_ENV',
    'GITHUB_OUTPUT',
    'GITHUB_PATH',
    'GITHUB_STEP_SUMMARY',
  ])('drops %s', (name) => {
    expect(childEnvironment({ [name]: 'x', PATH: '/bin' })).toEqual({ PATH: '/bin' });
  });
  it.each(['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'VIRTUAL_ENV', 'CUDA_VISIBLE_DEVICES', 'GITHUB_SHA', 'CI'])(
    'keeps %s',
    (name) => {
      expect(childEnvironment({ [name]: 'x', ABSENT: undefined })).toEqual({ [name]: 'x' });
    },
  );
});
