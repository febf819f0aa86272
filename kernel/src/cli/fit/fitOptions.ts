import { type Command, Option } from "commander";
import { addTableOptions, type TableOptions } from "../inputs/tableOptions.ts";
import { parseFilePath, parsePath } from "../options/pathValues.ts";
import { repeatableOption } from "../options/repeatable.ts";
import { parsePercent, parseShare, parseWhole } from "../optionValues.ts";

/** The options of `isoflop fit`, as commander gives them. */
export interface FitCommandOptions extends TableOptions {
  format?: string;
  law: string;
  map?: string;
  let?: string[];
  where?: string;
  by?: string;
  loss: string;
  raw?: boolean;
  weights?: string;
  fix?: string;
  tie?: string;
  bounds?: string;
  prior?: string;
  start?: string;
  bootstrap: number;
  seed: number;
  level: number;
  group?: string;
  holdout?: string[];
  compare?: string[];
  against?: string;
  plan?: string;
  predict?: string;
  interval?: number;
  dropBad?: boolean;
  json?: boolean;
  outputFormat?: "text" | "json" | "md" | "tex";
  emit?: "python" | "js" | "tex";
  output?: string;
  predictions?: string;
  save?: string;
  report?: string;
}

const again = (text: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), text];

/** Adds them, in the order of a reader's questions: what is read, what is fitted, what is asked of it, where it goes. */
export function addFitOptions(command: Command): Command {
  command
    .option("--map <fields>", "FIELD=COLUMN[*FACTOR], separated by commas")
    .addOption(
      repeatableOption("--let <column>", 'a column reckoned from others, such as "r = tokens/unique"', again),
    )
    .option("--where <condition>", "take only the rows for which it holds, such as \"family == 'llama'\"")
    .option("--group <column>", "rows with the same value are one training run")
    .option("--drop-bad", "leave out rows that cannot be used instead of refusing the file");
  addTableOptions(command);
  return command
    .option("--law <law>", "a law of `isoflop laws`, or a formula whose names may be columns", "chinchilla")
    .option("--by <column>", "one fit for each value of a column, in one table")
    .option(
      "--loss <loss>",
      "squared, l1, huber:DELTA, logcosh:SCALE, or huber, whose delta follows the noise (papers: huber:1e-3)",
      "huber",
    )
    .option("--raw", "take residuals of the response itself, not of its logarithm")
    .option("--weights <column>", "weight of each row, a column or an expression, >= 0; relative")
    .option("--fix <parameters>", "hold parameters at values, such as E=1.69")
    .option("--tie <parameters>", "make a parameter equal to another, such as beta=alpha")
    .option("--bounds <parameters>", "NAME=LOW:HIGH, either may be left out, such as alpha=0.1:0.6")
    .option("--prior <parameters>", "NAME=MEAN:SD, a Gaussian belief; NAME=MEAN:SD:log one of the logarithm")
    .option("--start <parameters>", "where to begin instead of searching: every parameter, E=1.7,A=400,…")
    .option("--bootstrap <resamples>", "standard errors and intervals from so many replicates", parseWhole, 0)
    .option("--seed <number>", "seed of the bootstrap", parseWhole, 42)
    .option("--level <share>", "mass of the intervals", parseShare, 0.95)
    .addOption(
      repeatableOption(
        "--holdout <condition>",
        'keep runs out of a second fit and predict them, such as "flops>1e21"; may be given again',
        again,
      ),
    )
    .addOption(repeatableOption("--compare <law>", "set another law beside it; may be given again", again))
    .option(
      "--against <laws>",
      "set the runs beside published laws, separated by commas: chinchilla, epoch, …",
    )
    .option("--plan <flops=NUMBER>", "the best model size and token count for a budget")
    .option("--predict <file>", "a table of points to predict", parsePath)
    .option("--interval <percent>", "mass of the intervals of predictions, such as 95", parsePercent)
    .option("--json", "print the result as JSON")
    .addOption(
      new Option("--output-format <format>", "how the result is printed (--format is the table's)").choices([
        "text",
        "json",
        "md",
        "tex",
      ]),
    )
    .addOption(
      new Option("--emit <language>", "print the fitted law as a function, and nothing else").choices([
        "python",
        "js",
        "tex",
      ]),
    )
    .option(
      "--output <file>",
      "write one row a run: fitted, residual, interval (.csv, .json, .md or .tex)",
      parseFilePath,
    )
    .option(
      "--predictions <file>",
      "write the predictions of --predict (.csv, .json, .md or .tex)",
      parseFilePath,
    )
    .option("--save <file>", "write the fit itself, for `isoflop plan --law` and loadFit", parseFilePath)
    .option("--report <file>", "write the result with figures as a self-contained HTML page", parseFilePath);
}
