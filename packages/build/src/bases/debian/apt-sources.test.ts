import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { writeFiles } from '../../../testing/write-files.ts';
import { readAptSources } from './apt-sources.ts';

const sourcesOf = (files: Readonly<Record<string, string>>) =>
  readAptSources(writeFiles(temporaryFolder(), files));
const signedBy = ['/usr/share/keyrings/a.gpg'];

describe('readAptSources', () => {
  it('reads deb822, every address of every paragraph', async () => {
    const text = `# Debian
Types: deb deb-src
URIs: http://one.test/debian/ http://two.test/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/a.gpg

Types: deb
URIs: http://security.test/debian-security
Suites: bookworm-security
Components: main
Signed-By:
 /usr/share/keyrings/a.gpg
 /usr/share/keyrings/b.gpg
`;
    const [suites, components] = [
      ['bookworm', 'bookworm-updates'],
      ['main', 'contrib'],
    ];
    expect(await sourcesOf({ 'sources.list.d/debian.sources': text })).toEqual([
      { uri: 'http://one.test/debian', suites, components, signedBy },
      { uri: 'http://two.test/debian', suites, components, signedBy },
      {
        uri: 'http://security.test/debian-security',
        suites: ['bookworm-security'],
        components: ['main'],
        signedBy: [...signedBy, '/usr/share/keyrings/b.gpg'],
      },
    ]);
  });

  it('reads one line after the other', async () => {
    const text = `# deb http://off.test/debian bookworm main
deb-src http://src.test/debian bookworm main
deb http://one.test/debian/ bookworm main contrib # why
deb [ arch=amd64,arm64 signed-by=/usr/share/keyrings/a.gpg ] http://two.test/debian bookworm-updates main
deb [signed-by=/usr/share/keyrings/a.gpg,/b.gpg]\thttp://three.test/debian\tbookworm\tmain

`;
    const sources = await sourcesOf({ 'sources.list': text, 'trusted.gpg.d/x.gpg': '' });
    expect(sources.map(({ uri, suites, components }) => [uri, ...suites, ...components])).toEqual([
      ['http://one.test/debian', 'bookworm', 'main', 'contrib'],
      ['http://two.test/debian', 'bookworm-updates', 'main'],
      ['http://three.test/debian', 'bookworm', 'main'],
    ]);
    expect(sources.slice(1).map((source) => source.signedBy)).toEqual([signedBy, [...signedBy, '/b.gpg']]);
  });

  it('takes a key that stands in the file', async () => {
    const text = `Types: deb
URIs: http://one.test/debian
Suites: bookworm
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc=
 -----END PGP PUBLIC KEY BLOCK-----
`;
    const [source] = await sourcesOf({ 'sources.list.d/a.sources': text });
    expect(source?.signedBy).toEqual([
      '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc=\n-----END PGP PUBLIC KEY BLOCK-----',
    ]);
  });

  it.each(['no', 'No', 'false', 'off', '0'])('leaves out what is disabled with "%s"', async (enabled) => {
    const text = (value: string) =>
      `Enabled: ${value}\nTypes: deb\nURIs: http://a.test\nSuites: s\nComponents: main\n`;
    expect(await sourcesOf({ 'sources.list.d/a.sources': text(enabled) })).toEqual([]);
    expect(await sourcesOf({ 'sources.list.d/a.sources': text('yes') })).toHaveLength(1);
  });

  it('lets the trusted keyrings sign what names none', async () => {
    const folder = writeFiles(temporaryFolder(), {
      'sources.list': 'deb http://one.test/debian bookworm main',
      'trusted.gpg.d/b.asc': '',
      'trusted.gpg.d/a.gpg': '',
      'trusted.gpg.d/README': '',
    });
    const [source] = await readAptSources(folder);
    expect(source?.signedBy).toEqual(['a.gpg', 'b.asc'].map((name) => join(folder, 'trusted.gpg.d', name)));
  });

  it('reads nothing else, and nothing where there is no apt', async () => {
    const line = 'deb http://one.test/debian bookworm main';
    expect(await sourcesOf({ 'sources.list.d/a.list.save': line, 'sources.list.d/README': line })).toEqual(
      [],
    );
    expect(await readAptSources(join(temporaryFolder(), 'nowhere'))).toEqual([]);
  });
});
