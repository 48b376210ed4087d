import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const program = `
import { createContext } from './src/context/context.ts';
import { ecrCredentials } from './src/registry/ecr/ecr-credentials.ts';

const source = ecrCredentials({ variables: {}, homeFolder: '/' });
const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const anonymous = await source.find('docker.io', 'library/debian', createContext());
const error = await source.find(registry, 'bookstore', createContext()).catch((thrown) => thrown);
console.log(JSON.stringify({ known: anonymous !== undefined, code: error.code, hint: error.hint }));
`;

it('is needed only for ECR, and asked for by name where it is not installed', () => {
  // A copy of the source where no node_modules is above.
  const folder = temporaryFolder();
  const source = join(import.meta.dirname, '..', '..');
  cpSync(source, join(folder, 'src'), { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(JSON.parse(output)).toEqual({
    known: false,
    code: 'CATA_AWS_CLIENT_MISSING',
    hint: expect.stringContaining('npm install @aws-sdk/client-ecr'),
  });
});
