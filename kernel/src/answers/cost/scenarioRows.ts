import { readTrainingRow, type TimedFigure, type TrainingRow, timeScenario } from "isoflop";

/** Columns that are left out of what comes back: they would hold the answer. */
const measuredColumns = new Set(["quantity", "value", "unit", "value_high"]);

/** A row of the answer: the columns that were given, and those that are added. */
export type ScenarioRow = Record<string, string | number>;

/** Columns that are added, in their order. */
const ends = ["", "_lo80", "_hi80", "_lo95", "_hi95"];
export const scenarioColumns: readonly string[] = [
  ...ends.map((end) => `mfu${end}`),
  ...ends.map((end) => `tokens_per_s_per_device${end}`),
  "in_distribution",
  "note",
];

/**
 * A row of a table of training runs with its time: MFU on the basis that its source goes by, tokens per second of a device,
 * both with intervals, or in `note` why there is none.
 */
export function scenarioRow(row: TrainingRow): ScenarioRow {
  const kept = keptColumns(row);
  let why: string;
  try {
    const scenario = readTrainingRow(row);
    if (!("why" in scenario)) {
      const step = timeScenario(scenario);
      return {
        ...kept,
        ...figures("mfu", step.mfu),
        ...figures("tokens_per_s_per_device", step.tokensPerSPerDevice),
        in_distribution: step.inDistribution ? 1 : 0,
        note: [
          `MFU: ${step.convention} FLOPs over the ${step.peak.format} peak`,
          ...(scenario.assumptions.length > 0 ? [`assumed ${scenario.assumptions.join(", ")}`] : []),
          ...step.assumptions,
        ].join("; "),
      };
    }
    why = scenario.why;
  } catch (error) {
    // What a cell cannot mean is said of its row; the others have their answers.
    if (!(error instanceof RangeError)) throw error;
    why = error.message;
  }
  return unreadRow(row, why);
}

/** A row without an answer, and why there is none. */
export function unreadRow(row: TrainingRow, why: string): ScenarioRow {
  return { ...keptColumns(row), note: `no answer: ${why.replace(/\s+/g, " ")}` };
}

function keptColumns(row: TrainingRow): ScenarioRow {
  const kept: ScenarioRow = {};
  for (const [name, cell] of Object.entries(row)) {
    if (!measuredColumns.has(name) && !scenarioColumns.includes(name)) kept[name] = cell ?? "";
  }
  for (const name of scenarioColumns) kept[name] = "";
  return kept;
}

function figures(name: string, { value, interval80, interval95 }: TimedFigure): ScenarioRow {
  const numbers = [value, ...interval80, ...interval95];
  return Object.fromEntries(ends.map((end, i) => [`${name}${end}`, Number(numbers[i]!.toPrecision(6))]));
}
