/** What a worker sends for each job. */
export type WorkerAnswer =
  | { readonly result: number; readonly error?: undefined }
  | { readonly result?: undefined; readonly error: string };
