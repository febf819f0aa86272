import { nearestName } from "../numerics/arguments/nearestName.ts";

type Parts = Readonly<Record<string, unknown>>;

const options = ["name", "source", "variables", "response", "parameters"];
const ofVariable = ["name", "unit", "description", "domain"];
const ofParameter = ["unit", "description", "domain", "scale", "start"];

/** Refuses options that are not of the form that `DefineLawOptions` has, naming the field, its value and its domain. */
export function checkLawOptions(given: unknown): void {
  const parts = partsOf("the options", given, options);
  checkText("name", parts.name);
  checkText("source", parts.source);
  for (const [name, variable] of Object.entries(partsOf("variables", parts.variables))) {
    checkVariable(`variables.${name}`, variable);
  }
  if (parts.response !== undefined) checkVariable("response", parts.response);
  for (const [name, parameter] of Object.entries(partsOf("parameters", parts.parameters))) {
    checkParameter(`parameters.${name}`, parameter);
  }
}

function checkVariable(place: string, value: unknown): void {
  if (typeof value !== "object") {
    checkField(place, value);
    return;
  }
  const { name, unit, description, domain } = partsOf(place, value, ofVariable);
  checkField(`${place}.name`, name);
  checkText(`${place}.unit`, unit);
  checkText(`${place}.description`, description);
  checkWord(`${place}.domain`, domain, ["positive", "real"]);
}

function checkParameter(place: string, value: unknown): void {
  const { unit, description, domain, scale, start } = partsOf(place, value, ofParameter);
  checkText(`${place}.unit`, unit);
  checkText(`${place}.description`, description);
  checkWord(`${place}.scale`, scale, ["linear", "log"]);
  checkPair(`${place}.domain`, domain, (low, high) => low <= high, "low <= high");
  checkPair(
    `${place}.start`,
    start,
    (low, high) => Number.isFinite(low) && Number.isFinite(high) && low <= high,
    "low <= high, both finite",
  );
  if (scale === "log" && Array.isArray(domain) && domain[0] < 0) {
    refuse(`${place}.domain`, "begin at 0 or above where scale is log", domain);
  }
}

function partsOf(place: string, value: unknown, known?: readonly string[]): Parts {
  if (value === undefined) return {};
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    refuse(place, "be an object", value);
  }
  const unknown = known && Object.keys(value as Parts).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new RangeError(
      `${place} may not have ${unknown}; did you mean ${nearestName(unknown, known!)}? There are ${known!.join(", ")}`,
    );
  return value as Parts;
}

function checkText(place: string, value: unknown): void {
  if (value !== undefined && typeof value !== "string") refuse(place, "be text", value);
}

function checkField(place: string, value: unknown): void {
  if (typeof value !== "string" || value.trim() === "") refuse(place, "be the name of a field", value);
}

function checkWord(place: string, value: unknown, words: readonly string[]): void {
  if (value !== undefined && !words.includes(value as string))
    refuse(place, `be ${words.join(" or ")}`, value);
}

function checkPair(
  place: string,
  value: unknown,
  holds: (low: number, high: number) => boolean,
  wanted: string,
): void {
  if (value === undefined) return;
  const isPair = Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === "number");
  if (!isPair || !holds(value[0] as number, value[1] as number))
    refuse(place, `be a pair of numbers [low, high], ${wanted}`, value);
}

function refuse(place: string, wanted: string, value: unknown): never {
  const isPart = typeof value === "object" && value !== null;
  const got = Array.isArray(value)
    ? `[${value.slice(0, 3).map((part) => (typeof part === "object" ? "…" : String(part)))}]`
    : isPart
      ? "an object"
      : String(value);
  throw new RangeError(`${place} must ${wanted}, got ${got.slice(0, 60)}; leave it out, or mend it`);
}
