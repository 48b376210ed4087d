import { digestHex, digestOf } from '@catamaran/oci';
import type { Finding } from '../rules/finding.ts';
import { type Reported, type ReportedPart, sentence } from './reported.ts';
import { sarifRules } from './sarif-rules.ts';
import type { SarifLocation, SarifResult } from './sarif-types.ts';

/** What `uri` is relative to: code-scanning pages know it as the repository's root. */
export const sourceRoot = '%SRCROOT%';

const ruleIndexes = new Map(sarifRules.map(({ id }, index) => [id, index]));

/** The findings on one platform, or of one Dockerfile. */
export function sarifResults({ anchor }: Reported, part: ReportedPart): readonly SarifResult[] {
  const seen = new Map<string, number>();
  return part.findings.map((finding) => {
    const { rule, level, silenced } = finding;
    const ruleIndex = ruleIndexes.get(rule);
    const fingerprint = fingerprintOf(finding);
    const occurrence = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, occurrence);
    return {
      ruleId: rule,
      ...(ruleIndex === undefined ? {} : { ruleIndex }),
      level,
      message: { text: sentence(finding) },
      locations: [locationOf(finding, anchor)],
      // The first is the one that GitHub tells findings apart by.
      partialFingerprints: {
        primaryLocationLineHash: `${fingerprint}:${occurrence}`,
        'catamaranFinding/v1': `${fingerprint}:${occurrence}`,
      },
      ...(silenced === undefined
        ? {}
        : { suppressions: [{ kind: 'external', status: 'accepted', justification: silenced }] }),
      ...propertiesOf(finding),
    };
  });
}

/** The same for the same finding after other lines, or in another build of the layer. */
function fingerprintOf({ rule, path = '', message }: Finding): string {
  return digestHex(digestOf(JSON.stringify([rule, path, message]))).slice(0, 16);
}

/** Where a page about source code can show it; an image's file is no place there, and stands beside it. */
function locationOf({ path, line = 1 }: Finding, anchor: string): SarifLocation {
  const uri = anchor.split('/').map(encodeURIComponent).join('/');
  const name = path?.slice(path.lastIndexOf('/') + 1);
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: sourceRoot },
      region: { startLine: line },
    },
    ...(path === undefined || name === undefined
      ? {}
      : { logicalLocations: [{ name, fullyQualifiedName: path, kind: 'resource' }] }),
  };
}

function propertiesOf({ path, layer, wastedBytes }: Finding): Pick<SarifResult, 'properties'> {
  const properties = {
    ...(path === undefined ? {} : { imagePath: path }),
    ...(layer === undefined ? {} : { layer }),
    ...(wastedBytes === undefined ? {} : { wastedBytes }),
  };
  return Object.keys(properties).length === 0 ? {} : { properties };
}
