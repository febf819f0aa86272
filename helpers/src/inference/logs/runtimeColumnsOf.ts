import { unitsInSecond } from "./secondsOf.ts";

/** A column of a table of requests. */
export interface RuntimeColumn {
  readonly column: string;
  /** How many of the column's unit make a second; 1 of tokens. */
  readonly divisor: number;
}

/** Where the requests of a table stand, and what was taken for granted. */
export interface RuntimeTableColumns {
  readonly promptTokens: RuntimeColumn;
  readonly outputTokens: RuntimeColumn;
  /** The whole request; absent where first token and time per token give it. */
  readonly runtimeS?: RuntimeColumn;
  readonly ttftS?: RuntimeColumn;
  readonly tpotS?: RuntimeColumn;
  readonly notes: readonly string[];
}

// Compared without case, punctuation and unit; the first is the one to recommend.
const names = {
  promptTokens: [
    [
      "prompttokens",
      "inputtokens",
      "promptlen",
      "inputlen",
      "promptlength",
      "inputlength",
      "prompt",
      "input",
    ],
    ["isl", "inputsequencelength", "numprompttokens", "numinputtokens", "nprompttokens", "ninputtokens"],
  ].flat(),
  outputTokens: [
    ["outputtokens", "generatedtokens", "completiontokens", "outputlen", "outputlength", "output", "osl"],
    ["outputsequencelength", "numoutputtokens", "numgeneratedtokens", "noutputtokens", "decodetokens"],
  ].flat(),
  runtimeS: [
    ["runtime", "latency", "time", "e2el", "e2e", "e2elatency", "e2etime", "requestlatency", "totallatency"],
    ["endtoendlatency", "totaltime", "elapsed", "elapsedtime", "duration", ""],
  ].flat(),
  ttftS: ["ttft", "timetofirsttoken", "firsttokenlatency", "prefilllatency", "prefilltime"],
  tpotS: ["tpot", "timeperoutputtoken", "itl", "intertokenlatency"],
} as const;

const shown = {
  promptTokens: "prompt_tokens (or input_tokens, prompt_len, input_len, isl, prompt)",
  outputTokens: "output_tokens (or generated_tokens, completion_tokens, output_len, osl, output)",
  runtimeS: "runtime_s (or latency_ms, e2el, e2e_latency, seconds, duration; or both ttft and tpot)",
};

/**
 * Finds the columns of measured requests in the header of a table, under the names that benchmarks give them. A time's unit
 * is read off its name (`latency_ms`, `e2el (us)`, `runtime_s`); without one it is taken as seconds, which is noted.
 *
 * @throws RangeError where a column is missing, or where two may be the same: which is meant is for their owner to say
 * @example
 * import { runtimeColumnsOf } from "isoflop";
 * const { runtimeS, notes } = runtimeColumnsOf(["model", "input_len", "output_len", "latency_ms"]);
 * runtimeS; // => { column: "latency_ms", divisor: 1000 }
 * notes.length; // => 0
 */
export function runtimeColumnsOf(header: readonly string[]): RuntimeTableColumns {
  const promptTokens = countColumn(header, "promptTokens");
  const outputTokens = countColumn(header, "outputTokens");
  const notes: string[] = [];
  const time = (field: "runtimeS" | "ttftS" | "tpotS") => timeColumn(header, field, notes);
  const [runtimeS, ttftS, tpotS] = [time("runtimeS"), time("ttftS"), time("tpotS")];
  if (promptTokens === undefined) throw missing(header, shown.promptTokens);
  if (outputTokens === undefined) throw missing(header, shown.outputTokens);
  if (runtimeS === undefined && (ttftS === undefined || tpotS === undefined)) {
    throw missing(header, shown.runtimeS);
  }
  return {
    promptTokens,
    outputTokens,
    ...(runtimeS && { runtimeS }),
    ...(ttftS && { ttftS }),
    ...(tpotS && { tpotS }),
    notes,
  };
}

function countColumn(
  header: readonly string[],
  field: "promptTokens" | "outputTokens",
): RuntimeColumn | undefined {
  const found = header.filter((column) => (names[field] as readonly string[]).includes(plain(column)));
  const column = onlyOne(found, field === "promptTokens" ? "the prompt's tokens" : "the output's tokens");
  return column === undefined ? undefined : { column, divisor: 1 };
}

function timeColumn(
  header: readonly string[],
  field: "runtimeS" | "ttftS" | "tpotS",
  notes: string[],
): RuntimeColumn | undefined {
  const known: readonly string[] = names[field];
  const found = header.flatMap((column) => {
    const { base, unit } = timed(column);
    if (!known.includes(base) || (base === "" && unit === undefined)) return [];
    return [{ column, unit }];
  });
  const what = {
    runtimeS: "the runtime",
    ttftS: "the time to first token",
    tpotS: "the time per output token",
  };
  const column = onlyOne(
    found.map((one) => one.column),
    what[field],
  );
  if (column === undefined) return undefined;
  const unit = found.find((one) => one.column === column)!.unit;
  if (unit === undefined) notes.push(`column ${column} names no unit; its values are taken as seconds`);
  return { column, divisor: unit === undefined ? 1 : unitsInSecond(unit)! };
}

function onlyOne(found: readonly string[], what: string): string | undefined {
  const [first, second] = new Set(found);
  if (second === undefined) return first;
  throw new RangeError(`the columns ${first} and ${second} may both be ${what}; drop one`);
}

function missing(header: readonly string[], wanted: string): RangeError {
  const list = header.length > 20 ? `${header.slice(0, 20).join(", ")}, …` : header.join(", ");
  return new RangeError(`there is no column ${wanted}; it has ${list}`);
}

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** A column's name without its unit, and the unit: `e2el_ms`, `latency (us)`, `runtimeS`, `seconds`. */
function timed(column: string): { base: string; unit: string | undefined } {
  const trimmed = column.trim();
  const parts =
    /^(.*?)[\s_.([\]/-]+([a-zµμ]+)[)\]]?$/i.exec(trimmed) ?? /^(.*[a-z])(S|Ms|Us|Ns)$/.exec(trimmed);
  if (parts && unitsInSecond(parts[2]!) !== undefined) return { base: plain(parts[1]!), unit: parts[2]! };
  if (unitsInSecond(trimmed) !== undefined) return { base: "", unit: trimmed };
  return { base: plain(trimmed), unit: undefined };
}
