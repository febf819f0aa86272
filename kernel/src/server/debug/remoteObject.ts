interface PropertyPreview {
  name: string;
  type: string;
  value?: string;
}

interface ObjectPreview {
  type: string;
  subtype?: string;
  description?: string;
  overflow: boolean;
  properties: PropertyPreview[];
  entries?: { key?: ObjectPreview; value: ObjectPreview }[];
}

/** A value of the program, as V8's inspector tells of it. */
export interface RemoteObject {
  type: string;
  subtype?: string;
  className?: string;
  value?: unknown;
  unserializableValue?: string;
  description?: string;
  objectId?: string;
  preview?: ObjectPreview;
}

const longest = 200;
/** Of a text, which somebody may want to read. */
const longestText = 1000;

/** A value in one line: objects with the first of what they hold, functions and errors without their further lines. */
export function textOf(object: RemoteObject): string {
  const { type, subtype, value, unserializableValue, description, preview } = object;
  if (type === "string") return JSON.stringify(inShort(String(value), longestText));
  if (type === "undefined") return "undefined";
  if (type === "function") return inShort(firstLine(description ?? "function").replace(/\s*\{$/, ""));
  if (subtype === "error") return inShort(firstLine(description ?? "Error"));
  if (preview && isContainer(preview)) return inShort(contentOf(preview));
  return unserializableValue ?? description ?? String(value);
}

const firstLine = (text: string) => text.split("\n", 1)[0] ?? "";
const inShort = (text: string, length = longest) =>
  text.length > length ? `${text.slice(0, length)}…` : text;

/** Dates, promises and the like say more by their description than by what they hold. */
const isContainer = ({ subtype }: ObjectPreview) =>
  subtype === undefined || ["array", "typedarray", "map", "set"].includes(subtype);

function contentOf({ subtype, description = "", overflow, properties, entries }: ObjectPreview): string {
  const isList = subtype === "array" || subtype === "typedarray";
  const isEntered = subtype === "map" || subtype === "set";
  // What typed arrays tell besides are their accessors: buffer, length and the like.
  const told = subtype === "typedarray" ? properties.filter(({ name }) => isIndex(name)) : properties;
  const held = isEntered
    ? (entries ?? []).map(({ key, value }) => (key ? `${partOf(key)} => ${partOf(value)}` : partOf(value)))
    : told.map((each) => (isList && isIndex(each.name) ? "" : `${each.name}: `) + partOf(each));
  const listed = [...held, ...(overflow ? ["…"] : [])].join(", ");
  const head = description === "Object" || subtype === "array" ? "" : `${description} `;
  if (isList) return `${head}[${listed}]`;
  return listed ? `${head}{ ${listed} }` : `${head}{}`;
}

const isIndex = (name: string) => /^\d+$/.test(name);

function partOf({ type, ...part }: PropertyPreview | ObjectPreview): string {
  const text = ("description" in part ? part.description : "value" in part ? part.value : undefined) ?? type;
  if (type === "string") return JSON.stringify(text);
  if (type === "function") return "ƒ";
  return type === "accessor" ? "(…)" : text;
}
