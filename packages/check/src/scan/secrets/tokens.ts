import type { SecretAt } from './find-secrets.ts';

interface Kind {
  readonly what: string;
  /** What every one begins with: cheap to look for. */
  readonly begins: string;
  readonly pattern: RegExp;
  /** Must be in the text as well. */
  readonly also?: RegExp;
}

export const serviceAccount = 'the key of a Google service account';

/** Tokens that can be told from any other text. */
const kinds: readonly Kind[] = [
  {
    what: 'an AWS access key with its secret',
    begins: 'A',
    pattern: /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g,
    // The secret: 40 characters of base64 that are no hash in hexadecimal digits.
    also: /(?<![A-Za-z0-9+/=])(?![0-9a-f]{40})[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/,
  },
  {
    what: serviceAccount,
    begins: 'service_account',
    pattern: /"type"\s*:\s*"service_account"/g,
    also: /"private_key"\s*:\s*"-----BEGIN/,
  },
  { what: 'a GitHub token', begins: 'gh', pattern: /(?<![A-Za-z0-9])gh[opsur]_[A-Za-z0-9]{36,}/g },
  {
    what: 'a GitHub token',
    begins: 'github_pat_',
    pattern: /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{60,}/g,
  },
  { what: 'a GitLab token', begins: 'glpat-', pattern: /(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,}/g },
  { what: 'an npm token', begins: 'npm_', pattern: /(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g },
  {
    what: 'a Slack token',
    begins: 'xox',
    pattern: /(?<![A-Za-z0-9])xox[abprs]-[0-9]{8,}-[A-Za-z0-9-]{12,}/g,
  },
  { what: 'a Stripe key', begins: '_live_', pattern: /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{20,}/g },
];

export function tokens(text: string): SecretAt[] {
  return kinds.flatMap(({ what, begins, pattern, also }) => {
    if (!text.includes(begins)) return [];
    const found = [...text.matchAll(pattern)].filter(([token]) => !/EXAMPLE|X{6}|x{6}/.test(token));
    if (found.length === 0 || (also && !also.test(text))) return [];
    return found.map(({ index }) => ({ at: index, what }));
  });
}
