import { pathToFileURL } from "node:url";
import type { DebuggedCells } from "./debuggedCells.ts";
import type { InspectorClient } from "./inspectorClient.ts";

/** A breakpoint as a front end asks for it: a line of a cell, and when to stop there. */
export interface Breakpoint {
  line: number;
  condition?: string;
}

/** The breakpoints of all cells: what was asked for, which outlives an executor, and what V8 has of it. */
export class Breakpoints {
  readonly #inspector: InspectorClient;
  readonly #cells: DebuggedCells;
  readonly #wanted = new Map<string, Breakpoint[]>();
  readonly #installed = new Map<string, string[]>();

  constructor(inspector: InspectorClient, cells: DebuggedCells) {
    this.#inspector = inspector;
    this.#cells = cells;
  }

  list(): { source: string; breakpoints: Breakpoint[] }[] {
    return [...this.#wanted].map(([source, breakpoints]) => ({ source, breakpoints }));
  }

  /** Notes what a cell's breakpoints shall be, in place of those before. */
  want(path: string, breakpoints: Breakpoint[]): void {
    if (breakpoints.length > 0) this.#wanted.set(path, breakpoints);
    else this.#wanted.delete(path);
  }

  /** Puts a cell's breakpoints into V8; says of each whether its line has code. */
  async install(path: string): Promise<boolean[]> {
    for (const breakpointId of this.#installed.get(path) ?? []) {
      await this.#inspector.post("Debugger.removeBreakpoint", { breakpointId });
    }
    const ids: string[] = [];
    const placed: boolean[] = [];
    for (const { line, condition } of this.#wanted.get(path) ?? []) {
      const at = this.#cells.toGenerated(path, line);
      placed.push(at !== undefined);
      if (!at) continue;
      const request = { url: pathToFileURL(path).href, ...at, ...(condition ? { condition } : {}) };
      const { breakpointId } = await this.#inspector.post<{ breakpointId: string }>(
        "Debugger.setBreakpointByUrl",
        request,
      );
      ids.push(breakpointId);
    }
    this.#installed.set(path, ids);
    return placed;
  }

  /** A new executor has none of them. */
  async installAll(): Promise<void> {
    for (const path of this.#wanted.keys()) await this.install(path);
  }

  forgetInstalled(): void {
    this.#installed.clear();
  }

  clear(): void {
    this.#wanted.clear();
    this.#installed.clear();
  }
}
