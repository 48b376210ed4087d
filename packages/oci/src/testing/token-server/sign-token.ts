import { randomUUID, sign, X509Certificate } from 'node:crypto';
import type { Certificate } from '../certificate.ts';

/** What a token lets its bearer do in one repository. */
export interface Access {
  readonly type: 'repository';
  readonly name: string;
  readonly actions: readonly string[];
}

export interface TokenClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  readonly access: readonly Access[];
  /** Since 1970. */
  readonly nowMs: number;
  readonly lifeSeconds: number;
}

/**
 * A token as registries take it, signed with ES256; the certificate's key has to be on the curve P-256.
 * https://distribution.github.io/distribution/spec/auth/jwt/
 */
export function signToken(claims: TokenClaims, { key, cert }: Pick<Certificate, 'key' | 'cert'>): string {
  const chain = [new X509Certificate(cert).raw.toString('base64')];
  const issuedAt = Math.floor(claims.nowMs / 1000);
  const signed = [
    { typ: 'JWT', alg: 'ES256', x5c: chain },
    {
      iss: claims.issuer,
      sub: claims.subject,
      aud: claims.audience,
      exp: issuedAt + claims.lifeSeconds,
      nbf: issuedAt - 10,
      iat: issuedAt,
      jti: randomUUID(),
      access: claims.access,
    },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}
