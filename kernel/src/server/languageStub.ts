export interface CellDiagnostic {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  code: number;
  message: string;
  severity: "error" | "warning";
}

export interface Language {
  check(code: string): Promise<CellDiagnostic[]>;
  commit(code: string): void;
  reset(): void;
  complete(
    code: string,
    cursor: number,
  ): Promise<{
    matches: string[];
    cursorStart: number;
    cursorEnd: number;
    metadata: Record<string, unknown>;
  }>;
  inspect(
    code: string,
    cursor: number,
    detailLevel: 0 | 1,
  ): Promise<{ found: boolean; data: Record<string, string> }>;
  isComplete(code: string): { status: "complete" | "incomplete" | "invalid" | "unknown"; indent?: string };
  dispose(): Promise<void>;
}

/** Stands in until the language lands. */
export function startLanguage(_: { cwd: string }): Language {
  return {
    check: async () => [],
    commit() {},
    reset() {},
    complete: async (_code, cursor) => ({
      matches: [],
      cursorStart: cursor,
      cursorEnd: cursor,
      metadata: {},
    }),
    inspect: async () => ({ found: false, data: {} }),
    isComplete: () => ({ status: "unknown" }),
    dispose: async () => {},
  };
}
