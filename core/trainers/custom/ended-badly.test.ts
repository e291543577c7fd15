import { describe, expect, it } from 'vitest';
import { TrainerError } from '../../errors/app-error.ts';
import type { CommandEnd } from '../../ports/process-runner.ts';
import { endedBadly } from './ended-badly.ts';

const context = {
  place: 'churn custom, fold 2, repeat 0',
  command: ['python', 'train.py', '--name', "it's a name"],
  timeoutSeconds: 600,
};
const message = (end: CommandEnd['end'], said: Partial<CommandEnd> = {}, changes: Partial<typeof context> = {}) =>
  endedBadly({ stdout: '', stderr: '', ...said, end }, { ...context, ...changes })?.message;

describe('endedBadly', () => {
  it('has nothing to say of exit code 0', () => {
    expect(message({ kind: 'exit', code: 0 })).toBeUndefined();
  });
  it("shows the command, the fold, the exit code and the last lines, each marked as the command's", () => {
    expect(message({ kind: 'exit', code: 1 }, { stderr: 'Traceback\nValueError: no\n', stdout: 'not this' })).toBe(
      [
        "churn custom, fold 2, repeat 0: the command ended with exit code 1: python train.py --name 'it'\\''s a name'",
        '  found: its standard error ends with',
        '    | Traceback',
        '    | ValueError: no',
        '  next: fix the command; only exit code 0 counts as success',
      ].join('\n'),
    );
    expect(endedBadly({ end: { kind: 'exit', code: 1 }, stdout: '', stderr: '' }, context)).toBeInstanceOf(
      TrainerError,
    );
  });
  it.each<[string, CommandEnd['end'], string, Partial<CommandEnd>]>([
    [
      'its output where it wrote no errors',
      { kind: 'exit', code: 3 },
      'its output ends with\n    | halfway',
      { stdout: 'halfway\n' },
    ],
    ['that it printed nothing', { kind: 'exit', code: 3 }, 'it printed nothing', {}],
    ['the time it had', { kind: 'timeout' }, 'took longer than 600 s and was stopped', {}],
    ['where to give it more', { kind: 'timeout' }, 'raise "timeout"', {}],
    ['what SIGKILL mostly means', { kind: 'signal', signal: 'SIGKILL' }, 'check the memory', {}],
    ['another signal', { kind: 'signal', signal: 'SIGSEGV' }, 'was stopped by SIGSEGV', {}],
    [
      'where it looked',
      { kind: 'not_found', looked: 'in no folder of PATH (/bin)', near: null },
      'found: in no folder of PATH (/bin)',
      {},
    ],
    ['how to get Python', { kind: 'not_found', looked: '', near: null }, 'actions/setup-python', {}],
    ['what may have been meant', { kind: 'not_found', looked: '', near: 'python3' }, 'did you mean "python3"?', {}],
    ['how to execute a file', { kind: 'not_executable', looked: '', near: null }, 'chmod +x python', {}],
  ])('says %s', (_, end, part, said) => {
    expect(message(end, said)).toContain(part);
  });
  it.each([
    ['./train', 'relative to the folder of mlops.yml'],
    ['Rscript', 'r-lib/actions/setup-r'],
    ['julia', 'there is no shell'],
  ])('knows what to do without %s', (program, next) => {
    expect(message({ kind: 'not_found', looked: '', near: null }, {}, { command: [program] })).toContain(next);
  });
  it('shortens a long command', () => {
    expect(
      message({ kind: 'timeout' }, {}, { command: ['sh', '-c', 'x\n'.repeat(1000)] })!.split('\n')[0]!.length,
    ).toBeLessThan(520);
  });
});
