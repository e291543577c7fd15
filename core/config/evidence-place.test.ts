import { describe, expect, it } from 'vitest';
import { type EvidencePlace, evidencePlace } from './evidence-place.ts';

describe('evidencePlace', () => {
  it.each<[EvidencePlace | null, boolean, EvidencePlace]>([
    [null, true, 'branch'],
    [null, false, 'artifact'],
    ['artifact', true, 'artifact'],
    ['branch', false, 'branch'],
    ['off', true, 'off'],
    ['off', false, 'off'],
  ])('written %s, private %s: %s', (evidence, isPrivate, expected) => {
    expect(evidencePlace({ evidence }, { isPrivate })).toBe(expected);
  });
});
