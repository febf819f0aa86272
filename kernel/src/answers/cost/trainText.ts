import { formatNumber, type RunQuantity, type TimedFigure } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";
import type { TrainAnswer } from "./trainAnswer.ts";

const partNames: Readonly<Record<string, string>> = {
  matmul: "products with weights",
  attention: "attention",
  recurrence: "recurrent states",
  memory: "bound by memory",
  recompute: "computed again",
  bubble: "pipeline bubble",
  launches: "launches",
  tensorLinks: "tensor-parallel links",
  expertLinks: "expert-parallel links",
  contextLinks: "context-parallel links",
  gathers: "gathering weights",
  gradients: "reducing gradients",
  optimizer: "optimiser",
};

const digits = (value: number) => formatNumber(value, 3);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** The answer of `isoflop cost train` for a terminal of so many columns. */
export function trainText(answer: TrainAnswer, width = Number.POSITIVE_INFINITY): string {
  const { step, memory, fit, run } = answer;
  const line = (name: string, { value, interval80, interval95 }: TimedFigure, show = digits) => [
    name,
    show(value),
    interval80.map(show).join(" to "),
    interval95.map(show).join(" to "),
  ];
  const figures = [
    line("seconds a step", step.seconds),
    line("tokens/s/device", step.tokensPerSPerDevice, (value) => value.toFixed(0)),
    line("MFU", step.mfu, percent),
    line("HFU", step.hfu, percent),
  ];
  const seconds = step.seconds.value;
  const parts = Object.entries(step.parts)
    .filter(([, part]) => part > 0.0005 * seconds)
    .map(([name, part]) => [partNames[name] ?? name, digits(part), percent(part / seconds)]);
  const gb = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;
  const held = Object.entries(memory)
    .filter((entry): entry is [string, number] => typeof entry[1] === "number")
    .filter(([name, bytes]) => bytes > 0 && !["total", "worstStage", "host"].includes(name))
    .map(([name, bytes]) => [name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), gb(bytes)]);
  const { devices = 1 } = answer.layout;
  return [
    `${answer.model || "model"} on ${devices} × ${answer.accelerator}, ${answer.format}, ${answer.sequenceTokens} tokens a sequence`,
    "",
    fittedTable(["", "expected", "80 %", "95 %"], figures, { width }),
    "",
    fittedTable(["where the step goes", "s", "share"], parts, { width }),
    "",
    fittedTable(["memory of a device", ""], [...held, ["in all", gb(memory.total)]], { width }),
    fit.says,
    ...(run ? ["", runTable(run, width)] : []),
    "",
    ...notes(answer).map((note) => `- ${note}`),
  ].join("\n");
}

function runTable(run: NonNullable<TrainAnswer["run"]>, width: number): string {
  const rows = Object.entries(run).flatMap(([name, quantity]) => {
    if (typeof quantity !== "object" || !("value" in quantity)) return [];
    const { value, interval, unit } = quantity as RunQuantity;
    return [[nameOf(name), digits(value), interval.map(digits).join(" to "), unit]];
  });
  return fittedTable(["whole run", "expected", "95 %", ""], rows, { width });
}

const nameOf = (key: string) => ({ usd: "money", deviceHours: "device hours", flops: "compute" })[key] ?? key;

function notes({ step, run }: TrainAnswer): readonly string[] {
  const { runs, sameGroup } = step.calibratedOn;
  return [
    `MFU: ${step.convention} FLOPs over the ${step.peak.format} peak, ${digits(step.peak.flopsPerS)} FLOP/s`,
    `calibrated on ${runs} published runs, ${sameGroup} of them with this model, accelerator, format and software`,
    ...(step.inDistribution
      ? []
      : ["unlike the runs that are calibrated on: take the intervals as too narrow rather than too wide"]),
    ...step.assumptions,
    ...(run?.assumptions ?? []),
  ];
}
