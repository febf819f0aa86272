import { formatNumber, type RuntimeModel } from "isoflop";
import { shownPath } from "../../files/shownPath.ts";
import { wrapText } from "../../text/wrapText.ts";
import type { RequestAnswer } from "./predictRequest.ts";

/** Columns before the text of a line: `runtime  `. */
const label = 9;

/** Runtime and price of a request for a terminal of so many columns. */
export function requestText(path: string, answer: RequestAnswer, width = Number.POSITIVE_INFINITY): string {
  const { promptTokens, outputTokens, seconds, prefillSeconds, usd, accelerators, usdPerHour, notes } =
    answer;
  const price =
    usd === undefined
      ? ""
      : `\nprice    $${formatNumber(usd)} on ${accelerators} accelerator${accelerators === 1 ? "" : "s"} at $${usdPerHour} an hour each`;
  const text = `${describeModel(path, answer)}
request  ${promptTokens} prompt tokens, ${outputTokens} output tokens
runtime  ${formatNumber(seconds)} s: ${formatNumber(prefillSeconds)} s to the first token, ${formatNumber(seconds - prefillSeconds)} s for the others${between(answer)}${price}
${notes.map((note) => `note     ${note}\n`).join("")}`;
  return text
    .split("\n")
    .flatMap((line) => wrapText(line, width, label))
    .join("\n");
}

/** Where the figures lie, in a line of its own. */
function between({ intervals }: RequestAnswer): string {
  if (intervals === undefined) return "";
  const { level, seconds, prefillSeconds, secondsPerOutputToken } = intervals;
  const range = ([low, high]: readonly [number, number], unit: string, factor = 1) =>
    `${formatNumber(low * factor)} to ${formatNumber(high * factor)} ${unit}`;
  return `
${formatNumber(100 * level)} %     ${range(seconds, "s")}; first token ${range(prefillSeconds, "s")}; G ${range(secondsPerOutputToken, "ms", 1000)}`;
}

function describeModel(path: string, { model }: RequestAnswer): string {
  const { promptTimes, r2, maxSquaredError, nMeasurements } = model;
  const [first, last] = [promptTimes[0]!, promptTimes.at(-1)!];
  return `${shownPath(path)}: ${nMeasurements} requests, ${promptTimes.length} prompt sizes
T(p, o) = F(p) + (o - 1) G
G        ${describeOutputTime(model)} (R2 ${formatNumber(r2, 5)}, largest error ${formatNumber(Math.sqrt(maxSquaredError), 2)} s)${describeChoice(model)}
F        ${formatNumber(first.seconds)} s at ${first.promptTokens} tokens to ${formatNumber(last.seconds)} s at ${last.promptTokens}
`;
}

function describeOutputTime({ outputTime, secondsPerOutputToken }: RuntimeModel): string {
  if (outputTime.rule === "constant")
    return `${formatNumber(secondsPerOutputToken * 1000)} ms per output token`;
  const { baseS, perPromptTokenS } = outputTime;
  return `${formatNumber(baseS * 1000)} ms + ${formatNumber(perPromptTokenS * 1e6)} ms per 1000 prompt tokens, per output token`;
}

function describeChoice({ outputTime }: RuntimeModel): string {
  const { rule, crossValidation: tried } = outputTime;
  if (tried === undefined) return "";
  const [taken, other] =
    rule === "constant"
      ? ([`one G for all prompts misses ${formatNumber(tried.constantS, 3)} s`, tried.risingS] as const)
      : ([
          `a G that rises with the prompt misses ${formatNumber(tried.risingS, 3)} s`,
          tried.constantS,
        ] as const);
  const than = rule === "constant" ? "one that rises" : "one for all";
  return `
rule     at left-out prompt sizes ${taken}, ${than} ${formatNumber(other, 3)} s`;
}
