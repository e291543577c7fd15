import { z } from 'zod';
import { StoreError } from '../errors/app-error.ts';
import { jsonFault } from '../records/json-fault.ts';
import type { RecordCodec } from '../records/record-codec.ts';
import { corrupt, FRAME_VERSION, type Frame, type FrameKind, readFrame, writeFrame } from './binary-frame.ts';
import type { Evidence, OutOfFold, RowSet, SliceColumn, UnknownParts } from './evidence.ts';
import { evidenceFault, MAX_CLASSES, MAX_REPEATS, MAX_ROWS, rowSetFault } from './evidence-checks.ts';

const ROW_SET: FrameKind = { magic: 'MLRS', name: 'row set' };
const EVIDENCE: FrameKind = { magic: 'MLOF', name: 'evidence' };

const rowSetHeader = z.object({
  dataset: z.string(),
  n: z.int().min(0).max(MAX_ROWS),
  n_rows: z.int().min(0),
  classes: z.array(z.string()),
  scale: z.strictObject({ mean: z.number(), sd: z.number() }).nullable(),
  /** Whether target and positions follow the keys and folds. */
  target: z.boolean(),
  /** Whether clusters follow. */
  clusters: z.literal(true).optional(),
  in_time: z.literal(true).optional(),
  /** The columns whose codes stand at the end. */
  slices: z.array(z.strictObject({ column: z.string(), values: z.array(z.string()) })).optional(),
  /** How rows are recognised. */
  key_scheme: z.int().positive().optional(),
  columns: z.array(z.strictObject({ name: z.string(), digest: z.string() })).optional(),
  target_digest: z.string().optional(),
  /** The columns that content hashes at the end are made of. */
  contents: z.array(z.array(z.string())).optional(),
  /** How many keys of other rows stand behind them. */
  other_keys: z.int().min(1).max(MAX_ROWS).optional(),
  /** Whether hashes of keys and targets follow, in place of the targets. */
  labels: z.literal(true).optional(),
});

const evidenceHeader = z.object({
  run: z.string(),
  row_set: z.string(),
  n: z.int().min(0).max(MAX_ROWS),
  repeats: z.int().min(1).max(MAX_REPEATS),
  decisions: z.boolean(),
  /** Of how many classes probabilities follow the decisions; absent where none do. */
  probabilities: z.int().min(3).max(MAX_CLASSES).optional(),
  /** Which rows the models learned from whose repeats follow the others; absent where none do. */
  without_added: z.string().optional(),
});

/** Larger files are not read, in bytes: more than any evidence of ours. */
const MAX_BYTES = 1_000_000_000;

export const rowSetCodec: RecordCodec<RowSet> = {
  kind: ROW_SET.name,
  schema: FRAME_VERSION,
  folder: 'evidence',
  maxBytes: MAX_BYTES,
  pathOf: ({ id }) => rowSetPath(id),
  encode: encodeRowSet,
  decode: decodeRowSet,
};

export const evidenceCodec: RecordCodec<Evidence> = {
  kind: EVIDENCE.name,
  schema: FRAME_VERSION,
  folder: 'evidence',
  maxBytes: MAX_BYTES,
  pathOf: ({ run }) => evidencePath(run),
  encode: encodeEvidence,
  decode: decodeEvidence,
};

/** Where the file of a row set lies, by its id. */
export function rowSetPath(id: string): string {
  return `evidence/${id}.rows`;
}

/** Where a run's evidence lies. */
export function evidencePath(run: string): string {
  return `evidence/${run}.oof`;
}

/**
 * The id of a row set: SHA-256 of its file's content, so of everything it holds. Published without its target, a row
 * set is another one.
 *
 * @throws StoreError when the rows cannot be right (see `rowSetFault`).
 */
export function rowSetId(contents: Omit<RowSet, 'id'>): string {
  return frameRowSet(contents).sha256;
}

/**
 * The id of the same rows by key, fold and target alone: which slices are looked at and what the rows hold besides moves no seed.
 */
export function rowsId(rowSet: RowSet): string {
  const known = rowsIds.get(rowSet);
  if (known !== undefined) return known;
  const { id, slices, columns, contents: hashes, targetDigest, otherKeys, ...all } = rowSet;
  const { target, ...published } = all;
  // Targets that were looked up in other rows are no part of these.
  const isLookedUp = target !== undefined && all.positions === undefined;
  const isWhole = slices || columns || hashes || otherKeys || targetDigest !== undefined || isLookedUp;
  const own = isWhole ? rowSetId(isLookedUp ? published : all) : id;
  rowsIds.set(rowSet, own);
  return own;
}

const rowsIds = new WeakMap<RowSet, string>();

/**
 * The file of a row set: keys (5 bytes each), folds (1), then target (a class 1, a value 8) and positions (4), clusters (4), the codes
 * of each column sliced by (1), hashes of contents (5), keys of other rows (5 each), and hashes of labels (5), where it has them.
 *
 * @throws StoreError when the rows cannot be right.
 */
export function encodeRowSet(rowSet: RowSet): Uint8Array {
  const { bytes, sha256 } = frameRowSet(rowSet);
  if (sha256 !== rowSet.id) throw new Error(`row set ${rowSet.id} has the content of ${sha256}`);
  return bytes;
}

function frameRowSet(rowSet: Omit<RowSet, 'id'>): { bytes: Uint8Array; sha256: string } {
  refuse(rowSetFault(rowSet), ROW_SET);
  const { dataset, keys, folds, clusters, slices, target, positions, classes, nRows, scale, unknown } = rowSet;
  const { contents, columns, otherKeys, labels } = rowSet;
  const n = keys.length;
  const header: z.infer<typeof rowSetHeader> = {
    dataset,
    n,
    n_rows: nRows,
    classes: [...classes],
    scale: scale && { mean: scale.mean, sd: scale.sd },
    target: target !== undefined,
    ...(clusters && { clusters: true as const }),
    ...(rowSet.isInTime && { in_time: true as const }),
    ...(slices && { slices: slices.map(({ column, values }) => ({ column, values: [...values] })) }),
    ...(rowSet.keyScheme !== undefined && { key_scheme: rowSet.keyScheme }),
    ...(columns && { columns: columns.map(({ name, digest }) => ({ name, digest })) }),
    ...(rowSet.targetDigest !== undefined && { target_digest: rowSet.targetDigest }),
    ...(contents && { contents: contents.map((each) => [...each.columns]) }),
    ...(otherKeys && { other_keys: otherKeys.length }),
    ...(labels && { labels: true as const }),
  };
  return writeFrame(ROW_SET, header, rowSetLength(header), unknown, (body) => {
    putHashes(body, 0, keys);
    bytesView(body, 5 * n, n).set(folds);
    contents?.forEach(({ hashes }, i) => {
      putHashes(body, contentsAt(header) + 5 * n * i, hashes);
    });
    if (otherKeys) putHashes(body, otherKeysAt(header), otherKeys);
    if (labels) putHashes(body, labelsAt(header), labels);
    clusters?.forEach((cluster, i) => {
      body.setUint32(clustersAt(header) + 4 * i, cluster, true);
    });
    slices?.forEach(({ codes }, i) => {
      bytesView(body, slicesAt(header) + i * n, n).set(codes);
    });
    if (!target || !positions) return;
    const size = targetBytes(header);
    for (let i = 0; i < n; i++) {
      if (size === 1) body.setUint8(6 * n + i, target[i]!);
      else body.setFloat64(6 * n + size * i, target[i]!, true);
      body.setUint32((6 + size) * n + 4 * i, positions[i]!, true);
    }
  });
}

/**
 * The row set in a file's bytes; its id is computed from them.
 *
 * @param path names the file in messages.
 * @throws StoreError when the file is corrupt or of a newer version. Nothing larger than the file is allocated.
 */
export function decodeRowSet(bytes: Uint8Array, path?: string): RowSet {
  const frame = readFrame(ROW_SET, bytes, path);
  const header = parseHeader(rowSetHeader, frame, ROW_SET, path);
  const unknown = unknownParts(rowSetHeader, frame, rowSetLength(header), ROW_SET, path);
  const { n } = header;
  const { body } = frame;
  const keys = readHashes(body, 0, n);
  const folds = bytesAt(body, 5 * n, n);
  const rowSet: RowSet = {
    id: frame.sha256,
    dataset: header.dataset,
    keys,
    folds,
    ...(header.target ? readTarget(body, header) : {}),
    ...(header.clusters && { clusters: readClusters(body, header) }),
    ...(header.in_time && { isInTime: header.in_time }),
    ...(header.slices && { slices: readSlices(body, header) }),
    ...(header.key_scheme !== undefined && { keyScheme: header.key_scheme }),
    ...(header.columns && { columns: header.columns }),
    ...(header.target_digest !== undefined && { targetDigest: header.target_digest }),
    ...(header.labels && { labels: readHashes(body, labelsAt(header), n) }),
    ...(header.other_keys && { otherKeys: readHashes(body, otherKeysAt(header), header.other_keys) }),
    ...(header.contents && {
      contents: header.contents.map((columns, i) => ({
        columns,
        hashes: readHashes(body, contentsAt(header) + 5 * n * i, n),
      })),
    }),
    classes: header.classes,
    nRows: header.n_rows,
    scale: header.scale,
    ...unknown,
  };
  const fault = rowSetFault(rowSet);
  if (fault !== undefined) throw corrupt(ROW_SET, fault, path);
  return rowSet;
}

function readTarget(
  body: DataView,
  header: z.infer<typeof rowSetHeader>,
): { target: Float64Array; positions: Uint32Array } {
  const { n } = header;
  const size = targetBytes(header);
  const target = new Float64Array(n);
  const positions = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    target[i] = size === 1 ? body.getUint8(6 * n + i) : body.getFloat64(6 * n + size * i, true);
    positions[i] = body.getUint32((6 + size) * n + 4 * i, true);
  }
  return { target, positions };
}

/**
 * The file of a run's evidence: for each repeat the predictions (2 bytes each), then the decisions (1) if any; then the same of the
 * models that learned without the rows that were added, if there are any.
 *
 * @throws StoreError when the evidence cannot be right (see `evidenceFault`).
 */
export function encodeEvidence(evidence: Evidence): Uint8Array {
  refuse(evidenceFault(evidence), EVIDENCE);
  const { run, rowSet, repeats, withoutAdded, unknown } = evidence;
  const n = repeats[0]!.predictions.length;
  const header: z.infer<typeof evidenceHeader> = {
    run,
    row_set: rowSet,
    n,
    repeats: repeats.length,
    decisions: repeats[0]!.decisions.length > 0,
    ...(repeats[0]!.probabilities && { probabilities: repeats[0]!.probabilities.length }),
    ...(withoutAdded && { without_added: withoutAdded.keys }),
  };
  return writeFrame(EVIDENCE, header, evidenceLength(header), unknown, (body) => {
    let at = 0;
    const put = (values: Uint16Array) => {
      for (let i = 0; i < n; i++) body.setUint16(at + 2 * i, values[i]!, true);
      at += 2 * n;
    };
    for (const { predictions, decisions, probabilities = [] } of [...repeats, ...(withoutAdded?.repeats ?? [])]) {
      put(predictions);
      bytesView(body, at, decisions.length).set(decisions);
      at += decisions.length;
      for (const ofClass of probabilities) put(ofClass);
    }
  }).bytes;
}

/**
 * The evidence in a file's bytes. That it fits its row set is for `checkSameRows` to say.
 *
 * @param path names the file in messages.
 * @throws StoreError when the file is corrupt or of a newer version. Nothing larger than the file is allocated.
 */
export function decodeEvidence(bytes: Uint8Array, path?: string): Evidence {
  const frame = readFrame(EVIDENCE, bytes, path);
  const header = parseHeader(evidenceHeader, frame, EVIDENCE, path);
  const unknown = unknownParts(evidenceHeader, frame, evidenceLength(header), EVIDENCE, path);
  const { n } = header;
  const nDecisions = header.decisions ? n : 0;
  let at = 0;
  const take = () => {
    const values = new Uint16Array(n);
    for (let i = 0; i < n; i++) values[i] = frame.body.getUint16(at + 2 * i, true);
    at += 2 * n;
    return values;
  };
  const takeRepeat = (): OutOfFold => {
    const predictions = take();
    const decisions = bytesAt(frame.body, at, nDecisions);
    at += nDecisions;
    if (header.probabilities === undefined) return { predictions, decisions };
    return { predictions, decisions, probabilities: Array.from({ length: header.probabilities }, take) };
  };
  const takeRepeats = () => Array.from({ length: header.repeats }, takeRepeat);
  const evidence: Evidence = {
    ...{ run: header.run, rowSet: header.row_set, repeats: takeRepeats() },
    ...(header.without_added !== undefined && { withoutAdded: { keys: header.without_added, repeats: takeRepeats() } }),
    ...unknown,
  };
  const fault = evidenceFault(evidence);
  if (fault !== undefined) throw corrupt(EVIDENCE, fault, path);
  return evidence;
}

function readClusters(body: DataView, header: z.infer<typeof rowSetHeader>): Uint32Array {
  const at = clustersAt(header);
  return Uint32Array.from({ length: header.n }, (_, i) => body.getUint32(at + 4 * i, true));
}

function readSlices(body: DataView, header: z.infer<typeof rowSetHeader>): SliceColumn[] {
  const { n, slices = [] } = header;
  return slices.map((each, i) => ({ ...each, codes: bytesAt(body, slicesAt(header) + i * n, n) }));
}

function clustersAt(header: z.infer<typeof rowSetHeader>): number {
  return header.n * (header.target ? 6 + targetBytes(header) + 4 : 6);
}

/** There are 256 classes at most. */
function targetBytes({ classes }: z.infer<typeof rowSetHeader>): 1 | 8 {
  return classes.length > 0 ? 1 : 8;
}

function slicesAt(header: z.infer<typeof rowSetHeader>): number {
  return clustersAt(header) + (header.clusters ? 4 * header.n : 0);
}

function contentsAt(header: z.infer<typeof rowSetHeader>): number {
  return slicesAt(header) + (header.slices ?? []).length * header.n;
}

function otherKeysAt(header: z.infer<typeof rowSetHeader>): number {
  return contentsAt(header) + 5 * (header.contents ?? []).length * header.n;
}

function labelsAt(header: z.infer<typeof rowSetHeader>): number {
  return otherKeysAt(header) + 5 * (header.other_keys ?? 0);
}

function rowSetLength(header: z.infer<typeof rowSetHeader>): number {
  return labelsAt(header) + (header.labels ? 5 * header.n : 0);
}

/** Hashes of 40 bits, five bytes each. */
function putHashes(body: DataView, at: number, hashes: Float64Array): void {
  for (let i = 0; i < hashes.length; i++) {
    body.setUint32(at + 5 * i, hashes[i]! % 0x100000000, true);
    body.setUint8(at + 5 * i + 4, Math.floor(hashes[i]! / 0x100000000));
  }
}

function readHashes(body: DataView, at: number, n: number): Float64Array {
  return Float64Array.from(
    { length: n },
    (_, i) => body.getUint32(at + 5 * i, true) + body.getUint8(at + 5 * i + 4) * 0x100000000,
  );
}

function evidenceLength({
  n,
  repeats,
  decisions,
  probabilities = 0,
  without_added: keys,
}: z.infer<typeof evidenceHeader>): number {
  return (keys === undefined ? 1 : 2) * repeats * n * (2 + Number(decisions) + 2 * probabilities);
}

/** What of a file this version does not know; bytes behind the known arrays belong to a field of the header that it does not know. */
function unknownParts(
  { shape }: z.ZodObject,
  { header, body }: Frame,
  knownLength: number,
  kind: FrameKind,
  path?: string,
): { readonly unknown?: UnknownParts } {
  const fields = Object.entries(header as object).filter(([key]) => !Object.hasOwn(shape, key));
  const more = body.byteLength - knownLength;
  if (more < 0 || (more > 0 && fields.length === 0)) throw corrupt(kind, 'its length is wrong', path);
  if (fields.length === 0) return {};
  return { unknown: { header: Object.fromEntries(fields), body: bytesAt(body, knownLength, more) } };
}

function parseHeader<T>(schema: z.ZodType<T>, frame: Frame, kind: FrameKind, path?: string): T {
  const fault = jsonFault(frame.header);
  if (fault !== undefined) throw corrupt(kind, `header: ${fault}`, path);
  const parsed = schema.safeParse(frame.header);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw corrupt(kind, `header ${issue.path.map(String).join('.')}: ${issue.message}`, path);
}

function refuse(fault: string | undefined, kind: FrameKind): void {
  if (fault !== undefined) throw new StoreError({ message: `${kind.name} cannot be stored: ${fault}` });
}

function bytesView(body: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(body.buffer, body.byteOffset + at, length);
}

function bytesAt(body: DataView, at: number, length: number): Uint8Array {
  return bytesView(body, at, length).slice();
}
