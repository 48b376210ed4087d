import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Platform } from '@catamaran/oci';
import { requirePrograms } from './require-programs.ts';

const compilers: Readonly<Record<Platform['architecture'], string>> = {
  amd64: 'x86_64-linux-gnu-gcc',
  arm64: 'aarch64-linux-gnu-gcc',
};

/** Whether addons can be compiled for both platforms. */
export const canCompile = requirePrograms(...Object.values(compilers));

/** An addon whose only property says how it was made. */
const source = `#include <node_api.h>
NAPI_MODULE_INIT() {
  napi_value text;
  napi_create_string_utf8(env, GREETING, NAPI_AUTO_LENGTH, &text);
  napi_set_named_property(env, exports, "greeting", text);
  return exports;
}
`;

/** An addon that uses V8's own interface is registered under the name of its ABI. */
const sourceOfAbi = (abi: string) => `void node_register_module_v${abi}(void) {}\n`;

/** A real addon for a platform, by a real cross compiler. */
export function compileAddon(architecture: Platform['architecture'], greeting: string): Uint8Array {
  return compile(architecture, source, [`-DGREETING="${greeting}"`, `-I${headersFolder()}`]);
}

export function compileAddonOfAbi(architecture: Platform['architecture'], abi: string): Uint8Array {
  return compile(architecture, sourceOfAbi(abi), []);
}

function compile(
  architecture: Platform['architecture'],
  text: string,
  options: readonly string[],
): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'catamaran-addon-'));
  // Without a C library: Debian's cross compilers come without one.
  const alone = ['-shared', '-fPIC', '-ffreestanding', '-nostdlib'];
  try {
    writeFileSync(join(folder, 'addon.c'), text);
    const args = [...alone, ...options, '-o', 'addon.node', 'addon.c'];
    execFileSync(compilers[architecture], args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    return readFileSync(join(folder, 'addon.node'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Node's own headers come with the package that has its program. */
function headersFolder(): string {
  const manifest = createRequire(import.meta.url).resolve(`node-linux-${process.arch}/package.json`);
  return join(dirname(manifest), 'include/node');
}
