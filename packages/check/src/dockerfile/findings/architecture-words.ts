/** Architectures by the words that people write for them in addresses and names of files. */
const words: Readonly<Record<string, readonly string[]>> = {
  amd64: ['amd64', 'x86_64', 'x86-64', 'x64', '64bit', 'linux64'],
  arm64: ['arm64', 'aarch64', 'arm64v8', 'armv8'],
  arm: ['armhf', 'armv7', 'armv7l', 'armv7hf', 'arm32v7', 'armel'],
  '386': ['i386', 'i486', 'i586', 'i686'],
  riscv64: ['riscv64', 'riscv64gc'],
  ppc64le: ['ppc64le', 'powerpc64le', 'ppc64el'],
  s390x: ['s390x'],
};

const architectureByWord = new Map(
  Object.entries(words).flatMap(([architecture, all]) => all.map((word) => [word, architecture] as const)),
);

const anyWord = new RegExp(
  `(?<![a-z0-9])(${[...architectureByWord.keys()].sort((a, b) => b.length - a.length).join('|')})(?![a-z0-9])`,
  'gi',
);

export interface ArchitectureWord {
  readonly word: string;
  readonly architecture: string;
}

/** The architectures that a text names, in their order. */
export function architectureWords(text: string): ArchitectureWord[] {
  return [...text.matchAll(anyWord)].flatMap(([word]) => {
    const architecture = architectureByWord.get(word.toLowerCase());
    return architecture ? [{ word, architecture }] : [];
  });
}

/** A script that looks at what it is for, or knows more than one architecture, chooses among them. */
export function choosesArchitecture(script: string): boolean {
  if (/\b(TARGET(ARCH|PLATFORM|VARIANT)|BUILDARCH|BUILDPLATFORM)\b/.test(script)) return true;
  if (
    /\buname\s+-[a-z]*m|--print-architecture|\barch\)|`arch`|--print-arch\b|\bxx-(info|[a-z]+)\b/.test(script)
  )
    return true;
  return new Set(architectureWords(script).map(({ architecture }) => architecture)).size > 1;
}

/** How a word for amd64 or arm64 is written from TARGETARCH in a shell; undefined when there is no short way. */
export function fromTargetArch(word: string): string | undefined {
  const lower = word.toLowerCase();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as it is written in Dockerfiles.
  if (lower === 'amd64' || lower === 'arm64') return '${TARGETARCH}';
  if (lower === 'x64') return '$([ "$TARGETARCH" = amd64 ] && echo x64 || echo "$TARGETARCH")';
  if (lower === 'x86_64' || lower === 'aarch64') {
    return '$([ "$TARGETARCH" = arm64 ] && echo aarch64 || echo x86_64)';
  }
  return undefined;
}
