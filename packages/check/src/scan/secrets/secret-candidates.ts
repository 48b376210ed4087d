import { basename, extname } from 'node:path/posix';

/** Larger files are not looked into: what people leave behind by mistake is small, and so is an application's bundle. */
const maxSecretFileBytes = 4 * 1024 * 1024;

/** Files whose names say what is in them. */
const telling =
  /^(?:\.npmrc|\.yarnrc(?:\.yml)?|\.env(?:\..+)?|.+\.env|[._]netrc|\.git-credentials|\.pgpass|\.pypirc|\.dockercfg|\.dockerconfigjson|kubeconfig|id_[a-z0-9]+|credentials(?:\.(?:json|toml))?)$/;
const tellingPath =
  /(?:^|\/)(?:\.docker\/config\.json|\.git\/config|\.kube\/config|containers\/auth\.json|etc\/kubernetes\/[^/]+\.conf|\.config\/gh\/hosts\.yml)$/;
const keyFile = /\.(?:pem|key|p8|pk8|ppk|ovpn|crt|cer)$/i;

/** Text that its author may have written a secret into. Programs' data, pictures and documentation are not. */
const ownText = new Set(
  '|.json|.json5|.yaml|.yml|.toml|.ini|.conf|.cfg|.config|.properties|.txt|.xml|.sh|.bash|.tf|.tfvars|.js|.mjs|.cjs|.ts|.mts|.cts|.jsx|.tsx|.py|.rb|.php|.go|.java|.cs|.env|.local'.split(
    '|',
  ),
);

/** Whether a file is worth reading whole for the secrets that it may hold. */
export function mayHoldSecrets(path: string, sizeBytes: number, head: Uint8Array): boolean {
  if (sizeBytes === 0 || sizeBytes > maxSecretFileBytes || isBinary(head)) return false;
  const name = basename(path);
  if (telling.test(name) || keyFile.test(name) || tellingPath.test(path)) return true;
  if (beginsWithKey(head)) return true;
  return !isPublished(path) && ownText.has(extname(name).toLowerCase());
}

/**
 * What everybody can have from elsewhere: packages of a registry, and what a distribution's packages bring. Nobody's
 * secrets are looked for in their code, and what looks like one there most often belongs to a test.
 */
export function isPublished(path: string): boolean {
  return /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor\/bundle|gems|pkg\/mod|\.pnpm|\.yarn)\/|^(?:usr|lib|bin|sbin|var\/lib)\//.test(
    path,
  );
}

function isBinary(head: Uint8Array): boolean {
  return head.subarray(0, 512).includes(0);
}

function beginsWithKey(head: Uint8Array): boolean {
  return Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 512)).includes('PRIVATE KEY');
}
