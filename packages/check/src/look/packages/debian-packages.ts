import type { Package } from './package-file.ts';

/**
 * The installed packages of dpkg's status file, or of one of the files in `status.d`, which have no Status. Of one that
 * is there for several architectures, each is one of its own: "libc6:i386".
 * https://manpages.debian.org/dpkg-query, dpkg(1) "status"
 */
export function debianPackages(text: string): readonly Package[] {
  const found = text.split(/\n[ \t]*\n+/).flatMap((paragraph) => {
    const { package: name, version, status, architecture = '' } = fieldsOf(paragraph);
    if (!name || !version) return [];
    const isInstalled = status === undefined || status.split(' ').at(-1) === 'installed';
    return isInstalled ? [{ name, version, architecture }] : [];
  });
  const counts = Map.groupBy(found, ({ name }) => name);
  return found.map(({ name, version, architecture }) => ({
    name: (counts.get(name)?.length ?? 0) > 1 ? `${name}:${architecture}` : name,
    version,
  }));
}

type Field = 'package' | 'version' | 'status' | 'architecture';

function fieldsOf(paragraph: string): Partial<Record<Field, string>> {
  const fields: Partial<Record<Field, string>> = {};
  for (const [, name = '', value = ''] of paragraph.matchAll(
    /^(Package|Version|Status|Architecture):(.*)$/gim,
  )) {
    fields[name.toLowerCase() as Field] = value.trim();
  }
  return fields;
}
