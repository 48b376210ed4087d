import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { directory, endOfTar, file, type TarEntry, writeTarEntries } from '@catamaran/oci';
import { createCleartextMessage, generateKey, type PrivateKey, sign } from 'openpgp';
import { startServer } from './start-server.ts';

/** When the archives here are signed, and a moment at which they are a month old. */
const signedAt = new Date('2025-12-01T00:00:00Z');
export const nowMs = Date.parse('2026-01-01T00:00:00Z');

export interface SigningKey {
  readonly privateKey: PrivateKey;
  readonly armoredPublicKey: string;
}

/** A key for one run of the tests. */
export async function throwAwayKey(name: string): Promise<SigningKey> {
  const userIDs = [{ name, email: 'archive@example.test' }];
  const date = new Date('2025-01-01T00:00:00Z');
  const { privateKey, publicKey } = await generateKey({
    type: 'curve25519',
    userIDs,
    date,
    format: 'object',
  });
  return { privateKey, armoredPublicKey: publicKey.armor() };
}

async function clearSign(text: string, key: SigningKey): Promise<string> {
  const message = await createCleartextMessage({ text });
  return sign({ message, signingKeys: key.privateKey, date: signedAt });
}

export interface TestPackage {
  readonly name: string;
  readonly version: string;
  readonly depends?: string;
  readonly content: string;
}

/** A .deb of one program, as dpkg-deb would make it. */
function debOf({ name, version, content }: TestPackage, architecture: string): Uint8Array {
  const control = `Package: ${name}\nVersion: ${version}\nArchitecture: ${architecture}\n`;
  const data = [directory('usr'), directory('usr/bin'), file(`usr/bin/${name}`, content, 0o755)];
  const members: [string, Uint8Array][] = [
    ['debian-binary', Buffer.from('2.0\n')],
    ['control.tar.gz', tarGz([file('control', control)])],
    ['data.tar.gz', tarGz(data)],
  ];
  const parts = members.flatMap(([member, bytes]) => [
    Buffer.from(`${member.padEnd(16)}0           0     0     100644  ${String(bytes.length).padEnd(10)}\`\n`),
    bytes,
    Buffer.alloc(bytes.length % 2, '\n'),
  ]);
  return Buffer.concat([Buffer.from('!<arch>\n'), ...parts]);
}

export interface TestArchive {
  readonly packages: readonly TestPackage[];
  readonly key: SigningKey;
  /** More fields of the Release file. */
  readonly release?: string;
  readonly compression?: { readonly ending: string; compress(bytes: Uint8Array): Uint8Array };
  /** Damages the signed file, as somebody between might. */
  tamper?(inRelease: string): string;
}

/** All files of a small archive with one suite, "bookworm", by their paths below the mirror's address. */
async function archiveFiles(archive: TestArchive): Promise<Map<string, Uint8Array>> {
  const { ending, compress } = archive.compression ?? { ending: '.gz', compress: (bytes) => gzipSync(bytes) };
  const files = new Map<string, Uint8Array>();
  const hashes: string[] = [];
  for (const architecture of ['amd64', 'arm64']) {
    const paragraphs = archive.packages.map((one) => {
      const deb = debOf(one, architecture);
      const path = `pool/main/${one.name}_${one.version}_${architecture}.deb`;
      files.set(path, deb);
      const depends = one.depends ? `Depends: ${one.depends}\n` : '';
      return `Package: ${one.name}\nVersion: ${one.version}\nArchitecture: ${architecture}\n${depends}Filename: ${path}\nSize: ${deb.length}\nSHA256: ${sha256(deb)}\n`;
    });
    const list = compress(Buffer.from(paragraphs.join('\n')));
    const path = `main/binary-${architecture}/Packages${ending}`;
    files.set(`dists/bookworm/${path}`, list);
    files.set(`dists/bookworm/main/binary-${architecture}/by-hash/SHA256/${sha256(list)}`, list);
    hashes.push(` ${sha256(list)} ${String(list.length).padStart(8)} ${path}`);
  }
  const release = `Suite: oldstable\nCodename: bookworm\n${archive.release ?? ''}SHA256:\n${hashes.join('\n')}\n`;
  const signed = await clearSign(release, archive.key);
  files.set('dists/bookworm/InRelease', Buffer.from(archive.tamper?.(signed) ?? signed));
  return files;
}

/** Serves an archive on loopback. `files` and `answers` may be changed while it runs. */
export async function startArchive(archive: TestArchive) {
  const files = await archiveFiles(archive);
  /** Answers in place of a file, by path. */
  const answers = new Map<string, RequestListener>();
  const requests: string[] = [];
  const server = await startServer((request, response) => {
    const path = request.url?.replace(/^\/debian\//, '') ?? '';
    requests.push(path);
    const bytes = files.get(path);
    const answer = answers.get(path);
    if (answer) answer(request, response);
    else if (bytes) response.end(bytes);
    else response.writeHead(404).end();
  });
  const uri = `${server.url}/debian`;
  const source = {
    uri,
    suites: ['bookworm'],
    components: ['main'],
    signedBy: [archive.key.armoredPublicKey],
  };
  return { ...server, uri, source, files, answers, requests };
}

function tarGz(entries: readonly TarEntry[]): Uint8Array {
  return gzipSync(Buffer.concat([...writeTarEntries(entries, 0), endOfTar]));
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
