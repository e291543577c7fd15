import { createHash } from 'node:crypto';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes);

/** The parts of a container, each as it stands in the file. */
export interface ContainerParts {
  readonly schema?: number;
  /** Lengths that the file says, where they are not the true ones. */
  readonly nSections?: number;
  readonly headerLength?: number;
  readonly storedHeader?: Uint8Array;
  readonly header: string;
  readonly sections?: readonly {
    readonly dictionarySize?: number;
    readonly says?: number;
    readonly stored: Uint8Array;
    /** The array's bytes, for the digest. */
    readonly content?: Uint8Array;
  }[];
  readonly digest?: Uint8Array;
  readonly more?: Uint8Array;
}

/** A container written by hand from `docs/model-file.md`, sound or not; the digest is right unless another is given. */
export function assemble({ header, sections = [], more = new Uint8Array(0), ...says }: ContainerParts): Uint8Array {
  const text = Buffer.from(header);
  const stored = says.storedHeader ?? text;
  const list = [text, ...sections.map((section) => section.content ?? section.stored)]
    .map((part) => `${sha256(part).digest('hex')}\n`)
    .join('');
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from('894d4c4f50530d0a', 'hex'),
      u32(says.schema ?? 2),
      u32(says.nSections ?? sections.length),
      u32(says.headerLength ?? text.length),
      u32(stored.length),
      ...sections.flatMap((section) => [u32(section.dictionarySize ?? 0), u32(section.says ?? section.stored.length)]),
      stored,
      ...sections.map((section) => section.stored),
      more,
      says.digest ?? sha256(list).digest(),
    ]),
  );
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
