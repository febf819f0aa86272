import { existsSync, statSync } from "node:fs";
import { type Command, Option } from "commander";
import { checkOutputs } from "../files/checkOutputs.ts";
import { checkWritable } from "../files/checkWritable.ts";
import { shownPath } from "../files/shownPath.ts";
import { formatNotebook } from "../notebook/formatNotebook.ts";
import type { Notebook } from "../notebook/Notebook.ts";
import { NotebookFormatError, parseNotebook } from "../notebook/parseNotebook.ts";
import { formatScript } from "../notebook/percent/formatScript.ts";
import { keepOutputs } from "../notebook/percent/keepOutputs.ts";
import { parseByName } from "../notebook/percent/parseByName.ts";
import { parseScript } from "../notebook/percent/parseScript.ts";
import { scriptKind } from "../notebook/percent/scriptKind.ts";
import { readNotebookText } from "../notebook/readNotebook.ts";
import { writeFileAtomically } from "../notebook/writeFileAtomically.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parseOutput, parsePath } from "./options/pathValues.ts";
import { UsageError } from "./options/UsageError.ts";
import { say } from "./terminal/quiet.ts";

const help = helpText(
  [
    "Cells of a script begin with // %%, as jupytext and editors have it: // %% [markdown] is text in comments, a magic is a comment, YAML between lines // --- is the notebook's metadata. Outputs stay in the notebook: where the file that is written is one already, cells that are the same keep theirs, and their ids.",
  ],
  [
    ["isoflop convert analysis.ipynb analysis.ts", "a script to edit, review and commit"],
    ["isoflop convert analysis.ts analysis.ipynb", "and back"],
    ["isoflop convert analysis.ipynb - | less", "only look at it"],
  ],
);

/** Adds `isoflop convert`: notebooks to scripts and back. */
export function addConvertCommand(program: Command): void {
  const to = new Option("--to <kind>", "what is printed by -, if not the other kind");
  to.argChoices = ["ts", "js", "ipynb"];
  program
    .command("convert")
    .description("Write a notebook as a script with // %% between its cells, or such a script as a notebook.")
    .argument("<input>", "the .ipynb file, or the script (.ts, .js, .mts and the like)", parsePath)
    .argument("<output>", "the other of them; - prints it", parseOutput)
    .addOption(to)
    .addHelpText("after", help)
    .action(convertCommand);
}

function convertCommand(input: string, output: string, { to }: { to?: string }): void {
  const from = kindOf(input);
  const isPrinted = output === "-";
  if (!isPrinted && to !== undefined)
    throw new UsageError(`--to is for -, and the name of ${shownPath(output)} tells its kind; leave it out`);
  const name = isPrinted ? `notebook.${extensionOf(to, from)}` : output;
  if (kindOf(name) === from)
    throw new UsageError(
      from === "script"
        ? `${shownPath(input)} is a script already; name an .ipynb file to write`
        : `${shownPath(input)} is a notebook already; name a .ts or .js file to write`,
    );
  if (!isPrinted) checkOutputs([["the output", output]], [["the input", input]]);
  const notebook = parseByName(readNotebookText(input), input);
  if (isPrinted) {
    process.stdout.write(from === "script" ? formatNotebook(notebook) : formatScript(notebook, name));
    return;
  }
  checkWritable(output);
  const cells = `${notebook.cells.length} cell${notebook.cells.length === 1 ? "" : "s"}`;
  if (from === "notebook") say(`${shownPath(output)}: ${cells}${writeScript(notebook, output)}`);
  else say(`${shownPath(output)}: ${cells}${writeNotebook(notebook, output)}`);
}

/** Writes a script over what it was before, and says what is gone of that. */
function writeScript(notebook: Notebook, output: string): string {
  const text = formatScript(notebook, output);
  if (!isFile(output)) {
    writeFileAtomically(output, text);
    return "";
  }
  const before = readNotebookText(output);
  let gone = 0;
  try {
    gone = keepOutputs(notebook, parseScript(before, output)).gone;
  } catch (error) {
    if (!(error instanceof NotebookFormatError)) throw error; // it was no script of cells
  }
  writeFileAtomically(output, text, { ifStill: before });
  return goneText(gone);
}

/** Edits on the other side are lost without an error, as everywhere; that some were is not to go unsaid. */
const goneText = (gone: number): string =>
  gone === 0
    ? ""
    : `, ${gone} that ${gone === 1 ? "was" : "were"} there ${gone === 1 ? "is" : "are"} replaced`;

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Writes a notebook over what it was before, and says what was kept of that. */
function writeNotebook(notebook: Notebook, output: string): string {
  if (!existsSync(output)) {
    writeFileAtomically(output, formatNotebook(notebook));
    return "";
  }
  const before = readNotebookText(output);
  const { notebook: updated, kept, gone } = keepOutputs(notebook, parseNotebook(before, output));
  writeFileAtomically(output, formatNotebook(updated), { ifStill: before });
  return `${kept === 0 ? "" : `, outputs of ${kept} kept`}${goneText(gone)}`;
}

function extensionOf(to: string | undefined, from: "script" | "notebook"): string {
  const given = to?.toLowerCase().replace(/^\./, "");
  if (given !== undefined && !["ts", "js", "ipynb"].includes(given))
    throw new UsageError(`--to must be ts, js or ipynb, got "${to}"`);
  return given ?? (from === "script" ? "ipynb" : "ts");
}

function kindOf(path: string): "script" | "notebook" {
  if (/\.ipynb$/i.test(path)) return "notebook";
  if (scriptKind(path)) return "script";
  throw new UsageError(
    `${shownPath(path)} is neither a notebook nor a script by its name; call it .ipynb, or .ts or .js`,
  );
}
