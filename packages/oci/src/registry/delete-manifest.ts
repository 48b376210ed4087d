export { deleteManifest } from './manifests/delete-manifest.ts';
