// How often published figures lie in the intervals of calibrations that did not see them: node bench/serving/intervals.js
import { intervalsWithoutGroups, intervalsWithoutModels, median, percent, share } from "./leftOut.js";

const row = (bar, list, [low80, high80], [low95, high95], howHeldOut) => {
  const in80 = share(list, (one) => one.in80);
  const in95 = share(list, (one) => one.in95);
  return {
    bar,
    wanted: `80 % cover ${low80}-${high80} %, 95 % cover ${low95}-${high95} %`,
    got: `${percent(in80)} and ${percent(in95)} of ${list.length}, median half-width of the 80 % a factor ${median(list.map(({ factor80 }) => factor80)).toFixed(2)}`,
    held: 100 * in80 >= low80 && 100 * in80 <= high80 && 100 * in95 >= low95 && 100 * in95 <= high95,
    howHeldOut,
  };
};

export function rows() {
  const left = intervalsWithoutGroups();
  const how =
    "calibrated anew, factors too, without each sixth of the table's groups (model, machine, precision, engine); intervals as estimateEngine gives them";
  const out = [row("intervals, groups left out", left, [76, 84], [92, 97], how)];
  for (const board of new Set(left.map(({ one }) => one.labels.accelerator))) {
    const list = left.filter(({ one }) => one.labels.accelerator === board);
    if (list.length >= 100)
      out.push(row(`intervals, groups left out, ${board}`, list, [76, 84], [92, 97], how));
  }
  const widths = median(left.map(({ factor80 }) => factor80));
  const of = (kind) =>
    median(left.filter(({ one }) => one.kind === kind).map(({ factor80 }) => factor80)).toFixed(2);
  out.push({
    bar: "the 80 % interval either way, groups left out",
    wanted: "median <= a factor 1.6",
    got: `${widths.toFixed(2)} of all; time per token ${of("tpot")}, first token ${of("ttft")}, throughput ${of("throughput")}`,
    held: widths <= 1.6,
    howHeldOut: how,
  });
  const models = intervalsWithoutModels();
  out.push(
    row("intervals, model left out", models, [70, 100], [90, 100], "calibrated anew without each model"),
  );
  return out;
}
