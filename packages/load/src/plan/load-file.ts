import { type Document, isAlias, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { loadErrors } from '../errors.ts';

/** A parsed YAML document that still knows where everything stood. */
export interface LoadFile {
  readonly document: Document;
  /** `load.yml:12`, for the position of a node. */
  where(node: Node | undefined): string;
  /** The node that an alias (`*name`) stands for, or the node itself. */
  resolve(node: Node | undefined): Node | undefined;
}

/** @throws CATA_LOAD_FILE_SYNTAX, CATA_LOAD_FILE_EMPTY */
export function readLoadFile(text: string, path: string): LoadFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const where = (offset = 0) => `${path}:${lines.linePos(offset).line || 1}`;
  const [problem] = document.errors;
  if (problem) {
    const details = { where: where(problem.pos[0]), reason: problem.message };
    throw loadErrors.CATA_LOAD_FILE_SYNTAX(details, { cause: problem });
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    throw loadErrors.CATA_LOAD_FILE_EMPTY({ path });
  }
  return {
    document,
    where: (node) => where(node?.range?.[0]),
    resolve(node) {
      if (!isAlias(node)) return node;
      const anchored = node.resolve(document);
      if (anchored) return anchored;
      const reason = `the alias "*${node.source}" names nothing that stands before it.`;
      throw loadErrors.CATA_LOAD_FILE_SYNTAX({ where: where(node.range?.[0]), reason });
    },
  };
}
