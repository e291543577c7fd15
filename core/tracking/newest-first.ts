/** The order of two records by when they were made (ISO 8601), the newest first; of equal times, by id. */
export function newestFirst(created: string, id: string, otherCreated: string, otherId: string): number {
  if (created !== otherCreated) {
    // Fractions of a second may have any number of digits.
    const later = Date.parse(otherCreated) - Date.parse(created);
    if (later !== 0) return later;
  }
  return id < otherId ? 1 : -1;
}
