import { readFileSync } from 'node:fs';
import { nodeFromNpm } from './node-from-npm.ts';

/** A release of the oldest Node that `engines` in package.json allows. */
const OLDEST = '22.13.0';

/** @returns the path of the oldest Node that is supported, for this machine. */
export function oldestNode(): string {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (`>=${OLDEST}` !== `${engines.node}.0`)
    throw new Error(`package.json supports Node ${engines.node}, which does not begin with ${OLDEST}`);
  return nodeFromNpm(`${process.platform}-${process.arch}`, OLDEST);
}
