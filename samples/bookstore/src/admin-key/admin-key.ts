import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

type KeyCheck = 'match' | 'mismatch' | 'busy';

export interface AdminKey {
  /** Whether the key that a request presents is the admin's. `busy`: too many keys are being checked already. */
  check(presented: string): Promise<KeyCheck>;
}

/** As many as libuv has threads for them. Each takes 19 MiB while it runs. */
const maxConcurrentChecks = 4;

/**
 * Keeps the argon2 hash of the key, never the key. A service that is started without one has no AdminKey, and asks
 * nobody.
 *
 * Argon2 is slow and hungry on purpose: that is what protects a hash which has leaked. Paid for every write it
 * would cost more than the write itself, and would let anyone exhaust the service by sending wrong keys. Hence:
 * - A key that has matched is remembered as an HMAC under a secret of this process, and is from then on
 *   recognised in microseconds. Wrong keys are not remembered; there is no end of them.
 * - A key that is being checked is not checked a second time meanwhile: requests with it wait for the one result.
 * - Only a few different keys are checked at once. More are turned away, which the admin, once remembered,
 *   does not notice.
 * - It is loaded, and the key hashed, when the first key is presented: a service that is only read from starts
 *   without it.
 */
export function createAdminKey(configuredKey: string): AdminKey {
  let verifier: Promise<(presented: string) => Promise<boolean>> | undefined;
  const secret = randomBytes(32);
  const running = new Map<string, Promise<boolean>>();
  let remembered: Buffer | undefined;

  return {
    async check(presented) {
      const digest = createHmac('sha256', secret).update(presented).digest();
      if (remembered && timingSafeEqual(remembered, digest)) return 'match';

      const id = digest.toString('base64');
      let verification = running.get(id);
      if (!verification) {
        if (running.size >= maxConcurrentChecks) return 'busy';
        verifier ??= createVerifier(configuredKey);
        verification = verifier.then((verify) => verify(presented)).finally(() => running.delete(id));
        running.set(id, verification);
      }
      if (!(await verification)) return 'mismatch';
      remembered = digest;
      return 'match';
    },
  };
}

async function createVerifier(key: string): Promise<(presented: string) => Promise<boolean>> {
  const { hash, verify } = await import('@node-rs/argon2');
  const keyHash = await hash(key);
  return (presented) => verify(keyHash, presented);
}
