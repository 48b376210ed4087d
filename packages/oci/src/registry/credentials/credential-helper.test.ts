import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createContext } from '../../context/context.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { askHelper } from './credential-helper.ts';

const ctx = createContext();

/** @returns a question for a helper that is this shell script. */
function helper(script: string, registry = 'ghcr.io') {
  const folder = temporaryFolder();
  const path = join(folder, 'docker-credential-test');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  const question = { name: 'test', registry, place: '"/home/ada/.docker/config.json"' };
  const variables = { PATH: `:relative:${folder}:/usr/bin:/bin`, FOLDER: folder, HELPER_TOKEN: 'opensesame' };
  return { folder, question, variables, ask: () => askHelper(question, { variables }, ctx) };
}

async function failureOf(work: Promise<unknown>): Promise<Error> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error('It did not fail.');
  return error;
}

describe('askHelper', () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    ['localhost:5000', 'localhost:5000'],
    ['docker.io', 'https://index.docker.io/v1/'],
  ])('asks about %s as %s, with the variables it was given', async (registry, server) => {
    const script = `cat > "$FOLDER/asked"; test "$1" = get && printf '{"Username":"%s","Secret":"a:b"}' "$HELPER_TOKEN"`;
    const { ask, folder } = helper(script, registry);
    expect(await ask()).toEqual({ username: 'opensesame', password: 'a:b' });
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe(server);
  });

  it('takes the user "<token>" for an identity token', async () => {
    const { ask } = helper(`echo '{"Username":"<token>","Secret":"refresh"}'`);
    expect(await ask()).toEqual({ identityToken: 'refresh' });
  });

  it.each([
    'echo "credentials not found in native keychain"; exit 1',
    'echo "credentials not found in native keychain" >&2; exit 1',
    `echo '{"Username":"","Secret":""}'`,
  ])('knows none after: %s', async (script) => {
    expect(await helper(script).ask()).toBeUndefined();
  });

  it('does not mind that the question is not read', async () => {
    const { ask } = helper(`exec <&-; echo '{"Username":"ada","Secret":"pass"}'`);
    expect(await ask()).toEqual({ username: 'ada', password: 'pass' });
  });

  it.each([
    ['echo "gpg: no secret key"; exit 2', 'it ended with code 2 and said "gpg: no secret key"'],
    ['echo "is it locked?" >&2; exit 1', 'it ended with code 1 and said "is it locked?"'],
    ['exit 3', 'it ended with code 3.'],
    ['kill -9 $$', 'a signal ended it.'],
    ['echo hello', 'its answer is not JSON with "Username" and "Secret".'],
    [`echo '{"Username":"ada"}'`, 'its answer is not JSON with "Username" and "Secret".'],
    [`printf '\\033[31mred\\nline' >&2; exit 1`, 'it ended with code 1 and said "[31mred line".'],
  ])('quotes the helper after: %s', async (script, reason) => {
    const error = await failureOf(helper(script).ask());
    expect(error).toMatchObject({ code: 'CATA_CREDENTIAL_HELPER_FAILED', fault: 'machine' });
    expect(error.message).toContain(`"docker-credential-test" gave no credentials for "ghcr.io": ${reason}`);
  });

  it.each([
    `echo '{"Username":"ada","Secret":"correct horse"}'; echo "got correct horse" >&2; exit 1`,
    `echo '{"Secret":"correct horse"'; exit 1`,
    `echo '{"Answer":"correct horse"}'; exit 1`,
    `echo '{"Secret":"correct horse"'`,
    'echo "password: correct horse" >&2; exit 1',
    'echo "using $HELPER_TOKEN" >&2; exit 1',
    'echo "sent wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" >&2; exit 1',
    'echo "sent ghp_0a1b2c3d4e5f6a7b8c9d" >&2; exit 1',
  ])('quotes no secret after: %s', async (script) => {
    const error = await failureOf(helper(script).ask());
    expect(error).toMatchObject({ code: 'CATA_CREDENTIAL_HELPER_FAILED' });
    expect(JSON.stringify(error) + error.message).not.toMatch(/correct horse|opensesame|wJalr|K7MD|ghp_0/);
  });

  it('ends one that says too much', async () => {
    const error = await failureOf(helper('exec cat /dev/zero').ask());
    expect(error.message).toContain('it answered more than 256 KiB');
  });

  it('ends one that is too slow', async () => {
    const { question, variables } = helper('exec sleep 600');
    const error = await failureOf(askHelper(question, { variables, timeoutMs: 50 }, ctx));
    expect(error.message).toContain('it did not answer within 0.05 s');
  });

  it('ends it when it is told to stop', async () => {
    const { question, variables, folder } = helper(
      'echo $$ > "$FOLDER/new"; mv "$FOLDER/new" "$FOLDER/pid"; exec sleep 600',
    );
    const stop = new AbortController();
    const asked = askHelper(question, { variables }, createContext({ signal: stop.signal }));
    await vi.waitFor(() => expect(existsSync(join(folder, 'pid'))).toBe(true), 10_000);
    stop.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 10_000);
  });

  it.each(['', '../evil', 'a/b', '-x', 'a b', 'a;b', '.', 'a\0'])('does not run "%s"', async (name) => {
    const { question, variables } = helper('exit 0');
    await expect(askHelper({ ...question, name }, { variables }, ctx)).rejects.toMatchObject({
      code: 'CATA_CREDENTIAL_HELPER_INVALID',
      fault: 'user',
    });
  });

  it('says what to do about one that is not installed', async () => {
    const { question, variables } = helper('exit 0');
    const error = await failureOf(askHelper({ ...question, name: 'absent' }, { variables }, ctx));
    expect(error).toMatchObject({
      code: 'CATA_CREDENTIAL_HELPER_MISSING',
      fault: 'machine',
      message: expect.stringMatching(/"docker-credential-absent".*config\.json.*ghcr\.io/),
    });
  });

  it('does not look into relative folders of the PATH', async () => {
    const { question, folder } = helper('exit 0');
    const variables = { PATH: relative(process.cwd(), folder) };
    await expect(askHelper(question, { variables }, ctx)).rejects.toMatchObject({
      code: 'CATA_CREDENTIAL_HELPER_MISSING',
    });
  });

  it('says that one cannot be run', async () => {
    const { ask, folder } = helper('exit 0');
    writeFileSync(join(folder, 'docker-credential-test'), '#!/no/such/shell\n');
    const error = await failureOf(ask());
    expect(error.message).toContain('it cannot be run');
  });
});
