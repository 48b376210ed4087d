import { expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import { npmScriptEnvFrom } from './npm-options.ts';

it('gives install scripts what npm gives them: the environment, and .npmrc with the keys it does not know', async () => {
  const folder = writeFiles(temporaryFolder(), {
    'package.json': {},
    '.npmrc': 'addon_binary_host=http://mirror.test\nfetch-retries=1\n//mirror.test/:_authToken=secret\n',
  });
  const env = await npmScriptEnvFrom(folder, { HOME: folder, npm_config_cpu: 'arm64', OTHER: '1' })();
  expect(env).toMatchObject({
    OTHER: '1',
    npm_config_cpu: 'arm64',
    npm_config_addon_binary_host: 'http://mirror.test',
    npm_config_fetch_retries: '1',
  });
  expect(JSON.stringify(env)).not.toContain('secret');
});
