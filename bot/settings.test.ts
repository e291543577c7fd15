import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AppError, formatProblem } from '../core/errors/app-error.ts';
import { readSettings } from './settings.ts';

const pem = (type: 'rsa' | 'ed25519') =>
  (type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519')).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
const KEY = pem('rsa');
const GOOD = { APP_ID: '7', PRIVATE_KEY: KEY.replaceAll('\n', '\\n'), WEBHOOK_SECRET: '0123456789abcdef' };
const messageOf = (env: NodeJS.ProcessEnv) => {
  try {
    readSettings(env);
  } catch (error) {
    return (error as AppError).problems.map(formatProblem).join('\n');
  }
  return 'accepted';
};

describe('readSettings', () => {
  it('fills in what is not given', () => {
    expect(readSettings({ ...GOOD, PORT: '' })).toEqual({
      appId: 7,
      privateKey: KEY,
      webhookSecret: '0123456789abcdef',
      apiUrl: 'https://api.github.com',
      host: '127.0.0.1',
      port: 3000,
      database: 'mlops-bot.sqlite',
      sweepMinutes: 15,
    });
  });

  it.each([undefined, '', '   ', 'development', 'short'])('refuses the webhook secret %j', (secret) => {
    expect(() => readSettings({ ...GOOD, WEBHOOK_SECRET: secret })).toThrow(
      /WEBHOOK_SECRET: is no secret[\s\S]*next: make one with/,
    );
  });

  it('tells of nothing at all what is missing, in its own words', () => {
    expect(messageOf({})).toMatch(
      /^APP_ID: is missing\n {2}allowed: a whole number above 0\n {2}next: set the variable APP_ID: the number on the App’s page\nPRIVATE_KEY: is missing\n/,
    );
  });

  it.each([
    [{ APP_ID: 'seven' }, /^APP_ID: has the wrong type\n {2}found: "seven"\n {2}allowed: a whole number above 0\n/],
    [{ PORT: '99999' }, /^PORT: is too large\n {2}found: "99999"\n {2}allowed: a whole number from 0 to 65535\n/],
    [{ GITHUB_API_URL: 'nope' }, /^GITHUB_API_URL: is not a valid value\n {2}found: "nope"\n/],
  ])('says what %j has to be, in its own words', (env, message) => {
    expect(messageOf({ ...GOOD, ...env })).toMatch(message);
  });

  it.each(['x', KEY.slice(0, 900), pem('ed25519')])(
    'refuses a private key that signs nothing, and does not show it',
    (key) => {
      const message = messageOf({ ...GOOD, PRIVATE_KEY: key });
      expect(message).toMatch(/^PRIVATE_KEY: is no RSA private key in PEM\n {2}allowed: .*\n {2}next: /);
      expect(message).not.toContain(key.slice(30, 60) || 'found');
    },
  );

  it('names everything that is wrong, and no value of a secret', () => {
    const found = (() => {
      try {
        return readSettings({ APP_ID: 'x', WEBHOOK_SECRET: 'tell-no-one' });
      } catch (error) {
        return error as AppError;
      }
    })();
    expect(found).toBeInstanceOf(AppError);
    expect((found as AppError).problems.map(({ place }) => place)).toEqual(['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET']);
    expect((found as AppError).message).not.toContain('tell-no-one');
  });
});
