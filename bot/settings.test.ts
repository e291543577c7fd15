import { describe, expect, it } from 'vitest';
import { AppError } from '../core/errors/app-error.ts';
import { readSettings } from './settings.ts';

const GOOD = { APP_ID: '7', PRIVATE_KEY: 'a\\nb', WEBHOOK_SECRET: '0123456789abcdef' };

describe('readSettings', () => {
  it('fills in what is not given', () => {
    expect(readSettings({ ...GOOD, PORT: '' })).toEqual({
      appId: 7,
      privateKey: 'a\nb',
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
