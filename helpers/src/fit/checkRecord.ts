import { version } from "../version.ts";

/** Text that JSON cannot hold as a number, and the deepest record that a fit writes (a loss in losses) with room. */
const infinities = new Set<unknown>(["Infinity", "-Infinity"]);
const deepest = 40;
/** The versions whose records are these. */
const readable: ReadonlySet<unknown> = new Set(["0.1.0", version]);

/** What must hold of a value, in words; it throws, or it returns. */
type Check = (value: unknown, place: string) => void;
type Parts = Readonly<Record<string, unknown>>;

export function refuse(why: string): never {
  throw new RangeError(`the saved fit cannot be trusted: ${why}; fit the runs again`);
}

/**
 * Whether every field of a saved fit is of its type and in its domain, as far as that can be told without its law: a
 * field that is missing, of another type or unknown is named with its value and what it must be. Nothing here trusts
 * the value before it has been looked at.
 *
 * @throws RangeError naming the field
 */
export function checkRecord(record: Parts): void {
  checkDepth(record);
  if (!readable.has(record.version)) {
    throw new RangeError(
      `the fit was saved by isoflop ${shown(record.version)}, which version ${version} does not know; update isoflop, or fit again`,
    );
  }
  checkFields(record, "", recordFields, [...recordFields.keys()]);
}

const numberCheck =
  (wanted: string, holds: (value: number) => boolean): Check =>
  (value, place) => {
    if (typeof value !== "number" || !holds(value)) fail(place, wanted, value);
  };
const finite = numberCheck("a finite number", Number.isFinite);
const positive = numberCheck("a finite number > 0", (value) => value > 0 && value < Infinity);
const whole = (least: number) =>
  numberCheck(`a whole number >= ${least}`, (value) => Number.isSafeInteger(value) && value >= least);

/** A number as JSON has it: infinities (and, where a search found no value, NaN) as text. */
const extended =
  (...texts: string[]): Check =>
  (value, place) => {
    if (!Number.isFinite(value) && !infinities.has(value) && !texts.includes(value as string)) {
      fail(place, `a number, or one of ${["Infinity", "-Infinity", ...texts].join(", ")} as text`, value);
    }
  };
const text: Check = (value, place) => {
  if (typeof value !== "string") fail(place, "text", value);
};
const hash: Check = (value, place) => {
  if (typeof value !== "string" || !/^[0-9a-f]{14}$/.test(value)) fail(place, "14 hexadecimal digits", value);
};
const truth: Check = (value, place) => {
  if (typeof value !== "boolean") fail(place, "true or false", value);
};
const word =
  (...words: string[]): Check =>
  (value, place) => {
    if (!words.includes(value as string)) {
      fail(place, `${words.length > 1 ? "one of " : ""}${words.map((one) => `"${one}"`).join(", ")}`, value);
    }
  };
const list =
  (check: Check): Check =>
  (value, place) => {
    if (!Array.isArray(value)) return fail(place, "a list", value);
    for (let k = 0; k < value.length; k++) check(value[k], `${place}[${k}]`);
  };

/** A list of plain numbers, without a place's name for each: there may be millions. */
const numbers =
  (wanted: string, holds: (value: number) => boolean): Check =>
  (value, place) => {
    if (!Array.isArray(value)) return fail(place, "a list of numbers", value);
    for (let k = 0; k < value.length; k++) {
      if (typeof value[k] !== "number" || !Number.isFinite(value[k]) || !holds(value[k])) {
        fail(`${place}[${k}]`, wanted, value[k]);
      }
    }
  };

/** Values by the names of parameters; which names there are is for the law to say. */
const byName =
  (check: Check): Check =>
  (value, place) => {
    for (const [name, part] of Object.entries(partsOf(value, place))) {
      if (part !== undefined) check(part, `${place}.${name}`);
    }
  };
const fields =
  (checks: Readonly<Record<string, Check>>, ...optional: string[]): Check =>
  (value, place) => {
    const known = new Map(Object.entries(checks));
    const needed = [...known.keys()].filter((name) => !optional.includes(name));
    checkFields(partsOf(value, place), place, known, needed);
  };

const bounds: Check = (value, place) => {
  if (!Array.isArray(value) || value.length !== 2) return fail(place, "a pair [low, high]", value);
  for (const end of value) extended()(end, place);
  if (!(Number(value[0]) <= Number(value[1]))) fail(place, "a pair [low, high] with low <= high", value);
};

const losses: Readonly<Record<string, Check>> = {
  squared: fields({ kind: text }),
  l1: fields({ kind: text }),
  huber: fields({ kind: text, scale: positive, sigmas: positive }, "sigmas"),
  logCosh: fields({ kind: text, scale: positive }),
  asymmetric: fields({ kind: text, over: positive, base: (value, place) => loss(value, place) }),
};
const loss: Check = (value, place) => {
  const { kind } = partsOf(value, place);
  word(...Object.keys(losses))(kind, `${place}.kind`);
  losses[kind as string]!(value, place);
};

const options = {
  loss,
  residual: word("log", "raw"),
  bounds: byName(bounds),
  fixed: byName(finite),
  tied: byName(text),
  priors: byName(
    fields(
      { mean: finite, sd: positive, scale: word("linear", "log"), dispersion: positive },
      "scale",
      "dispersion",
    ),
  ),
  start: byName(finite),
  method: word("auto", "bfgs", "levenberg-marquardt", "nelder-mead"),
};

const recordFields = new Map<string, Check>(
  Object.entries({
    format: word("isoflop-fit"),
    version: text,
    law: fields(
      { name: text, specification: fields({ kind: text, arguments: list(() => {}) }) },
      "specification",
    ),
    options: checkOptions,
    parameters: byName(extended("NaN")),
    objective: extended("NaN"),
    status: word("converged", "at-bound", "not-identified"),
    reason: text,
    dataHash: hash,
    data: fields({
      n: whole(1),
      x: list(numbers("a finite number", () => true)),
      y: numbers("a finite number", () => true),
      w: numbers("a finite number >= 0", (value) => value >= 0),
    }),
    minimum: fields({
      z: list(extended()),
      value: extended("NaN"),
      gradient: list(extended("NaN")),
      inverseHessian: list(extended("NaN")),
      iterations: whole(0),
      converged: truth,
    }),
    hash,
  }),
);

function checkOptions(value: unknown, place: string): void {
  const parts = partsOf(value, place);
  const unknown = Object.keys(parts).filter((name) => !Object.hasOwn(options, name));
  if (unknown.length > 0) {
    refuse(`there are no options ${unknown.join(", ")}; there are ${Object.keys(options).join(", ")}`);
  }
  checkFields(parts, place, new Map(Object.entries(options)), []);
}

function checkFields(
  parts: Parts,
  place: string,
  checks: ReadonlyMap<string, Check>,
  needed: readonly string[],
): void {
  const at = (name: string) => (place === "" ? name : `${place}.${name}`);
  const missing = needed.filter((name) => !Object.hasOwn(parts, name));
  if (missing.length > 0) refuse(`it lacks ${missing.map(at).join(", ")}`);
  for (const [name, part] of Object.entries(parts)) {
    const check = checks.get(name);
    if (!check) refuse(`it has no field ${shown(at(name))}; there are ${[...checks.keys()].join(", ")}`);
    if (part !== undefined) check(part, at(name));
    else if (needed.includes(name)) refuse(`it lacks ${at(name)}`);
  }
}

function partsOf(value: unknown, place: string): Parts {
  if (value === null || typeof value !== "object" || Array.isArray(value)) fail(place, "an object", value);
  return value as Parts;
}

function fail(place: string, wanted: string, value: unknown): never {
  refuse(`${place} must be ${wanted}, got ${shown(value)}`);
}

/** A value as a message of one line can hold it; what is deep or long is cut, and nothing in it is called. */
function shown(value: unknown): string {
  if (Array.isArray(value)) {
    const parts = value.slice(0, 3).map((part) => (typeof part === "object" && part ? "…" : shown(part)));
    return `[${parts.join(", ")}${value.length > 3 ? ", …" : ""}]`;
  }
  if (value !== null && typeof value === "object") return "an object";
  const written = typeof value === "string" ? JSON.stringify(value) : String(value);
  return written.length > 60 ? `${written.slice(0, 60)}…` : written;
}

/** Refuses a record that nests deeper than any fit, in a loop of its own: what recurses may run out of stack. */
function checkDepth(record: unknown): void {
  const open: [unknown, number][] = [[record, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, depth] = next;
    if (value === null || typeof value !== "object") continue;
    if (depth > deepest) refuse(`it nests more than ${deepest} deep`);
    for (const part of Array.isArray(value) ? value : Object.values(value)) {
      if (part !== null && typeof part === "object") open.push([part, depth + 1]);
    }
  }
}
