/** Names of what is never picked up by a pattern that does not name it: it is no part of an application. */
const beside = new Set(['.git', '.hg', '.svn', 'node_modules', '.catamaran']);

/** Names of what may hold secrets. A secret in an image is everybody's who can pull it. */
const secret = [
  /^\.env(?:\..*)?$/,
  /^\.envrc$/,
  /^\.npmrc$/,
  /^\.yarnrc(?:\.yml)?$/,
  /^\.netrc$/,
  /^\.(?:aws|ssh|gnupg|docker|kube)$/,
  /^\.git-credentials$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)$/,
];

/** Why a file or folder with this name has to be named itself, without a wildcard, to be picked up. */
export function whyWithheld(name: string): 'beside' | 'secret' | undefined {
  if (beside.has(name)) return 'beside';
  return secret.some((pattern) => pattern.test(name)) ? 'secret' : undefined;
}
