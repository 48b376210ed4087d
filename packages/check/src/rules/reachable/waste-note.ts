import type { Finding } from '../finding.ts';
import type { CheckedImage } from '../rule.ts';

/** What a package has for other platforms, in one line. */
export function wasteNote(
  folder: string,
  files: readonly { readonly path: string; readonly findings: readonly Finding[] }[],
  image: CheckedImage,
): Finding {
  const wastedBytes = files.reduce((sum, { path }) => sum + (image.resolve(path)?.sizeBytes ?? 0), 0);
  const [first] = files[0]?.findings ?? [];
  const count = files.length === 1 ? 'a file' : `${files.length} files`;
  const message = `has ${count} for other platforms, which nothing loads here`;
  return { rule: first?.rule ?? 'machine', level: 'note', path: `/${folder}`, message, wastedBytes };
}
