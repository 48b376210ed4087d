import { describe, expect, it } from 'vitest';
import { errorTables } from './error-table.ts';

const rows = Object.entries(errorTables).flatMap(([name, table]) =>
  Object.entries(table).map(([code, factory]) => ({ name, code, ...factory.definition })),
);

describe('the error table', () => {
  it('has each code once', () => {
    const codes = rows.map(({ code }) => code);
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  });

  it.each(rows)('$code says what happened, in a sentence, and what to do', ({ code, message, hint }) => {
    expect(code).toMatch(/^CATA_[A-Z0-9_]+$/);
    expect(hint.trim().length).toBeGreaterThan(15);
    // What quotes a service's or compiler's own lines ends with them.
    expect(message.trim()).toMatch(/[.}]$/);
  });
});
