import { rm } from 'node:fs/promises';
import { messageOf } from '@catamaran/oci';
import { runErrors } from '../errors.ts';
import { type Bundle, runRunc } from './runc.ts';

/**
 * Removes a container, its control group and its folder, whatever state they are in. runc is asked first: its
 * state lies in the folder.
 * @throws CATA_SERVICE_NOT_REMOVED
 */
export async function removeBundle(bundle: Bundle): Promise<void> {
  const refusal = await runRunc(bundle, 'delete', '--force', bundle.id);
  if (refusal) {
    throw runErrors.CATA_SERVICE_NOT_REMOVED({ id: bundle.id, reason: refusal, folder: bundle.folder });
  }
  try {
    await rm(bundle.folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (cause) {
    const reason = messageOf(cause);
    throw runErrors.CATA_SERVICE_NOT_REMOVED({ id: bundle.id, reason, folder: bundle.folder }, { cause });
  }
}
