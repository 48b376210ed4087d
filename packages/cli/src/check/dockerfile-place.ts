/** How a Dockerfile's path is written where a name could be an image's too. */
const scheme = 'dockerfile:';

/** `Dockerfile`, `api.Dockerfile`, `Dockerfile.emulated`, `Containerfile`: no image has a name with capitals. */
const fileName = /^(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$/;

/**
 * The path of a Dockerfile, of what `catamaran check` is to look at, or "-" for what it is piped; undefined when
 * that is an image.
 */
export function dockerfilePath(subject: string): string | undefined {
  if (subject.startsWith(scheme)) return subject.slice(scheme.length);
  if (subject === '-') return subject;
  return fileName.test(subject.split('/').at(-1) ?? '') ? subject : undefined;
}
