import { expect, test } from 'vitest';
import { createAdminKey } from './admin-key.ts';

const key = 'a-key-of-some-length';

test('knows its key, again and again', async () => {
  const adminKey = createAdminKey(key);

  expect(await adminKey.check(key)).toBe('match');
  expect(await adminKey.check(key)).toBe('match');
});

test('knows no other key, neither before nor after its own', async () => {
  const adminKey = createAdminKey(key);

  expect(await adminKey.check('')).toBe('mismatch');
  expect(await adminKey.check(`${key}!`)).toBe('mismatch');
  await adminKey.check(key);
  expect(await adminKey.check(`${key}!`)).toBe('mismatch');
});

test('many first requests with the right key at once all match', async () => {
  const adminKey = createAdminKey(key);

  const checks = await Promise.all(Array.from({ length: 50 }, () => adminKey.check(key)));

  expect(new Set(checks)).toEqual(new Set(['match']));
});

test('many wrong keys at once are turned away, which a key that is known does not notice', async () => {
  const adminKey = createAdminKey(key);
  await adminKey.check(key);

  const wrong = Array.from({ length: 10 }, (_, index) => adminKey.check(`wrong ${index}`));
  const right = adminKey.check(key);

  expect(await right).toBe('match');
  const checks = await Promise.all(wrong);
  expect(checks.filter((check) => check === 'mismatch')).toHaveLength(4);
  expect(checks.filter((check) => check === 'busy')).toHaveLength(6);
  expect(await adminKey.check('wrong again')).toBe('mismatch');
});
