import type { Discovery, RunSetting } from "isoflop";
import { formatNumber } from "isoflop";
import { nearestWord } from "../../text/nearestWord.ts";
import type { DiscoverTableRows } from "../discover/readDiscoverRows.ts";

/**
 * The value of `--target`, `n_params=1e12,n_tokens=2e13`, as a setting. Variables that it leaves out and that are no scales
 * are as in `rest`.
 *
 * @param rest the row that costs most
 * @throws RangeError where a name is no variable, a value no number, or a scale is left out
 */
export function readTarget(
  text: string,
  found: Discovery,
  group: string | undefined,
  { rows }: DiscoverTableRows,
  rest: RunSetting,
): RunSetting {
  const names = [...found.variables.map(({ name }) => name), ...(group === undefined ? [] : [group])];
  const given = new Map<string, number | string>();
  for (const entry of text.split(",")) {
    const at = entry.lastIndexOf("=");
    const [name, value] = [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
    if (at < 1 || value === "")
      throw new RangeError(`--target takes COLUMN=VALUE, separated by commas; got "${entry}"`);
    if (given.has(name)) throw new RangeError(`--target gives ${name} twice; give it one value`);
    if (!names.includes(name)) throw new RangeError(noVariable(name, names, rows));
    if (name !== group && !Number.isFinite(Number(value)))
      throw new RangeError(`--target ${name} must be a number, got "${value}"; such as 1e12`);
    given.set(name, name === group ? value : Number(value));
  }
  const missing = found.variables.find(({ name, isScale }) => isScale && !given.has(name));
  if (missing) {
    const [low, high] = missing.range.map((value) => formatNumber(value, 3));
    throw new RangeError(
      `--target leaves ${missing.name} out; add ${missing.name}=NUMBER (the rows have ${low} to ${high})`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, given.get(name) ?? rest[name]!]));
}

function noVariable(name: string, names: readonly string[], rows: DiscoverTableRows["rows"]): string {
  const known = rows.some((row) => name in row);
  const near = nearestWord(name, names);
  return known
    ? `--target names ${name}, which the laws do not read: it follows from the others, is the same in every row, or holds texts; leave it out`
    : `--target names ${name}, which is no variable; ${near === undefined ? "" : `did you mean ${near}? `}there are ${names.join(", ")}`;
}
