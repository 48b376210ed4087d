import { expect, test } from 'vitest';
import { requestId } from './request-id.ts';

test.each(['42', 'a1b2-c3', '1-67891233-abcdef012345678912345678', 'Root=1/x:y+z==', 'x'.repeat(128)])(
  'a client’s own id is kept: %s',
  (id) => {
    expect(requestId({ headers: { 'x-request-id': id } })).toBe(id);
  },
);

test.each([undefined, '', ' ', 'a b', 'x'.repeat(129), 'a\nb', '"quoted"', 'é', ['a', 'b'] as never])(
  'in the place of %j there is a new one, each time another',
  (id) => {
    const ids = [1, 2].map(() => requestId({ headers: id === undefined ? {} : { 'x-request-id': id } }));

    for (const made of ids) expect(made).toMatch(/^[0-9a-z]{10}-[0-9a-z]+$/);
    expect(ids[0]).not.toBe(ids[1]);
  },
);
