import type { z } from 'zod';
import { reportErrors } from '../errors.ts';
import { type RunRecord, runRecordSchema, schemaVersion } from './run-record.ts';

/**
 * Reads a record back from the text of the file at `path`. Fields that this version does not know are left out.
 * @throws CATA_RECORD_NOT_JSON, CATA_RECORD_VERSION_UNKNOWN, CATA_RECORD_INVALID
 */
export function parseRunRecord(text: string, path: string): RunRecord {
  const json = parseJson(text, path);
  const version = valueAt(json, ['schemaVersion']);
  if (version !== schemaVersion) {
    throw reportErrors.CATA_RECORD_VERSION_UNKNOWN({ path, version: quote(version), known: schemaVersion });
  }
  const result = runRecordSchema.safeParse(json);
  if (result.success) return result.data;
  const [first, ...others] = result.error.issues;
  throw reportErrors.CATA_RECORD_INVALID({
    path,
    field: formatPath(first?.path ?? []),
    reason: describe(first),
    value: quote(valueAt(json, first?.path ?? [])),
    others: others.length === 0 ? '' : ` (${others.length} more at fault)`,
  });
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw reportErrors.CATA_RECORD_NOT_JSON({ path, reason: (cause as Error).message }, { cause });
  }
}

/** `targets[1].limits.vcpu`, as one would write it in JavaScript. */
function formatPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text.replace(/^\./, '') || 'its top level';
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  const message = issue?.message ?? 'not understood';
  return message.replace(/^Invalid input: /, '');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (parent, key) => (parent as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
}

/** The value as it stands in the file, short enough for a sentence. */
function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
