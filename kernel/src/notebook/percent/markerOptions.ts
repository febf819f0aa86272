import { looseJson } from "./looseJson.ts";

/** What stands behind `%%` of a cell's first line. */
export interface MarkerOptions {
  readonly type: "code" | "markdown" | "raw";
  readonly metadata: Record<string, unknown>;
}

// As jupytext/cell_reader.py, DoublePercentScriptCellReader, has them, with // for the comment.
const start = /^\s*\/\/\s*%%(%*)\s(.*)$/s;
const bare = /^\s*\/\/\s*(?:%%|<codecell>|In\[[0-9 ]*\]:?)\s*$/;

/** Whether a line begins a cell. */
export const isMarker = (line: string): boolean => start.test(line) || bare.test(line);

/** Reads a line that begins a cell, as jupytext does: `// %% title [markdown] key=value`, or `// %% {"key": value}`. */
export function readMarker(line: string): MarkerOptions {
  if (!start.test(line)) return { type: "code", metadata: {} };
  const [words, entries] = titleAndEntries(line.slice(line.indexOf("%%") + 2).trim());
  const found = new Map(entries);
  let title = words;
  const [mark, kind] = /\[(markdown|raw|md)\]/.exec(title) ?? [];
  if (mark !== undefined) {
    title = title.replace(mark, "").trim();
    found.set("cell_type", kind === "md" ? "markdown" : kind);
    if (kind === "md") found.set("region_name", kind);
  }
  const [depth] = /^%*/.exec(title)!;
  if (depth !== "") found.set("cell_depth", depth.length);
  title = title.slice(depth.length).trim();
  if (title !== "") found.set("title", title);
  const given = found.get("cell_type");
  found.delete("cell_type");
  const type = given === undefined || given === "code" ? "code" : given === "markdown" ? "markdown" : "raw";
  return { type, metadata: Object.fromEntries(found) };
}

type Entry = readonly [key: string, value: unknown];

/** `text_to_metadata` of jupytext/cell_metadata.py: everything before the last blank before the first `{` or `=` is the title. */
function titleAndEntries(text: string): [title: string, entries: Entry[]] {
  const brace = text.indexOf("{");
  const equals = text.indexOf("=");
  if (brace >= 0 && (equals < 0 || brace < equals)) {
    const title = text.slice(0, brace).trim();
    try {
      const value = looseJson(text.slice(brace));
      if (typeof value === "object" && value !== null && !Array.isArray(value))
        return [title, Object.entries(value)];
    } catch {
      // Kept as it is.
    }
    return [title, [["incorrectly_encoded_metadata", text.slice(brace)]]];
  }
  const words = (equals < 0 ? text : text.slice(0, equals)).split(" ");
  if (equals >= 0) {
    while (words.length > 0 && words.at(-1) === "") words.pop();
    words.pop();
  }
  while (words.length > 0 && (words.at(-1) === "" || words.at(-1)!.startsWith("."))) words.pop();
  const title = words.join(" ");
  return [title, keysAndValues(text.slice(title.length))];
}

const validKey = /^[a-zA-Z0-9_.@/-]+$/;
const identifier = /^[a-zA-Z_.][a-zA-Z0-9_.]*$/;

/** `parse_key_equal_value` of jupytext: from the right, each value as long as it must be to be one. */
function keysAndValues(whole: string): Entry[] {
  const entries: Entry[] = [];
  const work: Work = { left: mostWork + 10 * whole.length };
  // From the right, so that the last comes first here.
  for (let text = whole.trim(); text !== ""; ) {
    const lastBlank = text.lastIndexOf(" ");
    const last = text.slice(lastBlank + 1);
    if (!text.startsWith("--") && identifier.test(last)) {
      entries.push([last, null]);
      text = text.slice(0, Math.max(lastBlank, 0)).trim();
      continue;
    }
    const found = lastEntry(text, work);
    if (!found) {
      entries.push(["incorrectly_encoded_metadata", text]);
      break;
    }
    entries.push([found.key, found.value]);
    text = text.slice(0, Math.max(found.start, 0)).trim();
  }
  return entries.reverse();
}

/** Characters that may be looked at again: each equals sign within a value is a try at reading the value. */
interface Work {
  left: number;
}
const mostWork = 1_000_000;

function lastEntry(text: string, work: Work): { key: string; value: unknown; start: number } | undefined {
  for (let equals = text.length; equals > 0; ) {
    equals = text.lastIndexOf("=", equals - 1);
    if (equals < 0) break;
    const start = text.slice(0, equals).trimEnd().lastIndexOf(" ");
    work.left -= text.length - start;
    if (work.left < 0) break;
    const key = text.slice(start + 1, equals).trim();
    if (!validKey.test(key)) continue;
    try {
      return { key, value: looseJson(text.slice(equals + 1).trim()), start };
    } catch {
      // The value begins further left.
    }
  }
  return undefined;
}

/** Writes the line that begins a cell, as jupytext does. Keys that it could not read are written as one object of JSON. */
export function writeMarker({ type, metadata }: MarkerOptions): string {
  const { title, cell_depth: depth, region_name: region, ...others } = metadata;
  const words = [
    typeof depth === "number" && depth > 0 && depth < 100 ? "%".repeat(depth) : "",
    typeof title === "string" ? title : "",
    type === "code" ? "" : `[${typeof region === "string" && type === "markdown" ? region : type}]`,
  ].filter((word) => word !== "");
  const entries = Object.entries(others);
  const isPlain = entries.every(([key]) => validKey.test(key));
  const options = isPlain
    ? entries.map(([key, value]) => (value === null ? key : `${key}=${pythonJson(value)}`))
    : [pythonJson(others)];
  const text = [...words, ...options].join(" ");
  return `// %%${text === "" || text.startsWith("%") ? "" : " "}${text}`;
}

/** JSON with the blanks of Python's `json.dumps`, and in ASCII as there. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return ascii(JSON.stringify(value) ?? "null");
  const fields = Object.entries(value).map(
    ([key, item]) => `${ascii(JSON.stringify(key))}: ${pythonJson(item)}`,
  );
  return `{${fields.join(", ")}}`;
}

const ascii = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
