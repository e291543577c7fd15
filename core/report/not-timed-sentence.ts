import type { NotTimed } from '../comparison/remade.ts';
import { code, prose, type Sentence, sentence } from './fragments.ts';

/** Why the base commit's model was not timed beside the change's, and what would help. */
export function notTimedSentence(not: NotTimed | undefined): Sentence {
  switch (not?.obstacle) {
    case undefined:
      return sentence`the baseline was measured in another job`;
    case 'custom':
      return sentence`a ${code('custom')} command is not timed, since a command of the change could stand in for that of the base commit`;
    case 'no_digest':
      return sentence`the base commit is not timed here, since nothing in it says which bytes ${code(not.path)} had. Write the SHA-256 of that file into ${code('mlops.yml')} (${code('sha256: …')} beside ${code('path')})`;
    case 'other_bytes':
      return sentence`the base commit is not timed here, since ${code(not.path)} is not here as ${code(not.named)} of that commit names it. Let the job fetch that version too`;
    case 'unreadable':
      return sentence`the base commit is not timed here, since its ${code(not.path)} cannot be read: ${prose(not.detail)}`;
    case 'failed':
      return sentence`the base commit cannot be trained: ${prose(not.detail)}`;
    case 'not_allowed':
      return sentence`the base commit is not timed here, since its ${code('mlops.yml')} says ${code('baseline.remake: never')}`;
    case 'other_inputs':
      return sentence`what is here is not what the runs were trained on. Run ${code('mlops pipeline')}, which times both`;
    case 'no_base':
      return sentence`there is no base commit here that could be timed beside it`;
  }
}
