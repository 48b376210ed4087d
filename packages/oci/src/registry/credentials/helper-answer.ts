import { loginOf } from './auth-entry.ts';
import type { Credential } from './credentials.ts';
import { shownOutput } from './shown-output.ts';

interface HelperEnd {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * @param secrets what the program was given and might repeat
 * @returns why it is no answer, in words without a secret, or what was answered: possibly that there is none
 */
export function answerOf(
  end: HelperEnd,
  secrets: readonly string[],
): string | { readonly credential: Credential | undefined } {
  const login = parseLogin(end.stdout);
  if (end.code === 0) {
    if (!login) return 'its answer is not JSON with "Username" and "Secret"';
    const isNone = login.Username === '' && login.Secret === '';
    return { credential: isNone ? undefined : loginOf(login.Username, login.Secret) };
  }
  if (isNotFound(end.stdout) || isNotFound(end.stderr)) return { credential: undefined };
  const how = end.code === null ? 'a signal ended it' : `it ended with code ${end.code}`;
  const said = shownEnd(end, login ? [...secrets, login.Secret] : secrets);
  return said ? `${how} and said "${said}"` : how;
}

/** Helpers complain on their standard output. What looks like JSON there is an answer, and not for showing. */
function shownEnd(end: HelperEnd, secrets: readonly string[]): string {
  const complaint = end.stdout.includes('{') ? '' : end.stdout;
  return shownOutput(`${end.stderr}\n${complaint}`, secrets);
}

/** The words of docker-credential-helpers' `errCredentialsNotFoundMessage`, which have become the protocol. */
function isNotFound(output: string): boolean {
  return output.includes('credentials not found in native keychain');
}

function parseLogin(text: string): { readonly Username: string; readonly Secret: string } | undefined {
  try {
    const { Username, Secret } = JSON.parse(text);
    return typeof Username === 'string' && typeof Secret === 'string' ? { Username, Secret } : undefined;
  } catch {
    return undefined;
  }
}
