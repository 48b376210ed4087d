import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryFolder } from './repository.ts';

/** A project in a temporary folder; disposing removes it. */
export interface FixtureProject extends AsyncDisposable {
  readonly folder: string;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
}

const packageJson = { name: 'fixture', version: '1.0.0', type: 'module' };

/** The smallest project that builds: no dependencies, types checked by the repository's TypeScript. */
const files: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify(packageJson),
  'package-lock.json': JSON.stringify({ ...packageJson, lockfileVersion: 3, packages: { '': packageJson } }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2024',
      module: 'nodenext',
      strict: true,
      skipLibCheck: true,
      types: ['node'],
    },
    include: ['src'],
  }),
  'catamaran.config.ts': config(''),
  'src/main.ts': "console.log('started');\n",
  'load.yml':
    "config:\n  phases:\n    - duration: 1\n      arrivalRate: 5\nscenarios:\n  - flow:\n      - get: '/'\n",
};

/** The text of a configuration with some more lines. */
export function config(more: string): string {
  return `export default { name: 'fixture', app: { entry: 'src/main.ts' }, port: 3000,\n${more}\n};\n`;
}

export async function fixtureProject(): Promise<FixtureProject> {
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-fixture-'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) await write(path, text);
  await symlink(join(repositoryFolder, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    write,
    remove: (path) => rm(join(folder, path)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
