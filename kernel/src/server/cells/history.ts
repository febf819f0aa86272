import type { Content } from "../../protocol/message.ts";

interface Entry {
  line: number;
  input: string;
  output: string | null;
}

/** The inputs of this session, for `history_request`; session 0 and session 1 both mean this one. */
export class History {
  readonly #entries: Entry[] = [];

  add(line: number, input: string): void {
    this.#entries.push({ line, input, output: null });
  }

  setOutput(line: number, output: string): void {
    const entry = this.#entries.findLast((each) => each.line === line);
    if (entry) entry.output = output;
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
        const pattern = globToRegExp(String(request.pattern ?? "*"));
        let found = this.#entries.filter(({ input }) => pattern.test(input));
        if (request.unique === true) {
          found = found.filter(
            (each, at) => !found.slice(at + 1).some((later) => later.input === each.input),
          );
        }
        return found.slice(-(asCount(request.n) ?? found.length));
      }
      default:
        return [];
    }
  }
}

function asCount(value: unknown): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined;
}

function globToRegExp(glob: string): RegExp {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${pattern}$`, "s");
}
