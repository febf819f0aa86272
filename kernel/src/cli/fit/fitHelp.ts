import { helpText } from "../options/examplesHelp.ts";

/** What stands behind the options of `isoflop fit`. */
export const fitHelp = helpText(
  [
    "Columns are found by their usual names (n_params, tokens, val_loss, …), also at the end of a path (config.n_params, summary.loss) or with a unit (Model Size (B)); what was taken is said. Other names are given by --map nParams=size_b*1e9. Several files are fitted as one.",
    "Tables may be CSV, TSV, JSON, JSON lines or Parquet, what wandb, MLflow, TensorBoard (event files, too), Hugging Face's trainer and lm-eval write, or a spreadsheet saved as CSV: 2,5 and 7B are read where that is certain. What is not certain is refused with line and column.",
    "In a formula every name that is a column (of the file, of --map or of --let) is a variable, N, D, C and L are nParams, nTokens, flops and loss, and the others are parameters. Conditions and expressions take + - * / % ^, comparisons, and, or, not, in (…), abs, ceil, exp, floor, ln, log, log10, log2, round, sqrt, min, max, if, contains, startsWith, endsWith and empty; texts stand in quotes, columns with blanks in braces: {Model Size (B)}.",
  ],
  [
    ["isoflop fit runs.csv", "Chinchilla's law, Huber loss"],
    [
      "isoflop fit runs.csv --bootstrap 4000 --plan flops=1e24",
      "with intervals, and the best split of a budget",
    ],
    ["isoflop fit small.csv large.jsonl", "the runs of two files"],
    ["zcat runs.csv.gz | isoflop fit - --format csv", "what another program prints"],
    [
      'isoflop fit trainer_state.json --law "loss = E + A/step^alpha"',
      "the loss curve of one run, as its trainer logged it",
    ],
    ["isoflop fit history.csv --last-of run", "the last row of each run"],
    [
      'isoflop fit runs.jsonl --holdout "flops>1e21" --holdout "n_params>1e10"',
      "fit the small runs, predict the large ones; twice",
    ],
    [
      'isoflop fit runs.parquet --law "powerLaw(flops)" --group run_id',
      "checkpoints of one run belong together",
    ],
    ['isoflop fit runs.csv --law "val_loss = E + A/width^a"', "a law of your own columns"],
    [
      'isoflop fit runs.csv --let "r = tokens/unique" --where "family == \'opt\'"',
      "a column of your own, and some of the rows",
    ],
    ["isoflop fit runs.csv --by family", "one fit a family, in one table"],
    [
      "isoflop fit runs.csv --predict points.csv --interval 90 --predictions out.csv",
      "what the law says elsewhere",
    ],
    ["isoflop fit runs.csv --output residuals.csv", "one row a run: fitted, residual, interval"],
    ["isoflop fit runs.csv --weights 1/sigma^2 --loss squared", "runs of known standard deviations"],
    ["isoflop fit runs.csv --bounds E=1:2 --tie beta=alpha --prior A=6:1:log", "what is known beforehand"],
    [
      'isoflop fit runs.csv --compare chinchillaEqualExponents --compare "powerLaw(flops)"',
      "laws side by side",
    ],
    ["isoflop fit runs.csv --against chinchilla,epoch", "the runs beside published laws"],
    ["isoflop fit runs.csv --emit python > law.py", "the fitted law as a function"],
    ["isoflop fit runs.csv --output-format md >> notes.md", "the result for a page, or with tex for a paper"],
  ],
);
