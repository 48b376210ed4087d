import type { ErrorTable, Fault } from '@catamaran/oci';

const faults: Readonly<Record<Fault, string>> = {
  user: 'your input',
  remote: 'a remote',
  machine: 'this machine',
  tool: 'a defect',
};

/** Every error with its hint, by the package that throws it. */
export function errorsPage(
  tables: Readonly<Record<string, ErrorTable>>,
  exitCodes: Readonly<Record<Fault | 'findings', number>>,
): string {
  const sections = Object.entries(tables).map(([name, table]) => `## ${name}\n\n${rows(table)}`);
  return `# Errors

Generated from the error tables in \`packages/*/src/errors.ts\` by \`npm run docs\`. Words in braces stand for what
the error is about.

| at fault | exit code | who has to act |
| --- | --- | --- |
| findings | ${exitCodes.findings} | \`catamaran check\` found a binary that does not fit |
| ${faults.user} | ${exitCodes.user} | you: a file, a flag, the project |
| ${faults.remote} | ${exitCodes.remote} | a registry, a mirror or the network |
| ${faults.machine} | ${exitCodes.machine} | something is missing on this machine |
| ${faults.tool} | ${exitCodes.tool} | Catamaran: report it |

A signal ends the program with 128 and its number: 130 after Ctrl-C.

${sections.join('\n\n')}
`;
}

function rows(table: ErrorTable): string {
  const lines = Object.entries(table)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { definition }]) => {
      const { fault, message, hint } = definition;
      return `| \`${code}\` | ${faults[fault]} | ${cell(message)} | ${cell(hint)} |`;
    });
  return ['| code | at fault | message | what to do |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function cell(text: string): string {
  return text.trim().replaceAll('|', '\\|').replaceAll('\n', ' ');
}
