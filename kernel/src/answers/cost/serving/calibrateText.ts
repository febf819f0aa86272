import { formatNumber } from "isoflop";
import { fittedTable } from "../../../text/fittedTable.ts";
import { wrapText } from "../../../text/wrapText.ts";
import type { Learned } from "./learnOwn.ts";
import type { RefusedRows } from "./ownRows.ts";

const names: Readonly<Record<string, string>> = {
  ttft: "time to the first token",
  tpot: "time a token",
  throughput: "tokens a second",
};

/** What `isoflop cost calibrate` learned, for a terminal of so many columns. */
export function calibrateText(
  { rows, runs, errors, constants, outliers }: Learned,
  refused: readonly RefusedRows[],
  width = Number.POSITIVE_INFINITY,
): string {
  const count = refused.reduce((sum, one) => sum + one.rows, rows);
  const percent = (share: number | undefined) =>
    share === undefined ? "-" : `${formatNumber(100 * share, 3)} %`;
  const wrapped = (text: string) => wrapText(text, width, text.startsWith("- ") ? 2 : 0);
  return [
    `${rows} of ${count} rows used, of ${runs} run${runs === 1 ? "" : "s"}`,
    ...refused.flatMap((one) =>
      wrapped(`- ${one.rows} not: ${one.why} (${one.rows > 1 ? "first " : ""}${one.first})`),
    ),
    "",
    fittedTable(
      ["mean error of", "on", "rows", "before", "left out"],
      errors.map(({ stack, quantity, rows, before, leftOut }) => [
        names[quantity] ?? quantity,
        stack,
        String(rows),
        percent(before),
        percent(leftOut),
      ]),
      { width },
    ),
    "",
    ...wrapped(
      "before: by the published measurements alone; left out: each run by what the others teach, so that it says what to expect of the next one",
    ),
    ...(runs < 5 ? wrapped(`five runs or more tell much more than ${runs}`) : []),
    ...(constants.length > 0
      ? [
          "",
          fittedTable(
            ["constant", "before", "after"],
            constants.map(({ name, before, after }) => [
              name,
              formatNumber(before, 3),
              formatNumber(after, 3),
            ]),
            { width },
          ),
        ]
      : wrapped(
          "no constant of the published measurements moved by 1 % or more: what was learned is of this machine, engine and model",
        )),
    ...outliers.flatMap(({ place, ratio }) =>
      wrapped(`- ${place} counts little: it is ${formatNumber(ratio, 3)} times what the others say`),
    ),
  ].join("\n");
}
