import type { CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import { findAccelerator } from "../../catalog/accelerators/findAccelerator.ts";
import { quoted } from "./rowCells.ts";

/** Names of tables that mean one board where the catalogue has several: aiconfigurator's `a100_sxm.yaml` has 80 GiB and 2,039 GB/s. */
const boards: Readonly<Record<string, string>> = { a100_sxm: "a100-sxm-80gb" };

let last: { readonly spelling: string; readonly sheet: CatalogAccelerator } | undefined;

/**
 * The accelerator of a cell of the column `hardware`, where several boards bear the name the SXM one.
 *
 * @throws RangeError on a cell that states none, or one that the catalogue has not
 */
export function rowAccelerator(spelling: string): CatalogAccelerator {
  if (spelling === "") throw new RangeError("no accelerator (column hardware)");
  // Rows that follow one another mostly bear the same name.
  if (last?.spelling === spelling) return last.sheet;
  try {
    const sheet = findAccelerator(
      Object.hasOwn(boards, spelling.toLowerCase()) ? boards[spelling.toLowerCase()]! : spelling,
      { form: "sxm" },
    );
    last = { spelling, sheet };
    return sheet;
  } catch (error) {
    // In a table the names of all others would stand in every row.
    const [first] = (error as Error).message.split(/[.;] there are /i);
    throw new RangeError(first!.replace(JSON.stringify(spelling), quoted(spelling)));
  }
}
