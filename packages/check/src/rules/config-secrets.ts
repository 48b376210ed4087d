import type { ImageConfig } from '@catamaran/oci';
import { findSecrets } from '../scan/secrets/find-secrets.ts';
import { isPlaceholder, isSecretName } from '../secrets/secret-value.ts';
import type { Finding } from './finding.ts';

/** Nothing secret is in the variables that an image sets, nor in the commands that it says it was made by. */
export function configSecrets({ config, history }: ImageConfig): Finding[] {
  const variables = (config?.Env ?? []).flatMap((line) => variableFinding(line) ?? []);
  const commands = (history ?? []).flatMap(({ created_by: command = '' }, at) => {
    const [found] = secretsIn(command);
    return found ? [secret('error', `line ${at + 1} of its history holds ${found}`)] : [];
  });
  return [...variables, ...commands];
}

function variableFinding(line: string): Finding | undefined {
  const equals = line.indexOf('=');
  const [name, value] = [line.slice(0, equals), line.slice(equals + 1)];
  const [found] = secretsIn(value);
  if (found) return secret('error', `its variable ${name} holds ${found}`);
  if (!isSecretName(name) || isPlaceholder(value)) return undefined;
  return secret('warning', `its variable ${name} has a value that everybody can read who can pull it`);
}

function secretsIn(text: string): string[] {
  return findSecrets('', Buffer.from(text)).map(({ what }) => what);
}

function secret(level: Finding['level'], message: string): Finding {
  return { rule: 'secret', level, message };
}
