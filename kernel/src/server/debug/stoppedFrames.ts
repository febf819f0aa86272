import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { DebuggedCells } from "./debuggedCells.ts";
import type { RemoteObject } from "./remoteObject.ts";

interface Location {
  lineNumber: number;
  columnNumber?: number;
}

/** A call, as V8's inspector tells of it when code is stopped. */
export interface CallFrame {
  callFrameId: string;
  functionName: string;
  functionLocation?: Location;
  url: string;
  location: Location;
  scopeChain: { type: string; object: RemoteObject }[];
  this: RemoteObject;
}

interface DapFrame {
  id: number;
  name: string;
  line: number;
  column: number;
  source: { name: string; path: string };
}

/** Never stop in Node's or the kernel's own code. */
export const blackbox = ["^node:", new URL("../../session/", import.meta.url).href, "/node_modules/"];

export const isUsers = (frame: CallFrame | undefined) =>
  frame !== undefined && !blackbox.some((each) => new RegExp(each).test(frame.url));

/** A cell runs as a function in parentheses; all that it holds begins further on. */
const isWholeCell = (begin?: Location) => begin?.lineNumber === 0 && begin.columnNumber === 1;

/** The calls that code is stopped in, the innermost first, and the numbers they have in the debug adapter protocol. */
export class StoppedFrames {
  readonly #cells: DebuggedCells;
  #frames: CallFrame[] = [];
  #round = 0;

  constructor(cells: DebuggedCells) {
    this.#cells = cells;
  }

  get isStopped(): boolean {
    return this.#frames.length > 0;
  }

  stop(frames: readonly CallFrame[]): void {
    this.#frames = frames.filter(isUsers);
    this.#round = 0;
  }

  resume(): void {
    this.#frames = [];
  }

  /** An evaluation may change what frames hold, and JupyterLab asks again only about frames with new numbers. */
  renumber(): void {
    this.#round++;
  }

  get(id: number): CallFrame {
    const isGiven = id >= 1 && id <= (this.#round + 1) * this.#frames.length;
    const frame = isGiven ? this.#frames[(id - 1) % this.#frames.length] : undefined;
    if (!frame) throw new Error(`there is no frame ${id}: nothing is stopped there`);
    return frame;
  }

  list(): { stackFrames: DapFrame[]; totalFrames: number } {
    const stackFrames = this.#frames.map(({ functionName, functionLocation, url, location }, index) => {
      const path = url.startsWith("file:") ? fileURLToPath(url) : url; // V8's inspector speaks in URLs
      const { line, column } = this.#cells.toOriginal(path, location.lineNumber, location.columnNumber ?? 0);
      const name = isWholeCell(functionLocation) ? "<cell>" : functionName || "<anonymous>";
      const id = this.#round * this.#frames.length + index + 1; // JupyterLab takes 0 for no frame at all
      return { id, name, line, column, source: { name: basename(path), path } };
    });
    return { stackFrames, totalFrames: stackFrames.length };
  }
}
