/** At the cursor, just before it, and, inside the parentheses of a call, what is called. */
export function placesToInspect(code: string, cursor: number): number[] {
  const callee = /[\p{ID_Continue}$]\s*\([^()]*$/u.exec(code.slice(0, cursor));
  return [cursor, cursor - 1, ...(callee ? [callee.index] : [])].filter((at) => at >= 0);
}

/** The word around an offset; empty where there is none. */
export function wordAt(code: string, offset: number): string {
  const before = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, offset))?.[0] ?? "";
  return before + (/^[\p{ID_Continue}$]*/u.exec(code.slice(offset))?.[0] ?? "");
}
