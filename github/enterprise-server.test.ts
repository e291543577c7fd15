import { expect, it } from 'vitest';
import { isEnterpriseServer } from './enterprise-server.ts';

it.each([
  ['https://github.com', false],
  ['https://octo.ghe.com', false],
  ['http://github.localhost:8080', false],
  ['https://github.example.org', true],
  ['https://notgithub.com', true],
  ['http://127.0.0.1:8080', true],
])('%s: %s', (url, is) => {
  expect(isEnterpriseServer(url)).toBe(is);
});
