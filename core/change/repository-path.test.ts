import { expect, it } from 'vitest';
import { folderOfPath, isReadable, nameOfPath, pathInRepository, projectFolder } from './repository-path.ts';

it.each([
  ['', 'a.csv', 'a.csv'],
  ['models', 'data/a.csv', 'models/data/a.csv'],
  ['models', './a.csv', 'models/a.csv'],
  ['models', '../a.csv', 'a.csv'],
  ['models', '../../a.csv', '../a.csv'],
  ['', '../../a.csv', '../../a.csv'],
  ['models', 'data\\a.csv', 'models/data/a.csv'],
  ['models', '/etc/passwd', '/etc/passwd'],
  ['models', 'C:\\a.csv', 'C:/a.csv'],
])('of a project in "%s", %s is %s', (folder, path, expected) => {
  expect(pathInRepository(folder, path)).toBe(expected);
});

it.each(['../a.csv', '/a.csv', 'C:/a.csv', '.git/config', '.github/workflows/a.yml', '..'])('%s is not read', (path) =>
  expect(isReadable(path)).toBe(false),
);

it.each(['a.csv', 'data/a.csv', '.gitignore', '..a/b.csv', 'data/.git/config'])('%s is read', (path) =>
  expect(isReadable(path)).toBe(true),
);

it('knows name and folder of a path', () => {
  expect([nameOfPath('a/b/c.yml'), folderOfPath('a/b/c.yml')]).toEqual(['c.yml', 'a/b']);
  expect([nameOfPath('c.yml'), folderOfPath('c.yml')]).toEqual(['c.yml', '']);
});

it.each([
  ['mlops.yml', 'mlops.yml', ''],
  ['ml/mlops.yml', 'mlops.yml', 'ml'],
  ['sub/x.yml', 'sub/x.yml', ''],
  ['ml/sub/x.yml', 'sub\\x.yml', 'ml'],
  ['old/mlops.yml', 'models.yml', 'old'],
])('the project whose file is %s, and is called %s in it, lies in "%s"', (path, inProject, folder) => {
  expect(projectFolder(path, inProject)).toBe(folder);
});
