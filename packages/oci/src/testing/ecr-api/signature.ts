import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { EcrFault } from './ecr-fault.ts';

export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The pair of AWS's own documentation. */
export const testKey: SigningKey = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8}\/([^/]+)\/ecr\/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Checks a request to "/" as AWS does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function checkSignature(
  request: IncomingMessage,
  body: string,
  key: SigningKey,
  region: string,
): void {
  const authorization = request.headers.authorization;
  if (!authorization)
    throw new EcrFault('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [, accessKeyId, scope = '', signedRegion, names = '', signature] = form.exec(authorization) ?? [];
  if (!signature) {
    throw new EcrFault('IncompleteSignatureException', 'Authorization header is not of the form of SigV4.');
  }
  const token = request.headers['x-amz-security-token'];
  if (accessKeyId !== key.accessKeyId || token !== key.sessionToken) {
    const message = 'The security token included in the request is invalid.';
    throw new EcrFault('UnrecognizedClientException', message);
  }
  if (signedRegion !== region || signatureOf(request, body, key, scope, names) !== signature) {
    throw new EcrFault(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. ' +
        'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
}

function signatureOf(
  request: IncomingMessage,
  body: string,
  key: SigningKey,
  scope: string,
  names: string,
): string {
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  const canonical = [request.method, '/', '', headers.join(''), names, sha256(body)].join('\n');
  const date = String(request.headers['x-amz-date']);
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const signingKey = scope
    .split('/')
    .reduce<Buffer>((secret, part) => hmac(secret, part), Buffer.from(`AWS4${key.secretAccessKey}`));
  return hmac(signingKey, text).toString('hex');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
