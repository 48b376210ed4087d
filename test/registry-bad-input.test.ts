import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { imageInPlaces } from './support/image-in-places.ts';

const tools = await requireTools('docker-registry');

describe.skipIf(!tools)('commands for registries and bad input', { timeout: 60_000 }, () => {
  const there = imageInPlaces();
  describe('bad input', () => {
    interface Case {
      readonly args: readonly string[];
      readonly code: string;
      readonly exitCode: number;
      /** What of the input the error quotes, or what it says to do. */
      readonly says: string;
    }
    const zeros = `sha256:${'0'.repeat(64)}`;
    const cases: readonly Case[] = [
      { args: ['inspect', 'App'], code: 'CATA_LOCATION_INVALID', exitCode: 2, says: '"App"' },
      { args: ['inspect', './app'], code: 'CATA_LOCATION_INVALID', exitCode: 2, says: '"./app"' },
      { args: ['inspect', 'http://r.io/a'], code: 'CATA_LOCATION_INVALID', exitCode: 2, says: 'r.io/a' },
      { args: ['inspect', 'r.io/a@sha256:12'], code: 'CATA_DIGEST_INVALID', exitCode: 2, says: 'sha256:12' },
      {
        args: ['inspect', 'alpine'],
        code: 'CATA_IMAGE_NOT_FOUND',
        exitCode: 2,
        says: 'docker.io/library/alpine',
      },
      {
        args: ['inspect', 'app.txt'],
        code: 'CATA_IMAGE_NOT_FOUND',
        exitCode: 2,
        says: 'docker-archive:app.txt or oci-archive:app.txt',
      },
      {
        args: ['push', 'team/bookstore:1'],
        code: 'CATA_PROJECT_MISSING',
        exitCode: 2,
        says: 'registry.example.com/team/bookstore:1',
      },
      {
        args: ['check', 'you/app:1', '--layout', 'nowhere'],
        code: 'CATA_LAYOUT_MISSING',
        exitCode: 2,
        says: 'docker.io/you/app:1',
      },
      { args: ['inspect', 'oci:nowhere'], code: 'CATA_LAYOUT_MISSING', exitCode: 2, says: '"nowhere"' },
      {
        args: ['inspect', 'oci-archive:nowhere.tar'],
        code: 'CATA_ARCHIVE_MISSING',
        exitCode: 2,
        says: '"nowhere.tar"',
      },
      {
        args: ['inspect', 'app', '-p', 'linux/mips'],
        code: 'CATA_PLATFORM_NOT_IN_INDEX',
        exitCode: 2,
        says: 'linux/mips',
      },
      {
        args: ['inspect', 'app', '-p', 'arm64'],
        code: 'CATA_PLATFORM_INVALID',
        exitCode: 2,
        says: '"arm64"',
      },
      {
        args: ['inspect', 'app', '--config'],
        code: 'CATA_PLATFORM_NEEDED',
        exitCode: 2,
        says: 'linux/amd64, linux/arm64, linux/s390x',
      },
      { args: ['inspect', 'app', '--raw', '--config'], code: 'CATA_USAGE', exitCode: 2, says: '--raw' },
      {
        args: ['inspect', '127.0.0.1:1/app'],
        code: 'CATA_REGISTRY_UNREACHABLE',
        exitCode: 3,
        says: '127.0.0.1:1',
      },
      {
        args: ['copy', 'app', 'docker-archive:x.tar'],
        code: 'CATA_ARCHIVE_ONE_PLATFORM',
        exitCode: 2,
        says: '--platform',
      },
      {
        args: ['copy', 'app', `oci:x@${zeros}`],
        code: 'CATA_LOCATION_INVALID',
        exitCode: 2,
        says: 'oci:x@sha256',
      },
      {
        args: ['copy', 'app', 'oci:app.txt:app'],
        code: 'CATA_LAYOUT_NOT_WRITABLE',
        exitCode: 4,
        says: '"app.txt"',
      },
      { args: ['pull', 'app'], code: 'CATA_REGISTRY_EXPECTED', exitCode: 2, says: '"app"' },
      {
        args: ['pull', 'r.io/app', 'r.io/mine'],
        code: 'CATA_LOCATION_INVALID',
        exitCode: 2,
        says: 'r.io/mine',
      },
      { args: ['tags', 'app'], code: 'CATA_REGISTRY_EXPECTED', exitCode: 2, says: 'docker.io/library/app' },
      { args: ['tags', 'r.io/app:1'], code: 'CATA_REPOSITORY_EXPECTED', exitCode: 2, says: 'tags r.io/app' },
      { args: ['delete', 'app:1'], code: 'CATA_REGISTRY_EXPECTED', exitCode: 2, says: '"app:1"' },
      { args: ['delete', 'oci:folder:app'], code: 'CATA_REGISTRY_EXPECTED', exitCode: 2, says: 'oci:folder' },
      {
        args: ['delete', 'r.io/app'],
        code: 'CATA_DELETE_UNNAMED',
        exitCode: 2,
        says: 'neither tag nor digest',
      },
      {
        args: ['delete', `r.io/app:1@${zeros}`],
        code: 'CATA_DELETE_UNNAMED',
        exitCode: 2,
        says: 'a tag and a digest',
      },
      {
        args: ['check', 'app', '-p', 'linux/s390x'],
        code: 'CATA_PLATFORM_INVALID',
        exitCode: 2,
        says: 'linux/s390x',
      },
      { args: ['digest', 'app', '--ca', 'no.pem'], code: 'CATA_CA_UNREADABLE', exitCode: 2, says: 'no.pem' },
      { args: ['digest', 'app', '--ca', 'app.txt'], code: 'CATA_CA_INVALID', exitCode: 2, says: 'app.txt' },
      { args: ['digest', 'app', '--ca', 'bad.pem'], code: 'CATA_CA_INVALID', exitCode: 2, says: 'bad.pem' },
      {
        args: ['digest', 'app', '--plain-http', 'http://r.io'],
        code: 'CATA_USAGE',
        exitCode: 2,
        says: '"http://r.io"',
      },
    ];

    beforeAll(() => {
      writeFileSync(join(there.folder, 'app.txt'), 'text\n');
      writeFileSync(
        join(there.folder, 'bad.pem'),
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      );
    });

    it.each(cases)('$args: $code', async ({ args, code, exitCode, says }) => {
      const result = await there.run(...args);
      expect(result.stderr).toContain(`error ${code}\n`);
      expect(result.stderr).toContain(says);
      expect(result.stderr).not.toMatch(/^\s+at .*\.ts:/m);
      expect(result.stdout).toBe('');
      expect(result.exitCode).toBe(exitCode);
    });

    it('a registry without "latest" says that it was meant', async () => {
      const { stderr } = await there.run('inspect', there.app.replace(/:1$/, ''));
      expect(stderr).toContain('Without a tag, "latest" is meant.');
      expect((await there.run('inspect', `${there.app}0`)).stderr).not.toContain('Without a tag');
    });

    it('with --json is one document on stdout', async () => {
      const { stdout, exitCode } = await there.run('inspect', 'alpine', '--json');
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CATA_IMAGE_NOT_FOUND', fault: 'user' } });
      expect(exitCode).toBe(2);
    });

    it('leaves nothing behind', () => {
      for (const name of ['x', 'x.tar', 'nowhere']) expect(existsSync(join(there.folder, name))).toBe(false);
    });
  });
});
