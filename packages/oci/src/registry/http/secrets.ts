/**
 * What of an Authorization header (RFC 7617, RFC 6750) may never be shown: what follows the scheme, and, of Basic, the
 * password that it holds.
 */
export function secretsOf(authorization: string | undefined): readonly string[] {
  const [, scheme = '', value = ''] = /^(\S+)\s+(.+)$/.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() !== 'basic') return value ? [value] : [];
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return [value, pair, pair.slice(pair.indexOf(':') + 1)].filter(Boolean);
}

/** The text without these, in the forms in which a server may repeat them: as they are, in JSON, in an address. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets.filter(Boolean).flatMap((secret) => {
    const inAddress = new URLSearchParams({ '': secret }).toString().slice(1);
    return [secret, JSON.stringify(secret).slice(1, -1), wellFormed(secret), inAddress];
  });
  // The longest first: one may be a part of another.
  const byLength = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  return byLength.reduce((masked, form) => masked.replaceAll(form, '***'), text);
}

function wellFormed(secret: string): string {
  return encodeURIComponent(secret.toWellFormed());
}
