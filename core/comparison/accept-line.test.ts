import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AcceptLine, acceptableValue, acceptLine, readAcceptLines } from './accept-line.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const line = `/accept churn.roc_auc 0.8212 ${sha} older customers are left out`;
const read = { gate: 'churn.roc_auc', value: 0.8212, sha, because: 'older customers are left out' };

describe('readAcceptLines', () => {
  it.each<[string, AcceptLine]>([
    [line, read],
    [`${line}   `, read],
    [line.replaceAll(' ', '\t').replaceAll('\tcustomers\tare\tleft\tout', ' customers are left out'), read],
    [`/accept churn.baseline ${sha} moved`, { gate: 'churn.baseline', value: null, sha, because: 'moved' }],
    [
      `/accept "churn.roc_auc@Contract=Two year" 8e-7 ${sha} x`,
      { gate: 'churn.roc_auc@Contract=Two year', value: 8e-7, sha, because: 'x' },
    ],
    [
      `/accept a.r2 -0.5 ${sha.repeat(2).slice(0, 64)} x`,
      { gate: 'a.r2', value: -0.5, sha: sha.repeat(2).slice(0, 64), because: 'x' },
    ],
    [`/accept a.removed ${'1'.repeat(40)} x`, { gate: 'a.removed', value: null, sha: '1'.repeat(40), because: 'x' }],
  ])('reads %j', (body, expected) => expect(readAcceptLines(body)).toEqual([expected]));

  it('reads every line that a comment begins with, and nothing below', () => {
    expect(readAcceptLines(`${line}\r\n${line}\r\n\r\nThanks!\r\n${line}`)).toEqual([read, read]);
  });

  it.each([
    ['a quotation', `> ${line}`],
    ['a code block', `\`\`\`\n${line}\n\`\`\``],
    ['a code block of tildes', `~~~\n${line}\n~~~`],
    ['an indented code block', `    ${line}`],
    ['a code span', `\`${line}\``],
    ['a list', `- ${line}`],
    ['a comment of HTML', `<!--\n${line}\n-->`],
    ['a line below talk', `Please do this:\n${line}`],
    ['a blank first line', `\n${line}`],
    ['another word', line.replace('/accept', '/accepted')],
    ['nothing', ''],
  ])('takes %s for talk', (_, body) => expect(readAcceptLines(body)).toEqual([]));

  it.each([
    ['no commit', '/accept churn.roc_auc 0.8212 because'],
    ['an abbreviated commit', `/accept churn.roc_auc 0.8212 ${sha.slice(0, 12)} because`],
    ['a commit with a digit too many', `/accept churn.roc_auc 0.8212 ${sha}0 because`],
    ['capital digits', `/accept churn.roc_auc 0.8212 ${sha.toUpperCase()} because`],
    ['a word as the value', `/accept churn.roc_auc any ${sha} because`],
    ['no number', `/accept churn.roc_auc NaN ${sha} because`],
    ['an open quote', `/accept "churn.roc_auc 0.8 ${sha} because`],
    ['a bad escape', String.raw`/accept "churn\q" 0.8 ${sha} because`],
    ['nothing', '/accept'],
  ])('does not understand %s', (_, body) =>
    expect(readAcceptLines(body)).toEqual([{ mistake: expect.stringContaining('is not understood') }]),
  );

  it.each(['1e999', '-1e999', `${'9'.repeat(21)}e300`])('takes no value beyond what numbers hold: %s', (value) =>
    expect(readAcceptLines(`/accept churn.roc_auc ${value} ${sha} because`)).toEqual([
      { mistake: expect.stringContaining('names no value') },
    ]),
  );

  it.each(['', ' …', ' ...', '  '])('wants a reason: %j is none', (reason) =>
    expect(readAcceptLines(`/accept churn.roc_auc 0.8212 ${sha}${reason}`)).toEqual([
      { mistake: expect.stringContaining('gives no reason') },
    ]),
  );

  it('reads what it writes, whatever the name', () => {
    const named = fc.record({
      gate: fc.string({ unit: 'binary', minLength: 1 }),
      value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((x) => x + 0)),
      sha: fc.constant(sha),
      because: fc.constant('a reason, with 1 number'),
    });
    fc.assert(
      fc.property(named, (one) => {
        expect(readAcceptLines(acceptLine(one))).toEqual([one]);
      }),
    );
  });
});

describe('acceptableValue', () => {
  it.each([
    [0.82123456, 'maximize', 0.821234],
    [0.82123456, 'minimize', 0.821235],
    [-0.82123456, 'maximize', -0.821235],
    [0.8212, 'maximize', 0.8212],
    [1_234_567, 'minimize', 1_234_570],
    [0.99999951, 'maximize', 0.99999],
    [0, 'minimize', 0],
    [243, 'minimize', 243],
  ] as const)('of %d to %s is %d', (value, direction, expected) =>
    expect(acceptableValue(value, direction)).toBe(expected),
  );

  it('is never better, and differs in the sixth digit at most', () => {
    const values = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(values, fc.constantFrom('maximize', 'minimize'), (value, direction) => {
        const found = acceptableValue(value, direction);
        expect(direction === 'maximize' ? found <= value : found >= value).toBe(true);
        expect(Math.abs(found - value)).toBeLessThanOrEqual(1.0001e-5 * Math.abs(value));
      }),
    );
  });
});
