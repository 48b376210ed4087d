import type { RuleDescription } from '../rules/catalogue/rule-description.ts';
import { catalogue } from '../rules/catalogue.ts';
import type { Finding, Level } from '../rules/finding.ts';
import { type Reported, sentence } from './reported.ts';

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const satisfies Record<
  Level,
  string
>;

/**
 * A line for each finding that is not silenced, which GitHub shows beside the file in a pull request.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubAnnotations({ anchor, parts }: Reported): string[] {
  return parts.flatMap(({ platform, findings }) =>
    findings
      .filter(({ silenced }) => silenced === undefined)
      .map((finding) => {
        const properties = {
          file: anchor,
          ...(finding.line === undefined ? {} : { line: String(finding.line) }),
          title: titleOf(finding),
        };
        const written = Object.entries(properties).map(
          ([name, value]) => `${name}=${escapedProperty(value)}`,
        );
        const message = `${sentence(finding)}${platform === undefined ? '' : ` (${platform})`}`;
        return `::${commands[finding.level]} ${written.join(',')}::${escaped(message)}`;
      }),
  );
}

function titleOf({ rule }: Finding): string {
  const known: Readonly<Record<string, RuleDescription>> = catalogue;
  return known[rule] ? `${known[rule].title} (${rule})` : rule;
}

/** As GitHub's own toolkit escapes: what is not would end the command, and might begin another one. */
function escaped(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
