import type { Reported, ReportedPart } from './reported.ts';
import { sarifResults, sourceRoot } from './sarif-results.ts';
import { sarifRules } from './sarif-rules.ts';
import type { SarifLog } from './sarif-types.ts';

/**
 * Findings in SARIF 2.1.0, for code-scanning pages: a run for each platform. The same findings give the same bytes: no
 * clock, no machine.
 * @param version Catamaran's
 */
export function sarifLog(reported: Reported, version: string): SarifLog {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: reported.parts.map((part) => ({
      tool: {
        driver: { name: 'Catamaran', version, semanticVersion: version, rules: sarifRules },
      },
      automationDetails: { id: categoryOf(reported.subject, part) },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { [sourceRoot]: { description: { text: 'The root of the repository.' } } },
      results: sarifResults(reported, part),
      properties: {
        subject: reported.subject,
        ...(part.platform === undefined ? {} : { platform: part.platform }),
      },
    })),
  };
}

/**
 * What GitHub keeps findings apart by, from one run of a workflow to the next: without the tag, which is another one each
 * time. All before the last slash is the category.
 */
function categoryOf(subject: string, { platform }: ReportedPart): string {
  const name = subject.replace(/@sha256:[0-9a-f]+$/, '').replace(/:[^/:]*$/, '');
  const parts = ['catamaran', name, platform ?? ''].filter((part) => part !== '');
  return `${parts.join('/').replace(/[^\w./:-]/g, '-')}/`;
}
