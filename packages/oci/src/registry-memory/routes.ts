import { appendPart } from './append-part.ts';
import { beginUpload } from './begin-upload.ts';
import { deleteBlob, getBlob } from './blobs.ts';
import type { Handler } from './call.ts';
import { closeUpload } from './close-upload.ts';
import { deleteManifest, getManifest } from './manifests.ts';
import { putManifest } from './put-manifest.ts';
import { listReferrers } from './referrers.ts';
import { listTags } from './tags.ts';
import { deleteUpload, getUpload } from './upload-session.ts';

export interface Route {
  /** The groups are the repository's name and a reference. */
  readonly pattern: RegExp;
  readonly methods: Readonly<Record<string, Handler>>;
}

/** The first that matches. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#endpoints */
export const routes: readonly Route[] = [
  {
    pattern: /^\/v2\/(.+)\/manifests\/([^/]+)$/,
    methods: { GET: getManifest, HEAD: getManifest, PUT: putManifest, DELETE: deleteManifest },
  },
  { pattern: /^\/v2\/(.+)\/blobs\/uploads\/?$/, methods: { POST: beginUpload } },
  {
    pattern: /^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/,
    methods: { GET: getUpload, PATCH: appendPart, PUT: closeUpload, DELETE: deleteUpload },
  },
  {
    pattern: /^\/v2\/(.+)\/blobs\/([^/]+)$/,
    methods: { GET: getBlob, HEAD: getBlob, DELETE: deleteBlob },
  },
  { pattern: /^\/v2\/(.+)\/tags\/list$/, methods: { GET: listTags } },
  { pattern: /^\/v2\/(.+)\/referrers\/([^/]+)$/, methods: { GET: listReferrers } },
];
