/**
 * A path of the project from the repository's root, with `/`. It starts with `/`, `C:` or `../` where it leads out of the repository.
 *
 * @param folder of the project, from the repository's root; empty when it is the root.
 */
export function pathInRepository(folder: string, path: string): string {
  const slashed = path.replaceAll('\\', '/');
  if (isAbsolute(slashed)) return slashed;
  const parts: string[] = [];
  for (const part of `${folder}/${slashed}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** Whether a path from the repository's root is of a file that may be read: inside of it, and not one of git or GitHub. */
export function isReadable(path: string): boolean {
  const [first] = path.split('/');
  return !isAbsolute(path) && first !== '..' && first !== '.git' && first !== '.github';
}

/** The last part of a path with `/`. */
export function nameOfPath(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A path with `/` without its last part; empty at the root. */
export function folderOfPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/**
 * The project's folder from the repository's root, as the place of its project file tells.
 *
 * @param path of the project file, from the repository's root.
 * @param inProject the same file, from the project's folder: it may lie in a folder of the project.
 */
export function projectFolder(path: string, inProject: string): string {
  const file = inProject.replaceAll('\\', '/');
  if (path === file) return '';
  return path.endsWith(`/${file}`) ? path.slice(0, -file.length - 1) : folderOfPath(path);
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:/.test(path);
}
