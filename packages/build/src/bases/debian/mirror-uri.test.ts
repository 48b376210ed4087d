import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mirrorUri } from './mirror-uri.ts';

it.each([
  ['http://mirror.example/debian/', 'http://mirror.example/debian'],
  ['https://mirror.example/debian', 'https://mirror.example/debian'],
  ['cdrom:[Debian 12]', undefined],
  ['file:/srv/mirror', undefined],
  ['mirror+file:///no/such/list', undefined],
])('%s is fetched from %s', async (uri, expected) => {
  expect(await mirrorUri(uri)).toBe(expected);
});

it('a list of mirrors stands for its first one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-mirrors-'));
  try {
    const path = join(folder, 'debian.list');
    await writeFile(
      path,
      '# preferred first\nhttps://one.example/debian\tpriority:1\nhttps://two.example/debian\n',
    );
    expect(await mirrorUri(`mirror+file://${path}`)).toBe('https://one.example/debian');
    expect(await mirrorUri(`mirror+file:${path}`)).toBe('https://one.example/debian');
  } finally {
    await rm(folder, { recursive: true });
  }
});
