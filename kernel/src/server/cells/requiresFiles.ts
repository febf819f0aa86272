import { isBuiltin } from "node:module";

const call = /\brequire\s*\(\s*(["'])([^"'\n]*)\1\s*\)/g;

/**
 * Whether a text's `require` may be asked for more than Node's own modules. Then the session first loads what compiles
 * local files; a cell that only requires `fs` waits for nothing, and runs where an earlier one broke that loading.
 */
export function requiresFiles(source: string): boolean {
  const others = source.replace(call, (found, _, specifier: string) => (isBuiltin(specifier) ? "" : found));
  return /\brequire\b/.test(others);
}
