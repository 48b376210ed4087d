/** A file that says it is ELF and is not whole. */
export class ElfError extends Error {}
