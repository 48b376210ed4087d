/** Of the data directories of a PE file, the one that describes .NET's. */
const clrDirectory = 14;
const peMagic = { 267: 96, 523: 112 } as const;

/**
 * Whether a file that begins like one for Windows is .NET's own code, which runs wherever .NET does.
 * https://learn.microsoft.com/windows/win32/debug/pe-format#optional-header-data-directories-image-only
 */
export function isManagedAssembly(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.byteLength < 64 || view.getUint16(0) !== 0x4d5a) return false;
  const optional = view.getUint32(60, true) + 24;
  if (optional + 2 > view.byteLength) return false;
  const magic = view.getUint16(optional, true);
  const directories = magic === 0x10b || magic === 0x20b ? peMagic[magic] : undefined;
  if (directories === undefined) return false;
  const size = optional + directories + clrDirectory * 8 + 4;
  return size + 4 <= view.byteLength && view.getUint32(size, true) > 0;
}
