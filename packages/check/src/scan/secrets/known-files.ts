import { basename } from 'node:path/posix';
import { isPlaceholder, isSecretName } from '../../secrets/secret-value.ts';
import type { SecretAt } from './find-secrets.ts';

interface KnownFile {
  readonly name: RegExp;
  readonly what: string;
  /** Its group "value" is the secret. */
  readonly pattern: RegExp;
}

/** Files that hold credentials by their purpose, and where in them. */
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
    pattern: /[a-z]+:\/\/[^\s/@:]*:(?<value>[^\s/@]+)@/g,
  },
  {
    name: /(?:^|\/)(?:\.git\/config|\.gitconfig)$/,
    what: 'a token of Git’s',
    pattern: /^\s*extraheader\s*=\s*authorization:\s*\w+\s+(?<value>\S+)/gim,
  },
  {
    name: /(?:^|\/)(?:\.docker\/config\.json|\.dockerconfigjson|\.dockercfg|containers\/auth\.json)$/,
    what: 'the password of a registry',
    pattern: /"(?:auth|identitytoken|registrytoken|password)"\s*:\s*"(?<value>[^"]+)"/g,
  },
  {
    name: /(?:^|\/)(?:\.aws\/credentials|credentials)$/,
    what: 'credentials of AWS',
    pattern: /^\s*aws_secret_access_key\s*=\s*(?<value>\S+)/gim,
  },
  {
    name: /(?:^|\/)(?:\.kube\/config|kubeconfig|etc\/kubernetes\/[^/]+\.conf)$/,
    what: 'credentials of Kubernetes',
    pattern: /^\s*-?\s*(?:client-key-data|token|password)\s*:\s*"?(?<value>[^"\s]+)/gm,
  },
  { name: /(?:^|\/)\.pypirc$/, what: 'a password of PyPI', pattern: /^\s*password\s*[:=]\s*(?<value>\S+)/gm },
  { name: /(?:^|\/)\.pgpass$/, what: 'a password of PostgreSQL', pattern: /^[^#\n]*:(?<value>[^:\n]+)$/gm },
  {
    name: /(?:^|\/)\.cargo\/credentials(?:\.toml)?$/,
    what: 'a token of Cargo’s',
    pattern: /^\s*token\s*=\s*"(?<value>[^"]+)"/gm,
  },
  {
    name: /(?:^|\/)\.config\/gh\/hosts\.yml$/,
    what: 'a GitHub token',
    pattern: /^\s*oauth_token\s*:\s*(?<value>\S+)/gm,
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
