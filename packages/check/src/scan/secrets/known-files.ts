import { basename } from 'node:path/posix';
import { isPlaceholder, isSecretName } from '../../secrets/secret-value.ts';
import type { SecretAt } from './find-secrets.ts';

interface KnownFile {
  readonly name: RegExp;
  readonly what: string;
  /** Its group "value" is the secret. */
  readonly pattern: RegExp;
}

/**
 * Files that hold credentials by their purpose, and where in them. What may be long is bounded or ends with its line: a
 * pattern that can begin anywhere in megabytes and reads on to their end is never done.
 */
const knownFilesWith: readonly KnownFile[] = [
  {
    name: /(?:^|\/)\.npmrc$/,
    what: 'a token of npm’s',
    pattern: /^[^#;\n]*?_(?:authToken|password|auth)\s*=\s*"?(?<value>[^"\s]+)/gm,
  },
  {
    name: /(?:^|\/)\.yarnrc(?:\.yml)?$/,
    what: 'a token of Yarn’s',
    pattern: /^[^#\n]*(?:npmAuthToken|npmAuthIdent|_authToken)"?\s*[:= ]\s*"?(?<value>[^"\s]+)/gm,
  },
  {
    name: /(?:^|\/)[._]netrc$/,
    what: 'a password',
    pattern: /\bpassword\s+(?<value>\S+)/g,
  },
  {
    name: /(?:^|\/)(?:\.git-credentials|\.git\/config|\.gitconfig)$/,
    what: 'a password of Git’s',
    pattern: /\b[a-z]{1,16}:\/\/[^\s/@:]*:(?<value>[^\s/@]+)@/g,
  },
  {
    name: /(?:^|\/)(?:\.git\/config|\.gitconfig)$/,
    what: 'a token of Git’s',
    pattern: /^[ \t]*extraheader[ \t]*=[ \t]*authorization:[ \t]*\w+[ \t]+(?<value>\S+)/gim,
  },
  {
    name: /(?:^|\/)(?:\.docker\/config\.json|\.dockerconfigjson|\.dockercfg|containers\/auth\.json)$/,
    what: 'the password of a registry',
    pattern: /"(?:auth|identitytoken|registrytoken|password)"\s*:\s*"(?<value>[^"]+)"/g,
  },
  {
    name: /(?:^|\/)(?:\.aws\/credentials|credentials)$/,
    what: 'credentials of AWS',
    pattern: /^[ \t]*aws_secret_access_key[ \t]*=[ \t]*(?<value>\S+)/gim,
  },
  {
    name: /(?:^|\/)(?:\.kube\/config|kubeconfig|etc\/kubernetes\/[^/]+\.conf)$/,
    what: 'credentials of Kubernetes',
    pattern: /^[ \t]*(?:-[ \t]*)?(?:client-key-data|token|password)[ \t]*:[ \t]*"?(?<value>[^"\s]+)/gm,
  },
  {
    name: /(?:^|\/)\.pypirc$/,
    what: 'a password of PyPI',
    pattern: /^[ \t]*password[ \t]*[:=][ \t]*(?<value>\S+)/gm,
  },
  { name: /(?:^|\/)\.pgpass$/, what: 'a password of PostgreSQL', pattern: /^[^#\n]*:(?<value>[^:\n]+)$/gm },
  {
    name: /(?:^|\/)\.cargo\/credentials(?:\.toml)?$/,
    what: 'a token of Cargo’s',
    pattern: /^[ \t]*token[ \t]*=[ \t]*"(?<value>[^"\n]+)"/gm,
  },
  {
    name: /(?:^|\/)\.config\/gh\/hosts\.yml$/,
    what: 'a GitHub token',
    pattern: /^[ \t]*oauth_token[ \t]*:[ \t]*(?<value>\S+)/gm,
  },
];

export function knownFiles(path: string, text: string): SecretAt[] {
  const found = knownFilesWith
    .filter(({ name }) => name.test(path))
    .flatMap(({ what, pattern }) =>
      [...text.matchAll(pattern)]
        .filter(({ groups }) => !isPlaceholder(groups?.value ?? ''))
        .map(({ index }) => ({ at: index, what })),
    );
  return isEnvironmentFile(path) ? [...found, ...environmentFile(text)] : found;
}

/** Of what is not written to be copied and filled in. */
function isEnvironmentFile(path: string): boolean {
  const name = basename(path);
  return (
    /^\.env(?:\..+)?$|.\.env$/.test(name) && !/\.(?:example|sample|template|dist|defaults|schema)$/.test(name)
  );
}

const assignment = /^[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_][\w.]*)[ \t]*=[ \t]*(?<value>[^\n]*)$/gm;

function environmentFile(text: string): SecretAt[] {
  const values = [...text.matchAll(assignment)].flatMap(({ index, groups }) => {
    const value = (groups?.value ?? '').trim().replace(/^(["'])(.*)\1.*$/, '$2');
    return value === '' ? [] : [{ at: index, name: groups?.name ?? '', value }];
  });
  const secret = values.filter(({ name, value }) => isSecretName(name) && !isPlaceholder(value));
  if (secret.length > 0) return secret.map(({ at, name }) => ({ at, what: `a value for ${name}` }));
  const [first] = values;
  return first ? [{ at: first.at, what: 'settings', isDoubtful: true }] : [];
}
