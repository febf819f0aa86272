import {
  GREATEST_LOWER_BOUND,
  generatedPositionFor,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  type SourceMapInput,
  TraceMap,
} from "@jridgewell/trace-mapping";
import { type At, type Piece, toSource, toText } from "./pieces.ts";

/** One step of the way between the code that runs and what was written: a source map, or the pieces of a text. */
export class TracedMap {
  readonly #map: TraceMap | undefined;
  readonly #pieces: readonly Piece[] = [];

  /** @param map - a source map; or, as JSON, an array of pieces */
  constructor(map: SourceMapInput) {
    if (typeof map === "string" && map.startsWith("[")) this.#pieces = JSON.parse(map) as Piece[];
    else this.#map = new TraceMap(map);
  }

  toOriginal(at: At): At | undefined {
    if (!this.#map) return toSource(this.#pieces, at);
    let found = originalPositionFor(this.#map, at);
    if (found.line === null) found = originalPositionFor(this.#map, { ...at, bias: LEAST_UPPER_BOUND });
    return found.line === null ? undefined : { line: found.line, column: found.column };
  }

  toGenerated(at: At): At | undefined {
    if (!this.#map) return toText(this.#pieces, at);
    const ask = { ...at, source: this.#map.sources[0] ?? "" };
    let found = generatedPositionFor(this.#map, { ...ask, bias: LEAST_UPPER_BOUND });
    if (found.line === null) found = generatedPositionFor(this.#map, { ...ask, bias: GREATEST_LOWER_BOUND });
    return found.line === null ? undefined : { line: found.line, column: found.column };
  }
}
