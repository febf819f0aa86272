import { parseDocument } from "yaml";
import { shownPath } from "../../files/shownPath.ts";
import { readNotebookText } from "../../notebook/readNotebook.ts";

/**
 * Reads the parameters of a JSON or YAML file: one object, a name a key.
 *
 * @throws Error where the file cannot be read, or holds something else
 */
export function readParameterFile(path: string): [string, unknown][] {
  const text = readNotebookText(path).replace(/^\uFEFF/, "");
  let content: unknown;
  try {
    content = /\.json$/i.test(path) ? JSON.parse(text) : fromYaml(text);
  } catch (error) {
    const cause = (error as Error).message.replace(/\s+/g, " ").slice(0, 300);
    throw new Error(
      `${shownPath(path)} cannot be read as ${/\.json$/i.test(path) ? "JSON" : "YAML"}: ${cause}`,
      { cause: error },
    );
  }
  if (content === null && text.trim() !== "null") return [];
  if (typeof content !== "object" || content === null || Array.isArray(content))
    throw new Error(`${shownPath(path)} must hold one object with a name for each value, such as lr: 0.01`);
  return Object.entries(content);
}

/** A tag that nobody knows (`!!python/tuple`) is refused, in place of a value that it does not stand for. */
function fromYaml(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: true, logLevel: "error" });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw problem;
  return document.toJS();
}
