import { type ByteStream, type Context, type Digest, Digester, type Layer, readLayer } from '@catamaran/oci';
import type { LayerScan } from './layer-scan.ts';
import { ScanFindings } from './scan-findings.ts';

/** Reads a layer once, from its first byte to its last, and no file of it as a whole that is not small. */
export async function readScan(layer: Layer, ctx: Context): Promise<LayerScan> {
  const digester = new Digester();
  const digested: Layer = {
    descriptor: () => layer.descriptor(),
    diffId: () => layer.diffId(),
    compressed: () => layer.compressed(),
    uncompressed: () => passedTo(digester, layer.uncompressed()),
  };
  const findings = new ScanFindings();
  for await (const entry of readLayer(digested)) {
    ctx.signal.throwIfAborted();
    await findings.add(entry);
  }
  if (findings.unfinished.size > 0) {
    for await (const entry of readLayer(layer)) {
      ctx.signal.throwIfAborted();
      if (entry.type === 'file' && findings.unfinished.has(entry.path)) await findings.readAgain(entry);
    }
  }
  return { diffId: digester.digest() as Digest, ...findings.scan() };
}

async function* passedTo(digester: Digester, stream: ByteStream): ByteStream {
  for await (const chunk of stream) {
    digester.update(chunk);
    yield chunk;
  }
}
