// What five rows of a new stack are worth: node bench/serving/ownRows.js
import { calibrateParts, predictParts, servingHierarchy, updateParts } from "isoflop";
import { mean, percent, publishedObservations } from "./leftOut.js";

const few = 5;

/** Rows of a stack in an order drawn from its name, so that which five are given is nobody's choice. */
const shuffled = (rows, seed) => {
  let state = seed >>> 0 || 1;
  const list = [...rows];
  for (let i = list.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
};

export function rows() {
  const { observations } = publishedObservations();
  const tokens = observations.filter(({ kind, labels }) => kind === "tpot" && !labels.split);
  const stackOf = ({ labels }) => [labels.engine, labels.accelerator, labels.model].join("|");
  const stacks = [...new Set(tokens.map(stackOf))].filter(
    (stack) => tokens.filter((one) => stackOf(one) === stack).length >= 20,
  );
  const before = [];
  const after = [];
  const said = [];
  stacks.forEach((stack, i) => {
    process.stderr.write(`  ${i + 1} of ${stacks.length}: ${stack}\n`);
    const rest = observations.filter((one) => stackOf(one) !== stack);
    const calibration = calibrateParts(servingHierarchy, rest, { spreadDeviation: 0.35, factors: "none" });
    const own = shuffled(
      tokens.filter((one) => stackOf(one) === stack),
      i + 17,
    );
    const given = own.slice(0, few);
    const judged = own.slice(few);
    const updated = updateParts(calibration, given);
    const errors = [calibration, updated].map((one) =>
      mean(judged.map((row) => Math.abs(predictParts(one, row).value / row.value - 1))),
    );
    before.push(errors[0]);
    after.push(errors[1]);
    said.push(`${stack.split("|").slice(0, 2).join(" ")} ${percent(errors[0])} to ${percent(errors[1])}`);
  });
  const cut = 1 - mean(after) / mean(before);
  return [
    {
      bar: `${few} own rows of a new stack`,
      wanted: "cut the error by >= 40 %",
      got: `${percent(cut, 0)}: ${percent(mean(before))} to ${percent(mean(after))} over ${stacks.length} stacks (${said.join("; ")})`,
      held: cut >= 0.4,
      howHeldOut:
        "each stack (engine, accelerator, model) of 20 rows or more left out of the calibration; five of its rows drawn by a seed, judged on its others",
    },
  ];
}
