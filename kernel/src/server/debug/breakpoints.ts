import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import type { DebuggedCells } from "./debuggedCells.ts";
import type { InspectorClient } from "./inspectorClient.ts";

/** A breakpoint as a front end asks for it: a line of a cell, and when to stop there. */
export interface Breakpoint {
  line: number;
  condition?: string;
}

/** What V8 has at a place of a cell's code. */
interface Installed {
  breakpointId: string;
  condition: string;
}

/** The breakpoints of all cells: what was asked for, which outlives an executor, and what V8 has of it. */
export class Breakpoints {
  readonly #inspector: InspectorClient;
  readonly #cells: DebuggedCells;
  readonly #wanted = new Map<string, Breakpoint[]>();
  readonly #installed = new Map<string, Map<string, Installed>>();
  #last: Promise<unknown> = Promise.resolve();

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

  /**
   * Puts a cell's breakpoints into V8; says of each whether its line has code, or why it cannot be one. What stays is not
   * touched: code that runs meanwhile would pass it. One request after the other: two would set the same breakpoint twice.
   */
  install(path: string): Promise<(boolean | string)[]> {
    const placed = this.#last.then(() => this.#install(path));
    this.#last = placed.catch(() => {}); // whoever asked is told
    return placed;
  }

  async #install(path: string): Promise<(boolean | string)[]> {
    const installed = this.#installed.get(path) ?? new Map<string, Installed>();
    this.#installed.set(path, installed);
    const kept = new Set<string>();
    const placed: (boolean | string)[] = [];
    for (const { line, condition = "" } of this.#wanted.get(path) ?? []) {
      const fault = conditionFault(condition);
      const at = fault === undefined ? this.#cells.toGenerated(path, line) : undefined;
      placed.push(fault ?? at !== undefined);
      if (!at) continue;
      const place = `${at.lineNumber}:${at.columnNumber}`;
      if (kept.has(place)) continue; // two lines of a cell can be one of the code
      kept.add(place);
      if (installed.get(place)?.condition === condition) continue;
      await this.#remove(installed, place); // V8 takes one a place
      const request = { url: pathToFileURL(path).href, ...at, ...(condition ? { condition } : {}) };
      const { breakpointId } = await this.#inspector.post<{ breakpointId: string }>(
        "Debugger.setBreakpointByUrl",
        request,
      );
      installed.set(place, { breakpointId, condition });
    }
    for (const place of [...installed.keys()]) if (!kept.has(place)) await this.#remove(installed, place);
    return placed;
  }

  async #remove(installed: Map<string, Installed>, place: string): Promise<void> {
    const known = installed.get(place);
    if (!known) return;
    await this.#inspector.post("Debugger.removeBreakpoint", { breakpointId: known.breakpointId });
    installed.delete(place);
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

/** V8 passes over a breakpoint whose condition it cannot read, and says nothing. */
function conditionFault(condition: string | undefined): string | undefined {
  // Some words are code only where the breakpoint is.
  if (!condition || /#|\bsuper\b|\bnew\.target\b/.test(condition)) return undefined;
  try {
    new Script(condition);
    return undefined;
  } catch (error) {
    return `the condition is no JavaScript: ${(error as Error).message}`;
  }
}

/** The path that a request names its cell by. */
export function pathOf({ source }: Record<string, unknown>): string {
  const { path } = (source ?? {}) as { path?: unknown };
  if (typeof path === "string") return path;
  throw new Error("the request names no cell; it needs source.path, which dumpCell gives");
}

/** The breakpoints that a request asks for. They are kept for later executors, so what is none of them must not come in. */
export function breakpointsOf({ breakpoints = [] }: Record<string, unknown>): Breakpoint[] {
  const list = Array.isArray(breakpoints) ? breakpoints : [breakpoints];
  const isBreakpoint = ({ line, condition = "" }: Record<string, unknown>) =>
    Number.isInteger(line) && typeof condition === "string";
  const wrong = list.find((each) => !isBreakpoint((each ?? {}) as Record<string, unknown>));
  if (wrong === undefined) return list as Breakpoint[];
  throw new Error(
    `a breakpoint needs a line, a whole number, and may have a condition, got ${JSON.stringify(wrong)}`,
  );
}
