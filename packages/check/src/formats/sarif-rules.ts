import { dockerfileRules } from '../rules/catalogue/dockerfile-rules.ts';
import type { RuleDescription } from '../rules/catalogue/rule-description.ts';
import { catalogue } from '../rules/catalogue.ts';
import type { SarifRule } from './sarif-types.ts';

/** As GitHub calls levels where it sorts rules. */
const severities = { error: 'error', warning: 'warning', note: 'recommendation' } as const;

/** The catalogue as code-scanning pages show it, in its own order. */
export const sarifRules: readonly SarifRule[] = Object.entries<RuleDescription>(catalogue).map(
  ([id, { level, title, why, remedy }]) => ({
    id,
    name: pascalCase(id),
    shortDescription: { text: plain(title) },
    fullDescription: { text: plain(why) },
    help: { text: plain(`${why}\n\n${remedy}`), markdown: `${why}\n\n**What to do.** ${remedy}` },
    defaultConfiguration: { level },
    properties: {
      tags: [id in dockerfileRules ? 'dockerfile' : 'container-image'],
      'problem.severity': severities[level],
    },
  }),
);

/** "libc-version" → "LibcVersion", as names of rules are written. */
function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Markdown's code without its marks. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
