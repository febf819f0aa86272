import { formatNumber, type RuntimeModel } from "isoflop";
import { shownPath } from "../../files/shownPath.ts";
import { wrapText } from "../../text/wrapText.ts";
import type { RequestAnswer } from "./predictRequest.ts";

/** Columns before the text of a line: `runtime  `. */
const label = 9;

/** Runtime and price of a request for a terminal of so many columns. */
export function requestText(path: string, answer: RequestAnswer, width = Number.POSITIVE_INFINITY): string {
  const { model, promptTokens, outputTokens, seconds, prefillSeconds, usd, accelerators, usdPerHour, notes } =
    answer;
  const price =
    usd === undefined
      ? ""
      : `\nprice    $${formatNumber(usd)} on ${accelerators} accelerator${accelerators === 1 ? "" : "s"} at $${usdPerHour} an hour each`;
  const text = `${describeModel(path, model)}
request  ${promptTokens} prompt tokens, ${outputTokens} output tokens
runtime  ${formatNumber(seconds)} s: ${formatNumber(prefillSeconds)} s to the first token, ${formatNumber(seconds - prefillSeconds)} s for the others${price}
${notes.map((note) => `note     ${note}\n`).join("")}`;
  return text
    .split("\n")
    .flatMap((line) => wrapText(line, width, label))
    .join("\n");
}

function describeModel(path: string, model: RuntimeModel): string {
  const { promptTimes, secondsPerOutputToken, r2, maxSquaredError, nMeasurements } = model;
  const [first, last] = [promptTimes[0]!, promptTimes.at(-1)!];
  return `${shownPath(path)}: ${nMeasurements} requests, ${promptTimes.length} prompt sizes
T(p, o) = F(p) + (o - 1) G
G        ${formatNumber(secondsPerOutputToken * 1000)} ms per output token (R2 ${formatNumber(r2, 5)}, largest error ${formatNumber(Math.sqrt(maxSquaredError), 2)} s)
F        ${formatNumber(first.seconds)} s at ${first.promptTokens} tokens to ${formatNumber(last.seconds)} s at ${last.promptTokens}
`;
}
