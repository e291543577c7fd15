import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { followRecipe, type House, root } from './recipe.fixture.ts';

describe('the recipe "add a command: one file, one line"', () => {
  let house: House;
  beforeAll(() => {
    house = followRecipe('Add a command: one file, one line', ['core', 'github', 'cli', 'action', 'scripts/generate']);
    house.write('mlops.yml', 'datasets: { a: { path: a.csv, target: y }, b: { path: b.csv, target: y } }\n');
    house.write('a.csv', 'x,y\n1,2\n');
  });
  afterAll(() => house.remove());

  /** What an expression of the house gives. */
  const evaluate = (imports: string, expression: string): unknown => {
    house.write('try.ts', `${imports}\nconsole.log(JSON.stringify(${expression}));\n`);
    const { status, output } = house.node('try.ts');
    expect(status, output).toBe(0);
    return JSON.parse(output);
  };

  it('has types that fit', () => {
    house.write(
      'tsconfig.json',
      JSON.stringify({ extends: '../../tsconfig.json', include: ['core/**/*.d.ts', 'core/commands/index.ts'] }),
    );
    const { status, output } = house.node(
      join(root, 'node_modules/typescript/bin/tsc'),
      '--noEmit',
      '--singleThreaded',
    );
    expect(status, output).toBe(0);
  }, 120_000);

  it('works on the command line, and has help', () => {
    expect(house.node('cli/index.ts', 'tables')).toEqual({ status: 0, output: '  a.csv\n! b.csv\n' });
    expect(house.node('cli/index.ts', '--help').output).toMatch(/^ {2}tables +list the tables of all datasets/m);
    const help = house.node('cli/index.ts', 'tables', '--help').output;
    expect(help).toContain('--missing');
    expect(help).toContain('mlops tables --missing');
  });

  it('has a --json document, and the schema knows it', () => {
    const { output } = house.node('cli/index.ts', 'tables', '--missing', '--json');
    expect(JSON.parse(output)).toEqual({
      schema: 2,
      command: 'tables',
      status: 'done',
      result: { tables: [{ path: 'b.csv', is_there: false }] },
      files: [],
      warnings: [],
      errors: [],
    });
    const schema = evaluate(
      "import { documentJsonSchema } from './core/commands/document.ts';\nimport { commands } from './core/commands/index.ts';",
      'await documentJsonSchema(commands.all)',
    );
    expect(JSON.stringify(schema)).toContain('"const":"tables"');
    expect(JSON.stringify(schema)).toContain('"is_there"');
  });

  it('is a command of the Action, and its option an input', () => {
    const text = evaluate("import { renderActionYml } from './action/action-yml.ts';", 'renderActionYml()');
    const { inputs } = parse(text as string) as { inputs: Record<string, { description: string }> };
    expect(inputs.command!.description).toContain('tables');
    expect(inputs.missing!.description).toBe('List only the tables that are missing.');
  });

  it('is in the reference', () => {
    const page = evaluate(
      "import { renderReference } from './scripts/generate/reference.ts';",
      'renderReference()',
    ) as string;
    expect(page).toContain(
      '| `mlops tables` | `command: tables` | list the tables of all datasets, and which are missing |',
    );
    expect(page).toContain('### `mlops tables`');
  });
});
