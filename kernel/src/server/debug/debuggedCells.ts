import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { readMagics } from "../../language/magics/readMagics.ts";
import { compileSource } from "../../session/compile/compileSource.ts";
import type { EditedText } from "../../session/maps/EditedText.ts";
import { mapOfEdits } from "../../session/maps/mapOfEdits.ts";
import { TracedMap } from "../../session/maps/TracedMap.ts";
import { murmur2 } from "./murmur2.ts";

const seed = 0xc70f6907;
const suffix = ".ts";

interface DebuggedCell {
  source: string;
  /** From generated code to TypeScript, one map a step; empty where the cell cannot be read. */
  maps: TracedMap[];
}

/** The cells a debugger knows: each has a path made from its text, as the front end computes it too. */
export class DebuggedCells {
  /** JupyterLab shows "Cell [2]" in place of paths that have the name of Python's kernel in them, and of no others. */
  readonly prefix = join(tmpdir(), `isoflop_ipykernel_${process.pid}`) + sep;
  /** VS Code leaves out the empty lines that a cell begins with, as Python's kernel drops them. */
  countsFromFirstCode = false;
  readonly #cells = new Map<string, DebuggedCell>();

  /** What `debugInfo` says about the names. */
  get naming(): object {
    return { hashMethod: "Murmur2", hashSeed: seed, tmpFilePrefix: this.prefix, tmpFileSuffix: suffix };
  }

  pathOf(source: string): string {
    return `${this.prefix}${murmur2(source, seed)}${suffix}`;
  }

  /** Makes a cell known; its path. */
  add(source: string): string {
    const path = this.pathOf(source);
    if (!this.#cells.has(path))
      this.#cells.set(path, { source, maps: mapsOf(path, readMagics(source).edited) });
    return path;
  }

  sourceOf(path: string): string | undefined {
    return this.#cells.get(path)?.source;
  }

  /** Where code of a TypeScript line starts in what V8 runs (0-based), or undefined where there is none. */
  toGenerated(path: string, line: number): { lineNumber: number; columnNumber: number } | undefined {
    const cell = this.#cells.get(path);
    if (!cell || cell.maps.length === 0 || line < 1) return undefined;
    let at = { line: line + this.#uncounted(cell), column: 0 };
    for (const map of cell.maps.toReversed()) {
      const found = map.toGenerated(at);
      if (!found) return undefined;
      at = found;
    }
    return { lineNumber: at.line - 1, columnNumber: at.column };
  }

  /** The TypeScript position (1-based) of a position in what V8 runs (0-based). */
  toOriginal(path: string, lineNumber: number, columnNumber: number): { line: number; column: number } {
    let at = { line: lineNumber + 1, column: columnNumber };
    for (const map of this.#cells.get(path)?.maps ?? []) {
      const found = map.toOriginal(at);
      if (!found) break;
      at = found;
    }
    return { line: at.line - this.#uncounted(this.#cells.get(path)), column: at.column + 1 };
  }

  #uncounted(cell: DebuggedCell | undefined): number {
    if (!cell || !this.countsFromFirstCode) return 0;
    return Math.max(
      0,
      cell.source.split("\n").findIndex((line) => line.trim() !== ""),
    );
  }
}

function mapsOf(path: string, edited: EditedText): TracedMap[] {
  try {
    const written = mapOfEdits(edited);
    const maps = [...compileSource(path, edited.text).maps, ...(written ? [written] : [])];
    return maps.map((map) => new TracedMap(map));
  } catch {
    return [];
  }
}
