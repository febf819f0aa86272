import { formatNumber } from "isoflop";
import { fittedTable } from "../../../text/fittedTable.ts";
import { wrapText } from "../../../text/wrapText.ts";
import { type OwnFigure, type ServingCalibration, stackName } from "./calibrateServing.ts";
import type { OwnRows } from "./ownRows.ts";

const names: Readonly<Record<OwnFigure["figure"], string>> = {
  ttftS: "time to the first token",
  tpotS: "time a token",
  tokensPerS: "tokens a second",
};

/** What `isoflop cost calibrate` learned, for a terminal of so many columns. */
export function calibrateText(
  calibration: ServingCalibration,
  { measured, refused }: OwnRows,
  width = Number.POSITIVE_INFINITY,
): string {
  const count = refused.reduce((sum, { rows }) => sum + rows, measured.length);
  const percent = (share: number) => `${formatNumber(100 * share, 3)} %`;
  const stacks = calibration.stacks.flatMap((stack) => [
    "",
    `${stackName(stack)}, ${stack.rows} figures`,
    "",
    fittedTable(
      ["mean error of", "figures", "before", "left out"],
      stack.errors.map(({ figure, rows, before, leftOut }) => [
        names[figure],
        String(rows),
        percent(before),
        percent(leftOut),
      ]),
      { width },
    ),
    "",
    fittedTable(
      ["constant", "before", "after"],
      stack.constants.map(({ name, before, after }) => [
        name,
        formatNumber(before, 3),
        formatNumber(after, 3),
      ]),
      { width },
    ),
  ]);
  return [
    `${measured.length} of ${count} rows used`,
    ...refused.flatMap(({ why, rows, first }) =>
      wrapText(`- ${rows} not: ${why}${rows > 1 ? ` (first ${first})` : ` (${first})`}`, width, 2),
    ),
    ...stacks,
    "",
    ...wrapText(
      "left out: each row by what all others teach, so that it says what another row of this machine and engine will be off by",
      width,
    ),
  ].join("\n");
}
