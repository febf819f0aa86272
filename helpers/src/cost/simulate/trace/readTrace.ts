import { requireOneOf } from "../../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import type { TraceRequest } from "../SimulatedLoad.ts";
import { prefixHits } from "./prefixHits.ts";
import { secondsOf } from "./secondsOf.ts";
import { type Line, tableOf } from "./tableOf.ts";

/** Requests of a trace, in the order of arrival, the first at 0 s. */
export interface RequestTrace {
  readonly requests: TraceRequest[];
  /** Seconds from the first to the last arrival. */
  readonly spanS: number;
  /** Which columns were read, and what was left out or put into order. */
  readonly notes: readonly string[];
}

/** How a trace is read. */
export interface TraceReading {
  /** Names of the columns, where they are none of those that are known. */
  readonly columns?: { readonly arrival?: string; readonly prompt?: string; readonly output?: string };
  /** Unit of arrivals that are numbers. Default seconds; ms for a column whose name says so, and where there are `hash_ids`. */
  readonly unit?: "s" | "ms";
  /** What to do with requests without output (BurstGPT's failures) or without a prompt: refuse them (default) or drop them. */
  readonly empty?: "refuse" | "drop";
  /** `unlimited`: of a prompt, the leading blocks of `hash_ids` that came before are in the cache. Default none are. */
  readonly prefixCache?: "none" | "unlimited";
  /** Tokens of a block of `hash_ids`. Default 512, Mooncake's. */
  readonly hashTokens?: number;
}

const known = {
  arrival: [
    "timestamp",
    "arrival",
    "arrivals",
    "arrivaltime",
    "arrivedat",
    "time",
    "timestampms",
    "arrivalms",
    "arrivaltimems",
  ],
  prompt: [
    "contexttokens",
    "requesttokens",
    "prompttokens",
    "inputtokens",
    "inputlength",
    "inputlen",
    "promptlength",
    "promptlen",
    "isl",
    "numprefilltokens",
  ],
  output: [
    "generatedtokens",
    "responsetokens",
    "outputtokens",
    "outputlength",
    "outputlen",
    "osl",
    "numdecodetokens",
    "completiontokens",
  ],
} as const;

/**
 * Reads arrivals and lengths of requests from the text of a CSV file or of JSON lines: Azure's LLM inference traces
 * (`TIMESTAMP,ContextTokens,GeneratedTokens`), BurstGPT (`Timestamp,Model,Request tokens,Response tokens,…`), Mooncake
 * (`timestamp, input_length, output_length, hash_ids`), and tables whose columns are named alike, such as `arrival_s,
 * prompt_tokens, output_tokens`. Names count without case, blanks and underscores.
 *
 * Source: schemas of github.com/Azure/AzurePublicDataset (AzureLLMInferenceDataset2024.md), HPMLL/BurstGPT (README, seconds) and
 * kvcache-ai/Mooncake (FAST25-release; milliseconds, blocks of 512 tokens).
 *
 * @throws RangeError naming line and column of a cell that is no time or no count, or a column that is missing
 * @example
 * import { readTrace } from "isoflop";
 * const { requests } = readTrace("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n2023-11-16 18:15:47.1805900,396,109");
 * requests[1]; // => { arrivalS: 0.5, promptTokens: 396, outputTokens: 109 }
 */
export function readTrace(text: string, reading: TraceReading = {}): RequestTrace {
  requireOptions("readTrace", reading, ["columns", "unit", "empty", "prefixCache", "hashTokens"]);
  const { columns = {}, empty = "refuse", prefixCache = "none", hashTokens = 512 } = reading;
  requireOptions("columns", columns, ["arrival", "prompt", "output"]);
  requireOneOf("empty", empty, ["refuse", "drop"]);
  requireOneOf("prefixCache", prefixCache, ["none", "unlimited"]);
  if (reading.unit !== undefined) requireOneOf("unit", reading.unit, ["s", "ms"]);
  if (typeof text !== "string")
    throw new TypeError(`readTrace needs the text of a file, got ${typeof text}; read it first`);
  const { names, lines } = tableOf(text);
  if (lines.length === 0) throw new RangeError("the trace has a header and no requests; give at least one");
  const arrival = columnOf("arrival", names, columns.arrival);
  const prompt = columnOf("prompt", names, columns.prompt);
  const output = columnOf("output", names, columns.output);
  const hashes = names.indexOf("hash_ids");
  if (prefixCache === "unlimited" && hashes < 0) {
    throw new RangeError(
      'prefixCache "unlimited" needs a column hash_ids; leave it out, or give the policy a prefixHitShare',
    );
  }
  const unit = reading.unit ?? (hashes >= 0 || plain(names[arrival]!).endsWith("ms") ? "ms" : "s");
  const read = lines.map((line) => ({
    line,
    arrivalS: arrivalOf(line, arrival, names, unit),
    promptTokens: countOf(line, prompt, names),
    outputTokens: countOf(line, output, names),
  }));
  const notes = [
    `arrivals from ${names[arrival]} (${unit}), prompts from ${names[prompt]}, outputs from ${names[output]}`,
  ];
  const kept = read.filter((row) => row.promptTokens > 0 && row.outputTokens > 0);
  if (kept.length < read.length) {
    const first = read.find((row) => !kept.includes(row))!.line.number;
    const which = `${read.length - kept.length} of ${read.length} requests have no prompt or no output, the first in line ${first}`;
    if (empty === "refuse") throw new RangeError(`${which}; give empty: "drop" to leave them out`);
    notes.push(`${which}; they are left out`);
  }
  if (kept.length === 0)
    throw new RangeError("no request of the trace has a prompt and an output; mend the file");
  if (kept.some((row, i) => i > 0 && row.arrivalS < kept[i - 1]!.arrivalS)) {
    notes.push("the lines were not in the order of arrival; they are now");
    kept.sort((a, b) => a.arrivalS - b.arrivalS);
  }
  const begin = kept[0]!.arrivalS;
  const hits = prefixCache === "unlimited" ? prefixHits(kept, hashes, hashTokens) : undefined;
  const requests = kept.map(({ arrivalS, promptTokens, outputTokens }, i) => ({
    arrivalS: nanoseconds(arrivalS - begin),
    promptTokens,
    outputTokens,
    ...(hits && { hitTokens: hits[i]! }),
  }));
  return { requests, spanS: requests[requests.length - 1]!.arrivalS, notes };
}

/** Seconds since 1970 have seven digits behind the point; a difference of two of them is no better. */
function nanoseconds(seconds: number): number {
  return Math.round(seconds * 1e7) / 1e7;
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

function columnOf(field: keyof typeof known, names: readonly string[], asked: string | undefined): number {
  if (asked !== undefined) {
    const at = names.indexOf(asked);
    if (at < 0) throw new RangeError(`the trace has no column ${asked}; there are ${names.join(", ")}`);
    return at;
  }
  const found = names.flatMap((name, i) =>
    (known[field] as readonly string[]).includes(plain(name)) ? [i] : [],
  );
  if (found.length === 1) return found[0]!;
  const which =
    found.length === 0 ? "none is known" : `these could be: ${found.map((i) => names[i]).join(", ")}`;
  throw new RangeError(
    `which column of the trace holds the ${field}? ${which}; give columns: { ${field}: NAME } of ${names.join(", ")}`,
  );
}

function arrivalOf(line: Line, at: number, names: readonly string[], unit: "s" | "ms"): number {
  const seconds = secondsOf(line.cells[at], unit === "ms" ? 1e-3 : 1);
  if (Number.isFinite(seconds)) return seconds;
  throw new RangeError(
    `${names[at]} in line ${line.number} must be a number or a time such as 2023-11-16 18:15:46.68, got ${shown(line.cells[at])}; mend the file`,
  );
}

function countOf(line: Line, at: number, names: readonly string[]): number {
  const cell = line.cells[at];
  const count = typeof cell === "string" && cell !== "" ? Number(cell) : cell;
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0 && count < 2 ** 31) return count;
  throw new RangeError(
    `${names[at]} in line ${line.number} must be a whole number >= 0, got ${shown(cell)}; mend the file`,
  );
}

const shown = (cell: unknown) => (cell === undefined ? "nothing" : JSON.stringify(cell));
