import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unchangedSummary } from '../build/unchanged-summary.ts';
import { hideTypelessWarning } from '../process/hide-typeless-warning.ts';
import { writeOut } from '../process/write-out.ts';
import { version } from '../version.ts';
import { type BuildRecord, digestOf, recordPath } from './build-record.ts';
import { fileSignature, folderSignature } from './signature.ts';

// Nothing is imported here that a build needs: all of it takes longer than to see that there is nothing to build.

/**
 * Says again what the same command said, when all that it read and wrote is as it was.
 * @param words of the command line, after the program's name
 * @returns whether it was so; else the build has to be made
 */
export async function repeatBuild(words: readonly string[]): Promise<boolean> {
  const record = readRecord(words);
  last = record;
  if (!record || !isAsItWas(record) || !(await isConfigured(record))) return false;
  const { document } = record;
  // Since the process began: a person waits for that, too.
  const durationMs = Math.round(performance.now());
  if (!record.quiet) writeOut(process.stderr, unchangedSummary({ ...document, durationMs }));
  const text = record.json
    ? `${JSON.stringify({ ...document, durationMs }, undefined, 2)}\n`
    : `${document.digest}\n`;
  writeOut(process.stdout, text);
  return true;
}

/** Milliseconds since 1970: whatever a build reads, it reads later. */
export const nothingReadBeforeMs = performance.timeOrigin + performance.now();

let last: BuildRecord | undefined;

/** What the same command did the last time, if this program would still do it the same way. */
export function lastBuild(): BuildRecord | undefined {
  return last && hasOwnSources(last) ? last : undefined;
}

function hasOwnSources({ sources }: BuildRecord): boolean {
  return sources.every(([path, signature]) => fileSignature(path) === signature);
}

function readRecord(words: readonly string[]): BuildRecord | undefined {
  try {
    const path = recordPath(words, process.cwd(), version, process.env);
    return JSON.parse(readFileSync(path, 'utf8')) as BuildRecord;
  } catch {
    return undefined;
  }
}

function isAsItWas(record: BuildRecord): boolean {
  return (
    (record.holdsUntilMs === undefined || Date.now() < record.holdsUntilMs) &&
    hasOwnSources(record) &&
    record.files.every(([path, signature]) => fileSignature(path) === signature) &&
    record.folders.every(([path, signature]) => folderSignature(path) === signature) &&
    isStored(record)
  );
}

/** The layout still has the image, whole, and under its name. */
function isStored({ layout, document }: BuildRecord): boolean {
  try {
    const index = JSON.parse(readFileSync(join(layout.folder, 'index.json'), 'utf8')) as {
      readonly manifests: readonly {
        readonly digest: string;
        readonly annotations?: Record<string, string>;
      }[];
    };
    const named = index.manifests.find(
      ({ annotations }) => annotations?.['org.opencontainers.image.ref.name'] === layout.refName,
    );
    return (
      named?.digest === document.digest &&
      layout.blobs.every(
        ([name, sizeBytes]) => statSync(join(layout.folder, 'blobs', 'sha256', name)).size === sizeBytes,
      )
    );
  } catch {
    return false;
  }
}

async function isConfigured({ configPath, configDigest }: BuildRecord): Promise<boolean> {
  hideTypelessWarning();
  try {
    const module = (await import(pathToFileURL(configPath).href)) as { readonly default?: unknown };
    return digestOf(module.default) === configDigest;
  } catch {
    return false;
  }
}
