/** Files that an import may mean. */
export function isSourceName(name: string): boolean {
  return /\.(?:[cm]?[jt]sx?|json)$/.test(name) && !isEditors(name);
}

/** Folders that may hold source. */
export function isSourceFolder(name: string): boolean {
  return name !== 'node_modules' && !name.startsWith('.');
}

/** What editors put beside a file while it is open or being saved, and what builds themselves put there. */
export function isPassing(name: string): boolean {
  return isEditors(name) || name.startsWith('.catamaran');
}

/** Emacs, Vim (4913 is how it tries whether it may write), JetBrains' editors, and who writes beside and renames. */
function isEditors(name: string): boolean {
  return /^\.#|^#.*#$|~$|^4913$|\.sw[a-p]x?$|___jb_(?:tmp|old)___$|\.tmp$/.test(name);
}
