import { DataError, type Problem } from '../errors/app-error.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @throws DataError for bytes that are not UTF-8. */
export function utf8Text(bytes: Uint8Array, file: string, place?: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new DataError({ ...notUtf8(file), ...(place !== undefined && { place }) }, { cause });
  }
}

/** What to do with text in another encoding; most often that is the one of Windows in Western Europe. */
export function notUtf8(file: string): Problem {
  return {
    file,
    message: 'the text is not UTF-8',
    next: `save the file as UTF-8; if it is Latin-1, as most such files are: ${convertCommand(file, 'windows-1252')}`,
  };
}

/** The command that writes a file in UTF-8. */
export function convertCommand(file: string, from: string): string {
  const name = file.replace(/(\.[^./\\]*)?$/, (ending) => `-utf8${ending}`);
  return `iconv -f ${from} -t utf-8 ${quoted(file)} > ${quoted(name)}`;
}

function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
}

/** Where text begins: after a byte order mark and blanks. */
export function startOfText(bytes: Uint8Array): number {
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (start < bytes.length && bytes[start]! <= 0x20) start++;
  return start;
}
