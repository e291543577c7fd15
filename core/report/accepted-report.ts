import { policyFor, stopsMerge } from '../comparison/outcome.ts';
import { type Acceptances, withAcceptances } from '../comparison/with-acceptances.ts';
import type { Project } from '../config/project.ts';
import type { Report } from './report-schema.ts';

/**
 * The report with what people accepted, which is asked for only where something stops a merge.
 *
 * @param rules by which the report was judged.
 */
export async function acceptedReport(
  report: Report,
  rules: Project,
  acceptances: () => Promise<Acceptances>,
): Promise<Report> {
  if (!report.verdict || !report.stopsMerge) return report;
  const { verdict, warnings } = withAcceptances(report.verdict, await acceptances());
  return {
    ...report,
    verdict,
    stopsMerge: stopsMerge(verdict.outcome, policyFor(rules, report.subject)),
    warnings: [...report.warnings, ...warnings],
  };
}
