export { type CheckReport, checkImage } from './check-image.ts';
export type { ElfFile } from './elf/elf-file.ts';
export { isElf, readElf } from './elf/read-elf.ts';
export type { KeptReport } from './report/kept-report.ts';
export type { Finding, Rule } from './rules/rule.ts';
export type { CheckCache, LayerScan } from './scan/layer-scan.ts';
