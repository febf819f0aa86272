import type { Accelerator, CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import type { Peak } from "../../catalog/accelerators/peakOf.ts";
import type { TrainingRunQuestion } from "./TrainingRunQuestion.ts";

/** What a run's figures rest on besides what was given. */
export function runNotes(
  question: TrainingRunQuestion,
  sheet: Accelerator | CatalogAccelerator,
  peak: Peak,
): string[] {
  const notes = [
    `MFU is a share of the dense ${peak.format} peak of ${sheet.name}, ${peak.flopsPerS / 1e12} TFLOP/s`,
  ];
  if (question.flops === undefined && question.attention === undefined) {
    notes.push("compute is 6 FLOPs a parameter and token: attention between tokens is not counted");
  }
  if (question.goodput === undefined) {
    notes.push("goodput 85 to 97 %, as the largest runs of PaLM 2 and Gemini had it (arXiv:2312.11805)");
  }
  const known = "peaks" in sheet ? sheet : undefined;
  const range = known?.usdPerHour;
  if (question.usdPerHour === undefined) {
    notes.push(
      range
        ? `${range.low} to ${range.high} US dollars an accelerator hour on ${range.asOf}: ${range.from}`
        : `the catalogue has no price of ${sheet.name}: give usdPerHour for money`,
    );
  }
  if ((question.boardWatts ?? known?.boardWatts) === undefined)
    notes.push(`the power of ${sheet.name} is not known: give boardWatts for energy`);
  else {
    if (question.powerShare === undefined) notes.push("boards draw all of their power all of the time");
    if (question.pue === undefined)
      notes.push("energy of the boards alone: no hosts, network or cooling (pue)");
    if (question.carbonIntensity === undefined) notes.push("carbon needs carbonIntensity, kg CO2e a kWh");
  }
  return notes;
}
