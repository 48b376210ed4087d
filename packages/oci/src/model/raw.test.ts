import { expect, it } from 'vitest';
import { describeRaw, rawFromBytes, rawFromValue } from './raw.ts';

it('keeps the bytes that came in, however they are laid out', () => {
  const bytes = new TextEncoder().encode('{ "b": 1,\n\t"a": "\\u00e9" }\n');
  const raw = rawFromBytes(bytes);
  expect(raw.bytes).toBe(bytes);
  expect(raw.value).toEqual({ a: 'é', b: 1 });
  expect(describeRaw('text/x', raw)).toEqual({
    mediaType: 'text/x',
    digest: 'sha256:4da853f8a30a5eb04290a2ee002f40a646cba7d421bffb7edbfbda8368feef1d',
    size: 27,
  });
});

it('writes a value once, in the order of its keys and in UTF-8', () => {
  expect(Buffer.from(rawFromValue({ b: 'é', a: 1 }).bytes).toString('latin1')).toBe('{"b":"Ã©","a":1}');
});

it.each([
  ['no JSON', Buffer.from('{')],
  ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
])('refuses what is %s', (_, bytes) => {
  expect(() => rawFromBytes(bytes)).toThrow();
});
