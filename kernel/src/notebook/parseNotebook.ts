import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { limits } from "../protocol/limits.ts";
import { isDeeper } from "../protocol/nesting.ts";
import { mendNotebook } from "./foreign/mendNotebook.ts";
import type { Notebook } from "./Notebook.ts";
import { notebookSchema } from "./notebookSchema.ts";
import type { UncheckedJson } from "./UncheckedJson.ts";

/** A notebook file that cannot be used; the message names the file, the place and what is wrong there. */
export class NotebookFormatError extends Error {
  override name = "NotebookFormatError";
}

/** What a kernel may send, and the levels of a notebook around it. */
const mostLevels = limits.nesting + 24;

let validate: ValidateFunction | undefined;

/**
 * Reads the text of an `.ipynb` file: format 4.0 to 4.5, checked against the schema of 4.5. What Jupyter
 * opens although it is missing is filled in: cell ids, empty metadata, outputs and counts, a kernel's second name; of cells
 * that share an id, the later get another. Multi-line texts are joined.
 *
 * @param text content of the file
 * @param name what to call the file in messages
 * @throws NotebookFormatError when the text is no JSON, nested deeper than 1024 levels, another format, or breaks the schema
 *
 * @example
 * import { parseNotebook } from "isoflop-kernel/runner";
 * const cell = { cell_type: "markdown", metadata: {}, source: ["# A\n", "text"] };
 * const file = { nbformat: 4, nbformat_minor: 4, metadata: {}, cells: [cell] };
 * const notebook = parseNotebook(JSON.stringify(file));
 * notebook.cells[0]?.source; // => "# A\ntext"
 * notebook.cells[0]?.id; // => "cell-1"
 */
export function parseNotebook(text: string, name = "notebook"): Notebook {
  let raw: UncheckedJson;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new NotebookFormatError(`${name} is not valid JSON: ${oneLine((error as Error).message)}`);
  }
  if (isDeeper(raw, mostLevels)) {
    throw new NotebookFormatError(
      `${name} is nested deeper than ${mostLevels} levels, and isoflop reads no deeper; take out the metadata or the output that is`,
    );
  }
  if (raw?.nbformat !== 4) {
    const found = raw?.nbformat === undefined ? "no nbformat field" : `nbformat ${shown(raw.nbformat)}`;
    throw new NotebookFormatError(
      `${name} has ${found}, and isoflop reads format 4; open and save it in Jupyter to convert it`,
    );
  }
  if (raw.nbformat_minor < 5) upgrade(raw);
  mendNotebook(raw);
  validate ??= new Ajv({ discriminator: true, allowUnionTypes: true, strict: false }).compile(notebookSchema);
  const valid: boolean = validate(raw);
  if (!valid) {
    throw new NotebookFormatError(
      `${name} is not a valid notebook: ${oneLine(explain(raw, validate.errors![0]!))}`,
    );
  }
  for (const cell of raw.cells as UncheckedJson[]) joinTexts(cell);
  return raw as Notebook;
}

function upgrade(raw: UncheckedJson): void {
  raw.nbformat_minor = 5;
  delete raw.metadata?.orig_nbformat;
}

/** Says where an error is in a person's words: `cell 3 (code), output 1: "metadata" is missing`. */
function explain(raw: UncheckedJson, error: ErrorObject): string {
  const [, cellIndex, outputIndex, rest] =
    /^(?:\/cells\/(\d+))?(?:\/outputs\/(\d+))?(.*)$/.exec(error.instancePath) ?? [];
  const cell = cellIndex === undefined ? undefined : raw.cells[Number(cellIndex)];
  const kind = typeof cell?.cell_type === "string" ? ` (${cell.cell_type.slice(0, 60)})` : "";
  const place = [
    cellIndex === undefined ? "" : `cell ${Number(cellIndex) + 1}${kind}`,
    outputIndex === undefined ? "" : `output ${Number(outputIndex) + 1}`,
    rest ? `field ${rest.slice(1).replaceAll("/", ".")}` : "",
  ].filter(Boolean);
  const what = {
    required: () => `"${error.params.missingProperty}" is missing`,
    additionalProperties: () => `"${error.params.additionalProperty}" does not belong there`,
    discriminator: () => `unknown ${error.params.tag} ${shown(error.params.tagValue)}`,
  }[error.keyword as "required"];
  return `${place.join(", ") || "the file"}: ${what ? what() : error.message}`;
}

const oneLine = (text: string) => text.replace(/\s+/g, " ");
const shown = (value: unknown) => {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};
const join = (text: string | string[]) => (Array.isArray(text) ? text.join("") : text);

function joinTexts(cell: UncheckedJson): void {
  cell.source = join(cell.source);
  for (const bundle of Object.values(cell.attachments ?? {})) joinBundle(bundle as UncheckedJson);
  for (const output of cell.outputs ?? []) {
    if (output.output_type === "stream") output.text = join(output.text);
    if (output.data) joinBundle(output.data);
  }
}

function joinBundle(bundle: Record<string, UncheckedJson>): void {
  for (const [type, value] of Object.entries(bundle)) {
    if (!/^application\/(.*\+)?json/.test(type)) bundle[type] = join(value);
  }
}
