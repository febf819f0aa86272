import type { Content } from "../../protocol/message.ts";
import { fitsGlob, type Glob, longestSearch, parseGlob } from "./glob.ts";

interface Entry {
  line: number;
  input: string;
  output: string | null;
}

/** Characters kept; the oldest cells are forgotten beyond it. */
const longestHistory = 32 * 2 ** 20;
const longestPattern = 10_000;

/** The inputs of this session, for `history_request`; session 0 and session 1 both mean this one. */
export class History {
  readonly #entries: Entry[] = [];
  #length = 0;

  add(line: number, input: string): void {
    this.#entries.push({ line, input, output: null });
    this.#length += input.length;
    this.#forget();
  }

  setOutput(line: number, output: string): void {
    const entry = this.#entries.findLast((each) => each.line === line);
    if (!entry) return;
    this.#length += output.length - (entry.output ?? "").length;
    entry.output = output;
    this.#forget();
  }

  #forget(): void {
    while (this.#length > longestHistory && this.#entries.length > 1) {
      const { input, output } = this.#entries.shift() as Entry;
      this.#length -= input.length + (output ?? "").length;
    }
  }

  answer(request: Content): Content {
    const withOutput = request.output === true;
    const history = this.#select(request).map(({ line, input, output }) =>
      withOutput ? [1, line, [input, output]] : [1, line, input],
    );
    return { status: "ok", history };
  }

  #select(request: Content): Entry[] {
    switch (request.hist_access_type) {
      case "tail":
        return this.#entries.slice(-(asCount(request.n) ?? this.#entries.length));
      case "range": {
        if (request.session !== 0 && request.session !== 1 && request.session !== undefined) return [];
        const start = asCount(request.start) ?? 0;
        const stop = asCount(request.stop) ?? Number.POSITIVE_INFINITY;
        return this.#entries.filter(({ line }) => line >= start && line < stop);
      }
      case "search": {
        const found = this.#search(typeof request.pattern === "string" ? request.pattern : "*");
        const entries = request.unique === true ? latestOfEqual(found) : found;
        return entries.slice(-(asCount(request.n) ?? entries.length));
      }
      default:
        return [];
    }
  }

  #search(pattern: string): Entry[] {
    if (pattern.length > longestPattern) {
      throw new RangeError(
        `the pattern of a history search may be ${longestPattern} characters long, got ${pattern.length}`,
      );
    }
    const glob: Glob = parseGlob(pattern);
    const effort = { left: longestSearch };
    try {
      return this.#entries.filter(({ input }) => fitsGlob(glob, input, effort));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RangeError(
        `the search for ${JSON.stringify(pattern.slice(0, 80))} was given up after ${longestSearch} steps; use fewer * in the pattern`,
      );
    }
  }
}

function latestOfEqual(entries: readonly Entry[]): Entry[] {
  const latest = new Map(entries.map((each) => [each.input, each]));
  return entries.filter((each) => latest.get(each.input) === each);
}

function asCount(value: unknown): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined;
}
