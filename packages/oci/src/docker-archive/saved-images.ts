import type { ArchiveFile } from '../archive/archive-file.ts';
import { archiveInvalid } from '../archive/open-file.ts';
import { type Digest, parseDigest } from '../model/digest.ts';
import { requireObject } from '../model/parse-descriptor.ts';
import { parseReference } from '../model/reference.ts';
import { familiarName } from './familiar-name.ts';

/** One entry of `manifest.json`, as `docker save` writes it (https://github.com/moby/docker-image-spec, "Combined Image JSON + Filesystem Changeset Format"). */
export interface SavedImage {
  /** Paths in the archive. */
  readonly config: string;
  readonly layers: readonly string[];
  readonly names: readonly string[];
}

/** @throws CATA_ARCHIVE_INVALID */
export async function readSavedImages(archive: ArchiveFile): Promise<readonly SavedImage[]> {
  const { value } = await archive.readJson('manifest.json');
  try {
    if (!Array.isArray(value)) throw new Error('manifest.json is no list');
    return value.map((entry, at) => parseSavedImage(entry, `manifest.json[${at}]`));
  } catch (cause) {
    throw archiveInvalid(archive.path, cause);
  }
}

/** What Docker calls the image's ID, as far as the configuration's file is named by it, which every tool does. */
export function imageId({ config }: SavedImage): Digest | undefined {
  const hex = /(?:^|[/:])([0-9a-f]{64})(?:\.json)?$/.exec(config)?.[1];
  return hex === undefined ? undefined : parseDigest(`sha256:${hex}`);
}

function parseSavedImage(entry: unknown, name: string): SavedImage {
  const fields = requireObject(entry, name);
  const config = field(fields, 'Config');
  const tags = field(fields, 'RepoTags');
  const layers = field(fields, 'Layers');
  if (typeof config !== 'string') throw new Error(`${name}.Config is no text`);
  return {
    config,
    // Written by Go: an empty list may be null.
    layers: texts(layers ?? [], `${name}.Layers`),
    names: texts(tags ?? [], `${name}.RepoTags`).map(familiar),
  };
}

/** Docker reads names of fields in any case, as Go does, and containerify writes them in another. */
function field(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name in fields) return fields[name];
  const found = Object.keys(fields).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : fields[found];
}

function texts(value: unknown, name: string): string[] {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new Error(`${name} is no list of texts`);
  }
  return value;
}

/** A name that no image could have is shown as it is, and found by nobody. */
function familiar(text: string): string {
  try {
    return familiarName(parseReference(text));
  } catch {
    return text;
  }
}
