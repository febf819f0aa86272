import type { FitOptions } from "isoflop";
import { parseConditionOn, parseNumberExpression } from "../../answers/fit/expressions/parseExpression.ts";
import { parseLoss } from "../../answers/fit/parseLoss.ts";
import type { TableQuestion, Written } from "../../answers/fit/table/TableQuestion.ts";
import { type FieldSource, parseMap } from "../../tables/chooseColumns.ts";
import { parseNumbers } from "../optionValues.ts";
import type { FitCommandOptions } from "./fitOptions.ts";
import { type ParameterValues, parseParameterValues } from "./parameterValues.ts";

/** What the options ask, as far as that can be told without a table. */
export interface FitQuestion {
  readonly map: readonly FieldSource[];
  readonly table: TableQuestion;
  readonly planFlops: number | undefined;
  readonly parameters: ParameterValues;
  readonly fit: Pick<FitOptions, "loss" | "residual">;
  /** Mass of the intervals of predictions and runs. */
  readonly interval: number;
}

/** @throws RangeError naming the option and what is wrong with its value, or two options that exclude each other */
export function readQuestion(options: FitCommandOptions): FitQuestion {
  refuseContradictions(options);
  const { map, plan, loss, raw, where, weights } = options;
  const lets = (options.let ?? []).map(parseLet);
  const twice = lets.find(({ name }, k) => lets.findIndex((one) => one.name === name) !== k);
  if (twice) throw new RangeError(`--let makes ${twice.name} twice; give one of them another name`);
  return {
    map: map === undefined ? [] : parseMap(map),
    table: {
      lets,
      holdouts: (options.holdout ?? []).map((text) => written("--holdout", text, parseConditionOn)),
      ...(where !== undefined && { where: written("--where", where, parseConditionOn) }),
      ...(weights !== undefined && { weights: written("--weights", weights, parseNumberExpression) }),
    },
    planFlops: plan === undefined ? undefined : parsePlan(plan),
    parameters: parseParameterValues(options),
    fit: { loss: parseLoss(loss), residual: raw ? "raw" : "log" },
    interval: options.interval ?? options.level,
  };
}

function written<Parsed extends Written["expression"]>(
  option: string,
  text: string,
  parse: (text: string) => Parsed,
): Written {
  try {
    return { text: text.trim(), expression: parse(text) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`${option}: ${error.message}`, { cause: error });
  }
}

/** `r = tokens/unique`. */
function parseLet(text: string): TableQuestion["lets"][number] {
  const [, name, expression] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(?!=)\s*(.+?)\s*$/su.exec(text) ?? [];
  if (!name || !expression) {
    throw new RangeError(`--let takes NAME = EXPRESSION, such as "r = tokens/unique", got "${text}"`);
  }
  return { name, ...written("--let", expression, parseNumberExpression) };
}

/** `flops=1e24`, the one thing that can be planned for. */
function parsePlan(text: string): number {
  const { flops, ...others } = parseNumbers("--plan", text);
  if (flops === undefined || !(flops > 0) || Object.keys(others).length > 0) {
    throw new RangeError(`--plan takes a budget such as flops=1e24, got "${text}"`);
  }
  return flops;
}

/** Options that need one fit, beside one that makes many; and those that print something else. */
function refuseContradictions(options: FitCommandOptions): void {
  const given = (names: readonly (keyof FitCommandOptions)[]) =>
    names.filter((name) => options[name] !== undefined && options[name] !== false && options[name] !== 0);
  const flag = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const [first] = given(["holdout", "against", "save", "report"]);
  if (options.by !== undefined && first !== undefined) {
    throw new RangeError(
      `--by makes a fit for each value, and ${flag(first)} needs one; take one value with --where`,
    );
  }
  if (options.json && options.outputFormat !== undefined && options.outputFormat !== "json") {
    throw new RangeError(
      `--json and --output-format ${options.outputFormat} exclude each other; leave one out`,
    );
  }
  if (options.emit !== undefined && (options.json || options.outputFormat !== undefined)) {
    throw new RangeError("--emit prints the law alone; leave --json and --output-format out");
  }
  if (options.predictions !== undefined && options.predict === undefined) {
    throw new RangeError(
      "--predictions writes what --predict predicts; give it a table: --predict points.csv",
    );
  }
  if (options.interval !== undefined && options.predict === undefined && options.output === undefined) {
    throw new RangeError(
      "--interval is for what --predict and --output write; --level .9 is for the parameters",
    );
  }
}
