import { CatamaranError } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { jsonReporter } from '../json/json-reporter.ts';
import { bookstoreRecord, nativeTarget } from '../testing/bookstore-record.ts';
import { parseRunRecord } from './parse-run-record.ts';
import { runRecordJsonSchema } from './run-record-json-schema.ts';

const path = 'run.json';

/** The record of the bookstore with one field replaced, as the text of a file. */
function textWith(field: readonly (string | number)[], value: unknown): string {
  const record = JSON.parse(JSON.stringify(bookstoreRecord()));
  const parent = field.slice(0, -1).reduce((node, key) => node[key], record);
  parent[field.at(-1) ?? ''] = value;
  return JSON.stringify(record);
}

function errorOf(text: string): CatamaranError {
  try {
    parseRunRecord(text, path);
  } catch (error) {
    if (error instanceof CatamaranError) return error;
  }
  throw new Error('The record was accepted, or the error is none of ours.');
}

describe('parseRunRecord', () => {
  it('reads back what the JSON report wrote', () => {
    const record = bookstoreRecord();
    const text = jsonReporter().render(record);
    expect(parseRunRecord(String(text), path)).toEqual(record);
    expect(text).toMatch(/^\{\n {2}"schemaVersion": 1,[\s\S]*\n\}\n$/);
  });

  it('reads a record of a later version that only has more fields', () => {
    expect(parseRunRecord(textWith(['weather'], 'fine'), path)).toEqual(bookstoreRecord());
  });

  it.each([
    [['project'], 7, 'project: expected string, received number; it holds 7.'],
    [['limits', 'vcpu'], 'half', 'limits.vcpu: expected number, received string; it holds "half".'],
    [
      ['targets', 1, 'image', 'digest'],
      'sha256:12',
      'targets[1].image.digest: not "sha256:" and 64 hexadecimal digits; it holds "sha256:12".',
    ],
    [
      ['targets', 0, 'phases', 2, 'dropped'],
      5,
      'targets[0].phases[2].scheduled: not the sum of sent and dropped; it holds 9600.',
    ],
    [['host'], undefined, 'host: expected "runc"; it holds nothing.'],
  ] as const)('names %j when it is %j', (field, value, text) => {
    const error = errorOf(textWith(field, value));
    expect(error.code).toBe('CATA_RECORD_INVALID');
    expect(error.message).toBe(`The run record "run.json" is at fault at ${text}`);
  });

  it('says how many more fields are at fault', () => {
    expect(errorOf(textWith(['limits'], {})).message).toContain('it holds nothing (1 more at fault).');
  });

  it.each([
    ['an array', '[]', 'nothing'],
    ['null', 'null', 'nothing'],
    ['a later record', textWith(['schemaVersion'], 2), '2'],
  ])('does not take %s for a record', (_, text, version) => {
    expect(errorOf(text).message).toBe(
      `The run record "run.json" has schemaVersion ${version}, and this version of Catamaran reads 1.`,
    );
  });

  it('says that a file cut short is not JSON', () => {
    const error = errorOf('{"schemaVersion": 1,');
    expect(error.code).toBe('CATA_RECORD_NOT_JSON');
    expect(error.message).toContain('"run.json"');
  });

  it('reads a target to which nothing was sent', () => {
    const record = bookstoreRecord({ targets: [{ ...nativeTarget(), phases: [] }] });
    expect(parseRunRecord(JSON.stringify(record), path)).toEqual(record);
  });
});

describe('runRecordJsonSchema', () => {
  it('describes every field, and allows more', () => {
    const schema = runRecordJsonSchema();
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Catamaran run record',
      required: Object.keys(bookstoreRecord()),
      properties: { schemaVersion: { const: 1 }, targets: { type: 'array' } },
    });
    expect(JSON.stringify(schema)).not.toContain('"additionalProperties":false');
  });
});
