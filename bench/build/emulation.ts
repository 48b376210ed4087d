import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measure } from '../support/measure.ts';
import { foreign } from './platforms.ts';

const kernel = '/proc/sys/fs/binfmt_misc';
const handler = foreign === 'arm64' ? 'qemu-aarch64' : 'qemu-x86_64';

/**
 * Has the kernel start the other architecture's programs by qemu, in containers, too, until it is disposed of; it is
 * left as it was found. https://docs.kernel.org/admin-guide/binfmt-misc.html
 * @returns why not, where it cannot be had
 */
export async function emulateForeign(): Promise<AsyncDisposable | string> {
  const undo = new AsyncDisposableStack();
  try {
    const described = await readFile(`/usr/lib/binfmt.d/${handler}.conf`, 'utf8').catch(() => undefined);
    if (!described) return `qemu is not installed (Debian: qemu-user-static)`;
    const isMounted = await isThere('status');
    if (!isMounted) {
      await measure('mount', ['-t', 'binfmt_misc', 'binfmt_misc', kernel]);
      undo.defer(async () => void (await measure('umount', [kernel])));
    }
    if (!(await isThere(handler))) {
      await writeFile(join(kernel, 'register'), described.trim());
      undo.defer(() => writeFile(join(kernel, handler), '-1'));
    }
    return undo.move();
  } catch (error) {
    return `programs cannot be emulated here: ${(error as Error).message}`;
  } finally {
    await undo.disposeAsync();
  }
}

function isThere(name: string): Promise<boolean> {
  return readFile(join(kernel, name)).then(
    () => true,
    () => false,
  );
}
