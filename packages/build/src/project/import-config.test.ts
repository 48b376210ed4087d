import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';

const name = 'catamaran.config.ts';

interface Imported {
  /** What it exports by default, or the error's code. */
  readonly value: unknown;
  /** Names of the files that were told of. */
  readonly told: readonly string[];
}

/**
 * Imports the configuration again and again, each time with some more files written, in a process of its own: the
 * modules of this one are kept by vitest.
 */
function importAfter(...steps: readonly Readonly<Record<string, unknown>>[]): readonly Imported[] {
  const folder = writeFiles(temporaryFolder(), { 'package.json': { type: 'module' } });
  const script = `
    import { basename, join } from 'node:path';
    import { importConfig } from ${JSON.stringify(join(import.meta.dirname, 'import-config.ts'))};
    import { RecordedInputs } from ${JSON.stringify(join(import.meta.dirname, '../inputs/input-log.ts'))};
    import { writeFiles } from ${JSON.stringify(join(import.meta.dirname, '../../testing/write-files.ts'))};
    const imported = [];
    for (const files of ${JSON.stringify(steps)}) {
      writeFiles(${JSON.stringify(folder)}, files);
      const log = new RecordedInputs();
      const value = await importConfig(${JSON.stringify(join(folder, name))}, log).catch(({ code }) => code);
      imported.push({ value, told: log.inputs.files.map((path) => basename(path)) });
    }
    console.log(JSON.stringify(imported));`;
  const args = ['--conditions=source', '--input-type=module', '--eval', script];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

describe('importConfig', () => {
  it('gives what the file and all that it imports say now', () => {
    const imported = importAfter(
      {
        [name]: [
          "import { first } from './first.ts';",
          "import second from './second.cjs';",
          "import data from './data.json' with { type: 'json' };",
          'export default { first, second, data };',
        ].join('\n'),
        'first.ts': "import { deep } from './deep.ts'; export const first: string = deep;",
        'deep.ts': "export const deep = 'old';",
        'second.cjs': "module.exports = require('./third.cjs');",
        'third.cjs': "module.exports = 'old';",
        'data.json': ['old'],
      },
      { 'deep.ts': "export const deep = 'new';" },
      { 'third.cjs': "module.exports = 'new';", 'data.json': ['new'] },
      { [name]: 'export default 7;' },
    );
    expect(imported.map(({ value }) => value)).toEqual([
      { first: 'old', second: 'old', data: ['old'] },
      { first: 'new', second: 'old', data: ['old'] },
      { first: 'new', second: 'new', data: ['new'] },
      7,
    ]);
    const files = ['data.json', 'deep.ts', 'first.ts', 'second.cjs', 'third.cjs'];
    expect(imported.map(({ told }) => told)).toEqual([files, files, files, []]);
  });

  it('tells of what is imported, but for packages, and of what is not there', () => {
    const imported = importAfter(
      {
        [name]: "import 'left-pad'; import './here.ts'; export default 1;",
        'here.ts': "import 'node:fs'; import './missing.ts';",
        'node_modules/left-pad/package.json': { name: 'left-pad', main: 'index.js' },
        'node_modules/left-pad/index.js': "require('./inside.js')",
        'node_modules/left-pad/inside.js': '',
      },
      { 'missing.ts': '' },
    );
    const told = ['here.ts', 'missing.ts'];
    expect(imported).toEqual([
      { value: 'CATA_CONFIG_FAILED', told },
      { value: 1, told },
    ]);
  });

  it('mended after a syntax error is what it is then', () => {
    const imported = importAfter({ [name]: 'export default {' }, { [name]: 'export default {};' });
    expect(imported.map(({ value }) => value)).toEqual(['CATA_CONFIG_FAILED', {}]);
  });
});
