import { type Command, Option } from "commander";
import { shownPath } from "../files/shownPath.ts";
import { describeKernelSpecs } from "../kernelspec/describeKernelSpecs.ts";
import { examineKernel } from "../kernelspec/examineKernel.ts";
import { installKernelSpec, isTemporary } from "../kernelspec/installKernelSpec.ts";
import { dataFolderOf, dataFolders, type Place, thisEnvironment } from "../kernelspec/jupyterFolders.ts";
import {
  defaultDisplayName,
  kernelMain,
  kernelPackage,
  kernelSpec,
  kernelVersion,
} from "../kernelspec/KernelSpec.ts";
import { listKernelSpecs } from "../kernelspec/listKernelSpecs.ts";
import { stableNode } from "../kernelspec/stableNode.ts";
import { uninstallKernelSpec } from "../kernelspec/uninstallKernelSpec.ts";
import { allowEmptyKey } from "../protocol/connection.ts";
import { wrapText } from "../text/wrapText.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parsePath } from "./options/pathValues.ts";
import { isQuiet } from "./terminal/quiet.ts";
import { terminalWidth } from "./terminal/terminalWidth.ts";

interface ChangeOptions extends Place {
  name: string;
  force?: boolean;
  dryRun?: boolean;
}

const help = helpText(
  [],
  [
    ["isoflop kernel install", "for you, in every Jupyter and in VS Code"],
    ["isoflop kernel install --sys-prefix", "only in the active Python environment"],
    ["isoflop kernel install --prefix /usr/local", "for every user of this machine"],
    ["isoflop kernel doctor", "what is missing, and what to do"],
  ],
);

/** Adds `isoflop kernel`: tell Jupyter about the kernel, without Python. */
export function addKernelCommand(program: Command): void {
  const kernel = program
    .command("kernel")
    .description("Install the kernel for Jupyter and VS Code, and look after it. Needs no Python.")
    .addHelpText("after", help);
  withPlace(kernel.command("install").description("let Jupyter find the kernel"))
    .option("--display-name <text>", "what Jupyter calls the kernel", defaultDisplayName)
    .option("--force", "replace a kernel of that name")
    .option("--dry-run", "only say what would be written")
    .addHelpText(
      "after",
      helpText(
        [],
        [
          ["isoflop kernel install"],
          ["isoflop kernel install --sys-prefix --dry-run", "only say where it would go"],
        ],
      ),
    )
    .action(install);
  kernel
    .command("list")
    .description("list the kernels Jupyter finds")
    .addHelpText("after", helpText([], [["isoflop kernel list"]]))
    .action(list);
  withPlace(kernel.command("uninstall").description("make Jupyter forget the kernel"))
    .option("--force", "remove it even if isoflop did not install it")
    .option("--dry-run", "only say what would be removed")
    .addHelpText("after", helpText([], [["isoflop kernel uninstall --sys-prefix"]]))
    .action(uninstall);
  kernel
    .command("doctor")
    .description("find out why the kernel does not start")
    .addHelpText("after", helpText([], [["isoflop kernel doctor"]]))
    .action(doctor);
  kernel
    .command("start")
    .description("start the kernel, as Jupyter does")
    .argument("<connection-file>", "the file with the ports and the key", parsePath)
    .option(allowEmptyKey, "start although the file has no key: everybody who reaches the ports can run code")
    .addHelpText("after", helpText([], [["isoflop kernel start connection.json"]]))
    .action(start);
}

function withPlace(command: Command): Command {
  return command
    .addOption(
      new Option("--user", "in your own Jupyter folder (default)").conflicts(["sysPrefix", "prefix"]),
    )
    .addOption(new Option("--sys-prefix", "in the active Python environment").conflicts("prefix"))
    .option("--prefix <folder>", "in FOLDER/share/jupyter", parsePath)
    .option("--name <name>", "the kernel's name in notebooks", "isoflop");
}

function install(options: ChangeOptions & { displayName: string }): void {
  const { name, displayName, force, dryRun } = options;
  const { path: node, isLasting } = stableNode();
  if (isTemporary(kernelMain)) tell("Copying the kernel out of the package runner's cache ...");
  const spec = kernelSpec({ node, main: kernelMain, version: kernelVersion, displayName });
  const folder = installKernelSpec({
    dataFolder: dataFolderOf(options, thisEnvironment()),
    name,
    spec,
    packageFolder: kernelPackage,
    force,
    dryRun,
  });
  tell(`${dryRun ? "Would install" : "Installed"} "${displayName}" in ${shownPath(folder)}`);
  if (dryRun) console.log(JSON.stringify(spec, null, 2));
  if (!isLasting) {
    tell(
      `Note: it starts ${node}, which belongs to this version of Node; after a change of version, run isoflop kernel install --force again.`,
    );
  }
}

function list(): void {
  const width = terminalWidth(process.stdout);
  console.log(describeKernelSpecs(listKernelSpecs(dataFolders(thisEnvironment())), width));
}

function uninstall(options: ChangeOptions): void {
  const { name, force, dryRun } = options;
  const folder = uninstallKernelSpec({
    dataFolder: dataFolderOf(options, thisEnvironment()),
    name,
    force,
    dryRun,
  });
  tell(`${dryRun ? "Would remove" : "Removed"} ${shownPath(folder)}`);
}

/** What was done. */
function tell(text: string): void {
  if (!isQuiet()) console.log(wrapText(text, terminalWidth(process.stdout), 2).join("\n"));
}

async function doctor(): Promise<void> {
  const marks = { ok: "ok   ", note: "note ", fault: "FAULT" };
  for await (const { state, what, text } of examineKernel(listKernelSpecs(dataFolders(thisEnvironment())))) {
    const line = `${marks[state]}  ${what}: ${text}`;
    if (state === "fault" || !isQuiet())
      console.log(wrapText(line, terminalWidth(process.stdout), 7).join("\n"));
    if (state === "fault") process.exitCode = 1;
  }
}

async function start(connectionFile: string, options: { allowEmptyKey?: boolean }): Promise<void> {
  // The server reads its own command line, as under Jupyter.
  const flags = options.allowEmptyKey ? [allowEmptyKey] : [];
  process.argv.splice(2, Number.POSITIVE_INFINITY, connectionFile, ...flags);
  await import(new URL("../server/main.js", import.meta.url).href);
}
