import { directory, file, symlink, type TarEntry, type TarFile } from '@catamaran/oci';

/** The user that services run as; the number that distroless images use. */
export const nonroot = { name: 'nonroot', id: 65532 } as const;

/** What the packages' scripts would have made, and no package ships. */
export function systemFiles(root: ReadonlyMap<string, TarEntry>): TarEntry[] {
  const merged = [
    'bin',
    'sbin',
    'lib',
    ...([...root.keys()].some((path) => path.startsWith('usr/lib64/')) ? ['lib64'] : []),
  ];
  return [
    ...merged.map((name) => symlink(name, `usr/${name}`)),
    ...['usr/bin', 'usr/sbin', 'usr/lib', 'dev', 'proc', 'sys', 'run'].map((path) => directory(path)),
    { ...directory('tmp', 0o1777) },
    { ...directory('var/tmp', 0o1777) },
    { ...directory('root', 0o700) },
    { ...directory(`home/${nonroot.name}`, 0o700), uid: nonroot.id, gid: nonroot.id },
    file('etc/passwd', passwd),
    file('etc/group', group),
    file('etc/nsswitch.conf', nsswitch),
    ...caBundle(root),
  ];
}

const passwd = `root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
${nonroot.name}:x:${nonroot.id}:${nonroot.id}:${nonroot.name}:/home/${nonroot.name}:/sbin/nologin
`;

const group = `root:x:0:
nogroup:x:65534:
${nonroot.name}:x:${nonroot.id}:
`;

/** Names are looked up in files first, then in DNS: what glibc needs to be told, nsswitch.conf(5). */
const nsswitch = `passwd: files
group: files
shadow: files
hosts: files dns
networks: files
protocols: files
services: files
`;

/** One file of all certificates, as `update-ca-certificates` makes it. */
function caBundle(root: ReadonlyMap<string, TarEntry>): TarEntry[] {
  const certificates = [...root.values()]
    .filter(
      (entry): entry is TarFile =>
        entry.type === 'file' && /^usr\/share\/ca-certificates\/.*\.crt$/.test(entry.path),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  if (certificates.length === 0) return [];
  return [
    file('etc/ssl/certs/ca-certificates.crt', Buffer.concat(certificates.map((entry) => entry.content))),
  ];
}
