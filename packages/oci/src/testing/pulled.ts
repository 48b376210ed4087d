import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, createContext } from '../context/context.ts';
import { CatamaranError } from '../errors/catamaran-error.ts';
import { layoutStore } from '../layout/layout-store.ts';
import { parseReference } from '../model/reference.ts';
import type { RegistryOptions } from '../registry/registry-options.ts';
import { registryStore } from '../registry/registry-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Short waits, so that a test need not wait for what a person would. */
export const impatient = { retries: 2, firstWaitMs: 1, maxWaitMs: 20 } as const;

export interface Pulled {
  /** Undefined when it was pulled. */
  readonly error: CatamaranError | undefined;
  /** Every file in the layout afterwards; none where there is no layout. */
  readonly files: readonly string[];
}

/** Pulls as users do: from a registry into a layout of its own. What is no error for people is thrown. */
export async function pulled(
  reference: string,
  options: RegistryOptions = {},
  ctx: Context = createContext(),
): Promise<Pulled> {
  const folder = join(temporaryFolder(), 'layout');
  await using store = registryStore({ retry: impatient, ...options });
  try {
    const image = await store.get(parseReference(reference), ctx);
    await layoutStore(folder).put(parseReference('pulled'), image, ctx);
    return { error: undefined, files: filesIn(folder) };
  } catch (error) {
    if (!(error instanceof CatamaranError)) throw error;
    return { error, files: filesIn(folder) };
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}
