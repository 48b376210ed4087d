/** Names of settings whose values nobody else is to know. */
const secretName =
  /(?:^|[_.-])(?:PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|TOKEN|API_?KEY|APIKEY|ACCESS_KEY|ACCESS_KEY_ID|SECRET_KEY|PRIVATE_KEY|CREDENTIALS?|DATABASE_URL|CONNECTION_STRING)$/i;

export function isSecretName(name: string): boolean {
  return secretName.test(name) && name !== 'PWD' && name !== 'OLDPWD';
}

/** What stands for a secret and is none: a variable, something to be filled in, a path to where it is. */
export function isPlaceholder(value: string): boolean {
  return (
    value === '' ||
    /^\$|\$\{|^<.*>$|^\{\{|^%.*%$|^\*+$|^\.{3}|^x+$/i.test(value) ||
    /^(?:changeme|change-me|change_me|replace.?me|your[-_ ].*|todo|none|null|undefined|true|false|0|1|example.*|placeholder|secret|password|dummy|test|redacted)$/i.test(
      value,
    ) ||
    /^(?:\/run\/secrets\/|file:|\/)/.test(value) ||
    // An address is a secret only with a password in it.
    (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) && !/:\/\/[^/\s:@]*:[^/\s@]+@/.test(value)) ||
    value.includes('EXAMPLE')
  );
}
