import { describe, expect, expectTypeOf, it } from 'vitest';
import { CatamaranError } from './catamaran-error.ts';
import { defineErrors } from './define-errors.ts';
import { ociErrors } from './errors.ts';

const errors = defineErrors({
  CATA_TEST: {
    fault: 'machine',
    message: 'No {thing} in "{place}", and again no {thing}.',
    hint: 'Put one into "{place}" within {seconds} s.',
  },
  CATA_PLAIN: { fault: 'tool', message: 'That was all.', hint: 'Say so.' },
});

describe('defineErrors', () => {
  it('fills the placeholders of message and hint, every time that they occur', () => {
    const cause = new Error('deeper');
    const error = errors.CATA_TEST({ thing: 'cup', place: 'box', seconds: 3 }, { cause });
    expect(error).toBeInstanceOf(CatamaranError);
    expect(error).toMatchObject({
      name: 'CatamaranError',
      code: 'CATA_TEST',
      fault: 'machine',
      message: 'No cup in "box", and again no cup.',
      hint: 'Put one into "box" within 3 s.',
      details: { thing: 'cup', place: 'box', seconds: 3 },
      cause,
    });
  });

  it('leaves alone what the details themselves say, braces and dollars included', () => {
    const details = { thing: '{place} $& $1', place: '{thing}', seconds: 0 };
    expect(errors.CATA_TEST(details).message).toBe(
      'No {place} $& $1 in "{thing}", and again no {place} $& $1.',
    );
    expect(errors.CATA_TEST(details).hint).toContain('within 0 s');
  });

  it('has no cause where none was given', () => {
    expect('cause' in errors.CATA_PLAIN({})).toBe(false);
  });

  it('asks for exactly the placeholders of the row', () => {
    expectTypeOf(errors.CATA_TEST).parameter(0).toEqualTypeOf<{
      readonly thing: string | number;
      readonly place: string | number;
      readonly seconds: string | number;
    }>();
    // biome-ignore lint/complexity/noBannedTypes: the details of a row without placeholders.
    expectTypeOf(errors.CATA_PLAIN).parameter(0).toEqualTypeOf<{}>();
  });

  it('keeps the row, for the documentation', () => {
    expect(errors.CATA_PLAIN.definition).toEqual({
      fault: 'tool',
      message: 'That was all.',
      hint: 'Say so.',
    });
  });
});

it('has a code, an input to quote and a next step in every row of oci', () => {
  for (const [code, { definition }] of Object.entries(ociErrors)) {
    expect(code).toMatch(/^CATA_[A-Z_]+$/);
    expect(definition.message).toMatch(/\{\w+\}.*\.$/);
    expect(definition.hint).toMatch(/\.$/);
  }
});
