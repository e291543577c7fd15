/** Where out-of-fold predictions are kept besides the machine that made them. */
export type EvidencePlace = 'branch' | 'artifact' | 'off';

/**
 * Where evidence is kept: as `tracking.evidence` says, else also on a branch where only those who may read the repository
 * can see it. What is not known to be private counts as public.
 */
export function evidencePlace(
  { evidence }: { readonly evidence: EvidencePlace | null },
  repository: { readonly isPrivate: boolean },
): EvidencePlace {
  return evidence ?? (repository.isPrivate ? 'branch' : 'artifact');
}
