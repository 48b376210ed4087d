export { type CheckReport, checkImage } from './check-image.ts';
export type { ElfFile } from './elf/elf-file.ts';
export { isElf, readElf } from './elf/read-elf.ts';
export type { KeptReport } from './report/kept-report.ts';
export type { RuleDescription } from './rules/catalogue/rule-description.ts';
export { catalogue, type RuleId } from './rules/catalogue.ts';
export type { Finding, Level } from './rules/finding.ts';
export type { CheckedImage, ImageRule, LayerRule, Rule, ScannedLayer } from './rules/rule.ts';
export type { CheckCache, LayerScan } from './scan/layer-scan.ts';
