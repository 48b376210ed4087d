import { loadProject } from '@catamaran/build';
import type { Context } from '@catamaran/oci';
import type { CheckFlags } from '../commands/check.ts';
import type { Environment } from '../process/environment.ts';
import { checkedPlatform } from './check-document.ts';
import type { CheckOutcome } from './check-outcome.ts';
import { checkRootFolder, rootFolder } from './check-root-folder.ts';
import { checkStoredImage } from './check-stored-image.ts';
import { checkText } from './check-text.ts';
import { withSilences } from './silences.ts';

/** Judges an image, or a folder as if it were one. */
export async function checkImageOutcome(
  subject: string,
  flags: CheckFlags,
  environment: Environment,
  ctx: Context,
): Promise<CheckOutcome> {
  // What is wrong with the configuration is told before an image is fetched.
  const project = flags.project === undefined ? undefined : await loadProject(flags.project);
  const folder = rootFolder(subject);
  const found =
    folder === undefined
      ? await checkStoredImage(subject, flags, environment, ctx)
      : await checkRootFolder(folder, flags.platform, ctx);
  const reports = project ? withSilences(found, project, ctx) : found;
  const platforms = reports.map(checkedPlatform);
  return {
    subject,
    parts: platforms,
    document: { image: subject, platforms },
    text: (style) => checkText(subject, platforms, style),
  };
}
