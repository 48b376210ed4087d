/** As BuildKit normalises them. https://github.com/containerd/platforms */
const sameArchitecture: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
};

/** `linux/arm64/v8` and `arm64` are `linux/arm64`; undefined for what is no platform. */
export function platformText(text: string): string | undefined {
  const parts = text.toLowerCase().split('/');
  const [os = '', architecture = '', variant, ...more] = parts.length === 1 ? ['linux', ...parts] : parts;
  if (more.length > 0 || !/^[a-z0-9_.-]+$/.test(os) || !/^[a-z0-9_-]+$/.test(architecture)) return undefined;
  if (parts.length === 1 && ['linux', 'windows', 'darwin'].includes(architecture)) return undefined;
  const known = sameArchitecture[architecture] ?? architecture;
  const isDefault = variant === undefined || (known === 'arm64' && variant === 'v8');
  return isDefault ? `${os}/${known}` : `${os}/${known}/${variant}`;
}

export function architectureOf(platform: string): string {
  return platform.split('/')[1] ?? '';
}

/** Whether a builder of one platform runs programs of another without emulating a CPU. */
export function runsNatively(platform: string, builder: string): boolean {
  const [os, architecture] = platform.split('/');
  const [builderOs, builderArchitecture] = builder.split('/');
  if (os !== builderOs) return false;
  if (architecture === builderArchitecture) return true;
  return (
    (architecture === '386' && builderArchitecture === 'amd64') ||
    (architecture === 'arm' && builderArchitecture === 'arm64')
  );
}
