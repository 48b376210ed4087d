import { chmodSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ImageConfig, IndexManifest } from '@catamaran/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BuildDocument } from '../packages/cli/src/build/build-document.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { buildBookstore } from './support/build-bookstore.ts';
import { command } from './support/command.ts';
import { copyRepository } from './support/copy-repository.ts';
import { installNode } from './support/install-node.ts';
import { runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { walk } from './support/walk.ts';

/** A person's own npm configuration, which may name the only registry that can be reached. */
const npmConfig = { npm_config_userconfig: join(homedir(), '.npmrc') };

const tools = await requireTools('skopeo', 'tar');

describe('the same source', { timeout: 180_000 }, () => {
  const folder = temporaryFolder();
  const here = { XDG_CACHE_HOME: join(folder, 'cache') };
  let built: BuildDocument;
  beforeAll(async () => {
    built = await buildBookstore({ cwd: folder, env: here });
  }, 180_000);

  it('gives the same digest in another folder, for another user, by Node.js 26, with nothing cached', async () => {
    const copy = join(folder, 'somewhere', 'quite', 'else');
    await copyRepository(copy);
    const project = join(copy, 'samples', 'bookstore');
    // Only the owner's, and executable: what a checkout on another file system may look like.
    for (const { path } of walk(project)) chmodSync(join(project, path), 0o700);
    const node = await installNode('26.10.0', join(folder, 'node'));
    const env = {
      ...npmConfig,
      ...{
        XDG_CACHE_HOME: join(copy, 'cache'),
        HOME: join(copy, 'home'),
        USER: 'someone',
        HOSTNAME: 'elsewhere',
      },
      // Turkish has its own idea of upper case, Nepal a quarter of an hour.
      ...{ TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
      // One at a time: what is done side by side ends in another order.
      UV_THREADPOOL_SIZE: '1',
    };
    const again = await buildBookstore({ cwd: project, repository: copy, node, env, umask: 0o077 });
    expect(again.digest).toBe(built.digest);
    expect(again.platforms).toEqual(built.platforms);
  });

  it('gives the same digest once more from the cache', async () => {
    expect((await buildBookstore({ cwd: folder, env: here })).digest).toBe(built.digest);
  });

  describe('with SOURCE_DATE_EPOCH', () => {
    // 2023-11-14T22:13:20Z
    const epoch = '1700000000';

    it.skipIf(!tools)('is of that time, in its words and its files', async () => {
      const dated = await buildBookstore({ cwd: folder, env: { ...here, SOURCE_DATE_EPOCH: epoch } });
      expect(dated.digest).not.toBe(built.digest);

      const layout = join(folder, '.catamaran', 'layout');
      const inspect = async <T>(what: string) =>
        JSON.parse(
          await command('skopeo', 'inspect', what, '--override-arch=amd64', `oci:${layout}:bookstore`),
        ) as T;
      const created = '2023-11-14T22:13:20.000Z';
      const { annotations } = await inspect<IndexManifest>('--raw');
      expect(annotations).toMatchObject({ 'org.opencontainers.image.created': created });
      const config = await inspect<ImageConfig>('--config');
      expect(Date.parse(config.created ?? '')).toBe(Date.parse(created));

      const application = dated.platforms[0]?.layers.at(-1)?.digest.replace('sha256:', '') ?? '';
      const blob = join(layout, 'blobs', 'sha256', application);
      const files = await command('tar', '--utc', '--full-time', '-tvzf', blob);
      expect(files).toContain('main.mjs');
      for (const line of files.trim().split('\n')) expect(line).toContain(' 2023-11-14 22:13:20 ');
    });

    it.each(['yesterday', '-1', '1.5', '2023-11-14'])('refuses "%s"', async (text) => {
      const args = ['build', join(import.meta.dirname, '..', 'samples', 'bookstore')];
      const result = await runCatamaran(args, { cwd: folder, env: { ...here, SOURCE_DATE_EPOCH: text } });
      expect(result).toMatchObject({ exitCode: 2, stdout: '' });
      expect(result.stderr).toContain('CATA_SOURCE_DATE_EPOCH_INVALID');
      expect(result.stderr).toContain(`"${text}"`);
    });
  });
});
