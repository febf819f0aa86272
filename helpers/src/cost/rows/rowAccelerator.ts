import type { CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import { findAccelerator } from "../../catalog/accelerators/findAccelerator.ts";
import { quoted } from "./rowCells.ts";

/**
 * The accelerator of a cell of the column `hardware`, where several boards bear the name the SXM one.
 *
 * @throws RangeError on a cell that states none, or one that the catalogue has not
 */
export function rowAccelerator(spelling: string): CatalogAccelerator {
  if (spelling === "") throw new RangeError("no accelerator (column hardware)");
  try {
    return findAccelerator(spelling, { form: "sxm" });
  } catch (error) {
    // In a table the names of all others would stand in every row.
    const [first] = (error as Error).message.split(/ There are /);
    throw new RangeError(first!.replace(JSON.stringify(spelling), quoted(spelling)));
  }
}
