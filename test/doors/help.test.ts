import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commands } from '../../core/commands/index.ts';
import { mlopsIn } from './mlops.fixture.ts';

const offered = commands.all.filter(({ doors }) => doors.includes('cli')).map(({ id }) => id.split(' '));
const help = async (...args: string[]) => (await mlopsIn('/', args)).stdout;

describe('help', () => {
  it.each(offered)('of `mlops %s %s` is the same, however it is asked for', async (...words) => {
    const shown = await help(...words, '--help');
    expect(await help('help', ...words)).toBe(shown);
    expect(shown).toContain('--json');
    expect(shown).toContain('Examples:');
  });

  it('lists the arguments of a command, and what its options are by default', async () => {
    expect(await help('help', 'accept')).toMatch(/Arguments:\n\s+gate[\s\S]*--because <value>/);
    expect(await help('accept', '--help')).toMatch(/--config <value> +The project file. Default: mlops.yml\./);
    expect(await help('runs', 'list', '--help')).toContain('Number of runs to show. Default: 20.');
  });
});

it.each([[['runs', 'list']], [['accept', '--help']], [['nonsense']]])(
  'nobody is told of a reader that left early: mlops %s',
  async (args) => {
    const index = fileURLToPath(new URL('../../cli/index.ts', import.meta.url));
    const child = spawn(process.execPath, [index, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (part) => {
      stderr += part;
    });
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect(stderr).not.toMatch(/EPIPE|Error|at .*node:/);
    expect(code).toBe(args[0] === 'nonsense' ? 2 : 0);
  },
);
