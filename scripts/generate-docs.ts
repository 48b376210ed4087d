// Writes the documents that the code itself says: the error table, the configuration, the rules, the JSON Schemas.
// With --check it writes nothing and fails when one of them is not up to date.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configJsonSchema } from '@catamaran/build/schema';
import { catalogue } from '@catamaran/check';
import { runRecordJsonSchema } from '@catamaran/report';
import { errorTables } from '../packages/cli/src/error-table.ts';
import { exitCodes } from '../packages/cli/src/process/exit-codes.ts';
import { configPage } from './docs/config-page.ts';
import { errorsPage } from './docs/errors-page.ts';
import { rulesPage } from './docs/rules-page.ts';

const schema = configJsonSchema();
const documents: Readonly<Record<string, string>> = {
  'docs/errors.md': errorsPage(errorTables, exitCodes),
  'docs/config.md': configPage(schema),
  'docs/rules.md': rulesPage(catalogue),
  'docs/catamaran.schema.json': `${JSON.stringify(schema, undefined, 2)}\n`,
  'docs/run-record.schema.json': `${JSON.stringify(runRecordJsonSchema(), undefined, 2)}\n`,
};

const check = process.argv.includes('--check');
for (const [path, text] of Object.entries(documents)) {
  const absolute = join(import.meta.dirname, '..', path);
  if ((await readFile(absolute, 'utf8').catch(() => '')) === text) continue;
  if (check) {
    console.error(`${path} is not what the code says: run "npm run docs".`);
    process.exitCode = 1;
  } else {
    await writeFile(absolute, text);
    console.log(`wrote ${path}`);
  }
}
