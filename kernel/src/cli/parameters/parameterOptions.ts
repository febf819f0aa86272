import { type Command, InvalidArgumentError } from "commander";
import { ParameterError } from "../../notebook/parameters/ParameterError.ts";
import { parsePath } from "../options/pathValues.ts";
import { repeatableOption } from "../options/repeatable.ts";
import { UsageError } from "../options/UsageError.ts";

/** What the command line says of parameters. */
export interface ParameterOptions {
  parameter?: readonly Given[];
  raw?: readonly Given[];
  parameters?: string;
}

type Given = readonly [name: string, text: string];

/** The paragraph of a help that says what the values are. */
export const parameterHelp =
  "A cell tagged parameters declares what -p sets, with defaults; the values go into a cell behind it, as with papermill. A value is a number, true, false, null, a JSON list or object, or else text; -r takes any value as text.";

/** Adds `-p`, `-r` and `--parameters` to a command that runs notebooks. */
export function withParameters(command: Command): Command {
  return command
    .addOption(
      repeatableOption(
        "-p, --parameter <name=value>",
        "set a parameter of the notebook; may be repeated",
        parseGiven,
      ),
    )
    .addOption(
      repeatableOption(
        "-r, --raw <name=text>",
        "as -p, and the value is text whatever it looks like",
        parseGiven,
      ),
    )
    .option("--parameters <file>", "set those of a JSON or YAML file; -p and -r go before it", parsePath);
}

function parseGiven(text: string, earlier: readonly Given[] = []): Given[] {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("It must be NAME=VALUE, such as lr=0.01.");
  return [...earlier, [text.slice(0, at).trim(), text.slice(at + 1)]];
}

/**
 * The parameters by name; none where none were given.
 *
 * @throws UsageError where a value is none, or a name is given twice; Error where the file cannot be used
 */
export async function readParameters({
  parameter = [],
  raw = [],
  parameters: file,
}: ParameterOptions): Promise<Map<string, unknown>> {
  const { typedValue } = await import("../../notebook/parameters/typedValue.ts");
  const values = new Map<string, unknown>();
  if (file !== undefined) {
    const { readParameterFile } = await import("./readParameterFile.ts");
    for (const [name, value] of readParameterFile(file)) values.set(name, value);
  }
  const names = [...parameter, ...raw].map(([name]) => name);
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) throw new UsageError(`parameter ${twice} is given twice; give it one value`);
  await asParameterUse(() => {
    for (const [name, text] of parameter) values.set(name, typedValue(name, text));
  });
  for (const [name, text] of raw) values.set(name, text);
  return values;
}

/** A parameter that cannot be is a wrong use of the command. */
export async function asParameterUse<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ParameterError ? new UsageError(error.message, { cause: error }) : error;
  }
}
