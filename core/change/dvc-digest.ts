import { parse } from 'yaml';
import { z } from 'zod';

const digest = z.string().regex(/^[0-9a-f]{32}$/);
/** Of a folder the digest ends in `.dir`, and stands for a list that is not here. */
const outputsSchema = z.array(z.looseObject({ path: z.string(), md5: digest.optional().catch(undefined) }));
const pointerSchema = z.object({ outs: outputsSchema });
const lockSchema = z.object({
  stages: z.record(z.string(), z.looseObject({ outs: outputsSchema.catch([]) })),
});

/** The MD5 that a pointer of DVC, `churn.csv.dvc`, has for its file; undefined where it has none. */
export function digestInPointer(pointer: Uint8Array): string | undefined {
  const { data } = pointerSchema.safeParse(parsed(pointer));
  return data?.outs.length === 1 ? data.outs[0]!.md5 : undefined;
}

/**
 * The MD5 that `dvc.lock` has for an output of a stage; undefined where it has none.
 *
 * @param path as the file says it: relative to its folder.
 */
export function digestInLock(lock: Uint8Array, path: string): string | undefined {
  const { data } = lockSchema.safeParse(parsed(lock));
  const outputs = Object.values(data?.stages ?? {}).flatMap(({ outs }) => outs);
  return outputs.find((output) => output.path === path)?.md5;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
