import { Document, isCollection, visit } from 'yaml';
import type { Finding } from '../../data-check/data-check.ts';
import type { Reading } from '../read-mended.ts';

/**
 * What to do about a finding: its own advice, or the keys that mend it.
 *
 * @param reading how the table is read with all findings mended; a key that is one list for all of them is shown whole.
 */
export function nextStep({ next, settings }: Finding, { missing }: Pick<Reading, 'missing'>): string | null {
  if (next !== null || !settings) return next;
  const keys = Object.entries({ ...settings, ...(settings.missing && { missing }) });
  return `set ${keys.map(([key, value]) => `\`${inYaml(key, value)}\``).join(' and ')} for this dataset`;
}

/** A key as it stands in `mlops.yml`, on one line. */
function inYaml(key: string, value: unknown): string {
  const document = new Document({ [key]: value });
  visit(document, {
    Collection(_, node) {
      if (node !== document.contents && isCollection(node)) node.flow = true;
    },
  });
  return document.toString({ flowCollectionPadding: true, lineWidth: 0 }).trimEnd();
}
