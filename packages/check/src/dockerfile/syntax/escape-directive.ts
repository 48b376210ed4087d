const directive = /^#[ \t]*(?<name>[a-zA-Z][a-zA-Z0-9]*)[ \t]*=[ \t]*(?<value>.+?)[ \t]*$/;

/**
 * The character that continues a line. Directives stand above everything else, comments included.
 * https://docs.docker.com/reference/dockerfile/#parser-directives
 */
export function escapeCharacter(lines: readonly string[]): string {
  for (const line of lines) {
    const found = directive.exec(line.slice(0, 1000).trimStart())?.groups;
    if (!found) return '\\';
    if (found.name?.toLowerCase() === 'escape') return found.value === '`' ? '`' : '\\';
  }
  return '\\';
}
