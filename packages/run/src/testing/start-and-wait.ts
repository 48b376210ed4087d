import { createContext } from '@catamaran/oci';
import { runcHost } from '../runc/runc-host.ts';
import { nodeImage } from './node-image.ts';
import { runOptions } from './run-options.ts';

/** A process that starts a service, writes the service's process number and waits to be killed. */
const [folder = ''] = process.argv.slice(2);
const image = await nodeImage('setInterval(() => {}, 1000)');
const service = await runcHost({ folder }).start(image, runOptions, createContext());
process.stdout.write(/\d+/.exec(service.enter[1] ?? '')?.[0] ?? '');
await service.exited;
