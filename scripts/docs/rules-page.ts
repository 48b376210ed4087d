import type { Level } from '@catamaran/check';

interface RuleDescription {
  readonly level: Level;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
}

/** Every rule of the check: what it finds, why that matters and what to do. */
export function rulesPage(rules: Readonly<Record<string, RuleDescription>>): string {
  const ids = Object.keys(rules);
  const index = ids.map((id) => `| [\`${id}\`](#${id}) | ${rules[id]?.level} | ${rules[id]?.title} |`);
  const sections = Object.entries(rules).map(([id, rule]) => section(id, rule));
  return `# Rules

Generated from \`packages/check/src/rules/catalogue\` by \`npm run docs\`.

\`catamaran check\` judges by these, and so does every build before anything is stored or pushed. An **error** fails it,
a **warning** and a **note** do not. A finding that is meant to be can be silenced, with the reason, in
\`catamaran.config.ts\`:

\`\`\`ts
check: {
  ignore: [{ rule: 'set-uid', path: '/usr/bin/ping', reason: 'The health check pings.' }],
},
\`\`\`

| rule | level | what it finds |
| --- | --- | --- |
${index.join('\n')}

${sections.join('\n\n')}
`;
}

function section(id: string, { level, title, why, remedy }: RuleDescription): string {
  return `## ${id}\n\n**${title}** (${level})\n\n${why}\n\n**What to do.** ${remedy}`;
}
