// Writes helpers/src/cost/engine/publishedServingRecord.ts: what published measurements of serving say about the constants of
// engines, from the dataset measuredServing. Run after `npm run build`; a test calibrates again and compares.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { calibrateServing, servingObservations, writePartsRecord } from "isoflop";
import { measuredServing } from "isoflop-datasets";

/** Rows as the reader takes them. */
export function publishedServingRows() {
  return measuredServing().map(({ nDevices, sourceRef, ...row }) => ({
    ...row,
    n_devices: nDevices,
    source_ref: sourceRef,
  }));
}

/** What the published rows are calibrated to. */
export function publishedServingCalibration() {
  return calibrateServing(servingObservations(publishedServingRows()), { start: "none" });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(
    new URL("../helpers/src/cost/engine/publishedServingRecord.ts", import.meta.url),
  );
  const text = JSON.stringify(writePartsRecord(publishedServingCalibration()));
  writeFileSync(
    file,
    `// Written by scripts/serving-calibration.js.\n\n/** Parsed when it is first asked for. */\nexport const publishedServingRecord = (): unknown =>\n  JSON.parse(\n    \`${text}\`,\n  );\n`,
  );
  process.stdout.write(`${file}: ${text.length} characters\n`);
}
