export interface Login {
  readonly username: string;
  readonly password: string;
}

/** RFC 7617; undefined for every other header. */
export function parseBasic(header: string | undefined): Login | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [, username = '', password = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return { username, password };
}
