import { directory, file, symlink, type TarEntry, type TarFile } from '@catamaran/oci';

/** The user that services run as. */
export interface DebianUser {
  readonly name: string;
  /** Of the user and of its group. */
  readonly id: number;
}

/** What the packages' scripts would have made, and no package ships. */
export function systemFiles(
  root: ReadonlyMap<string, TarEntry>,
  user: DebianUser,
  zone: string | undefined,
): TarEntry[] {
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
    ...userFiles(user),
    file('etc/nsswitch.conf', nsswitch),
    ...caBundle(root),
    ...(zone === undefined ? [] : zoneFiles(zone)),
  ];
}

const wellKnown: readonly DebianUser[] = [
  { name: 'root', id: 0 },
  { name: 'nobody', id: 65534 },
];

function userFiles({ name, id }: DebianUser): TarEntry[] {
  const isKnown = wellKnown.some((known) => known.id === id);
  const own = (line: string) => (isKnown ? '' : `${line}\n`);
  return [
    ...(isKnown ? [] : [{ ...directory(`home/${name}`, 0o700), uid: id, gid: id }]),
    file('etc/passwd', passwd + own(`${name}:x:${id}:${id}:${name}:/home/${name}:/sbin/nologin`)),
    file('etc/group', group + own(`${name}:x:${id}:`)),
  ];
}

const passwd = `root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
`;

const group = `root:x:0:
nogroup:x:65534:
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

/** As tzdata's own script leaves it. */
function zoneFiles(zone: string): TarEntry[] {
  return [symlink('etc/localtime', `/usr/share/zoneinfo/${zone}`), file('etc/timezone', `${zone}\n`)];
}

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
