import { isDeepStrictEqual } from "node:util";
import { parseDocument, stringify } from "yaml";
import { limits } from "../../protocol/limits.ts";
import { isDeeper } from "../../protocol/nesting.ts";
import { NotebookFormatError } from "../parseNotebook.ts";
import { comment, uncomment } from "./commented.ts";

/** What stands above the first cell of a script. */
export interface ScriptHeader {
  /** The notebook's metadata, without how the text is written. */
  readonly metadata: Record<string, unknown>;
  /** Other YAML of the header, such as a title for a site: as a raw cell, where jupytext keeps it. */
  readonly frontMatter?: string;
  /** The format by its name in jupytext; undefined where the header does not say. */
  readonly format?: string;
  /** Lines that the header takes. */
  readonly length: number;
}

const rule = /^---\s*$/;
const encoding = /^[ \t\f]*\/\/.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/;

/**
 * Reads the header of a script: `// ---`, YAML as comments, `// ---`, after an interpreter and an encoding.
 *
 * @throws NotebookFormatError where it is no YAML, or says another encoding than UTF-8
 */
export function readHeader(lines: readonly string[], name: string): ScriptHeader {
  let at = 0;
  const jupytext: Record<string, unknown> = {};
  if (lines[at]?.startsWith("#!")) jupytext.executable = lines[at++]!.slice(2);
  const [, coding] = encoding.exec(lines[at] ?? "") ?? [];
  if (coding !== undefined) {
    if (!/^utf-?8$/i.test(coding))
      throw new NotebookFormatError(
        `${name} says that it is written in ${coding.slice(0, 40)}; save it as UTF-8, and say so`,
      );
    jupytext.encoding = lines[at++]!;
  }
  const above = Object.keys(jupytext).length > 0 ? { jupytext } : {};
  let begin = at;
  while (begin < lines.length && /^\/\/\s*$/.test(lines[begin]!)) begin += 1;
  if (!isRule(lines[begin])) return { metadata: above, length: at };
  let end = begin + 1;
  while (end < lines.length && lines[end]!.startsWith("//") && !isRule(lines[end])) end += 1;
  if (!isRule(lines[end])) return { metadata: above, length: at };
  const { ours, others } = partsOf(uncomment(lines.slice(begin + 1, end)));
  const metadata = metadataOf(ours, name);
  const blank = lines[end + 1]?.trim() === "" ? 1 : 0;
  const { text_representation: representation, ...kept } = objectOf(metadata.jupytext);
  const { jupytext: _, ...rest } = metadata;
  const noted = { ...kept, ...jupytext };
  const { format_name: format } = objectOf(representation);
  return {
    metadata: { ...rest, ...(Object.keys(noted).length > 0 && { jupytext: noted }) },
    ...(others.length > 0 && { frontMatter: ["---", ...others, "---"].join("\n") }),
    ...(typeof format === "string" && { format }),
    length: end + 1 + blank,
  };
}

const isRule = (line: string | undefined): boolean =>
  line?.startsWith("//") === true && rule.test(uncomment([line])[0]!);

/** The lines below `jupyter:`, and the others. */
function partsOf(lines: readonly string[]): { ours: string[]; others: string[] } {
  const [ours, others]: string[][] = [[], []];
  let isOurs = false;
  for (const line of lines) {
    if (/^jupyter\s*:/.test(line)) isOurs = true;
    else if (line !== "" && !/^\s/.test(line)) isOurs = false;
    (isOurs ? ours! : others!).push(line);
  }
  return { ours: ours!, others: others! };
}

const tooDeep = `it is nested deeper than ${limits.nesting} levels`;

/** Characters of YAML that are read: to compare each key with all others takes the square of them. */
const longestYaml = 32_000;

function yamlOf(lines: readonly string[]): { jupyter?: unknown } | null {
  const [first, ...others] = lines;
  if (others.length === 0) {
    // As `writeHeader` has it where YAML has two readings: any length is read soon.
    try {
      return checked({ jupyter: JSON.parse(first!.replace(/^jupyter:/, "")) });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  const text = lines.join("\n");
  if (text.length > longestYaml)
    throw new Error(`it has ${text.length} characters, and ${longestYaml} are the most`);
  const document = parseDocument(text, { logLevel: "error", prettyErrors: false });
  const [error] = document.errors;
  if (error)
    throw new Error(`${error.message}, in line ${text.slice(0, error.pos[0]).split("\n").length} of it`);
  return checked(document.toJS() as { jupyter?: unknown } | null);
}

function checked<T>(content: T): T {
  if (isDeeper(content, limits.nesting)) throw new Error(tooDeep);
  return content;
}

function metadataOf(lines: readonly string[], name: string): Record<string, unknown> {
  if (lines.length === 0) return {};
  let content: unknown;
  try {
    content = yamlOf(lines)?.jupyter;
  } catch (error) {
    const { message } = error as Error;
    const cause = message.startsWith("Maximum call stack") ? tooDeep : message.split("\n")[0]!.slice(0, 200);
    throw new NotebookFormatError(
      `${name} has a header that is no YAML: ${cause}; mend what stands between the lines // ---`,
      {
        cause: error,
      },
    );
  }
  if (content === null || content === undefined) return {};
  if (typeof content !== "object" || Array.isArray(content))
    throw new NotebookFormatError(
      `${name} has a header whose jupyter: is no object; write kernelspec: and the like below it`,
    );
  return content as Record<string, unknown>;
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

/**
 * Writes the header of a script.
 *
 * @param frontMatter the source of a raw cell to put into it
 * @returns undefined where the front matter would not be read back
 */
export function writeHeader(
  metadata: Readonly<Record<string, unknown>>,
  extension: string,
  frontMatter?: string,
): string[] | undefined {
  const { executable, encoding: coding, ...noted } = objectOf(metadata.jupytext);
  const representation = { extension, format_name: "percent", format_version: "1.3" };
  const jupyter = { ...metadata, jupytext: { ...noted, text_representation: representation } };
  const others = frontMatter?.split("\n").slice(1, -1) ?? [];
  const body = (yaml: string[]) => comment(["---", ...others, ...yaml, "---"]);
  const above = [
    ...(typeof executable === "string" ? [`#!${executable}`] : []),
    ...(typeof coding === "string" ? [coding] : []),
  ];
  const isRead = (lines: string[]) => {
    const { metadata: read, frontMatter: matter, length } = readHeader([...lines, ""], "");
    const { text_representation: _, ...rest } = objectOf(metadata.jupytext);
    const { jupytext: __, ...meant } = metadata;
    const whole = { ...meant, ...(Object.keys(rest).length > 0 && { jupytext: rest }) };
    return (
      length === lines.length + 1 &&
      matter === frontMatter &&
      isDeepStrictEqual(read, JSON.parse(JSON.stringify(whole)))
    );
  };
  for (const yaml of [pythonYaml({ jupyter }), [`jupyter: ${JSON.stringify(jupyter)}`]]) {
    const lines = [...above, ...body(yaml)];
    try {
      if (isRead(lines)) return lines;
    } catch {
      // It is read as something else; JSON, which is YAML, has no two readings.
    }
  }
  if (frontMatter !== undefined) return undefined;
  const all = {
    ...jupyter,
    jupytext: { ...objectOf(metadata.jupytext), text_representation: representation },
  };
  return body([`jupyter: ${JSON.stringify(all)}`]);
}

/** As PyYAML's `safe_dump` writes it, but for its line breaks. */
const pythonYaml = (content: unknown): string[] =>
  stringify(content, {
    sortMapEntries: true,
    indentSeq: false,
    singleQuote: true,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  })
    .trimEnd()
    .split("\n");
