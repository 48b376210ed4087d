import { CatamaranError, parseReference } from '@catamaran/oci';
import { withHint } from './with-hint.ts';

/** What was taken for a project's folder, and may have been meant to say where to push to. */
export function withRegistryHint(error: unknown, text: string): unknown {
  if (!(error instanceof CatamaranError) || error.code !== 'CATA_PROJECT_MISSING') return error;
  if (!isTagged(text)) return error;
  const example = `registry.example.com/${text}`;
  return withHint(error, `If "${text}" is a reference, write its registry before it, as in ${example}.`);
}

function isTagged(text: string): boolean {
  try {
    const { registry, tag } = parseReference(text);
    return registry === undefined && tag !== undefined;
  } catch {
    return false;
  }
}
