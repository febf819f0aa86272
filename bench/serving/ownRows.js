// What five rows of a new stack are worth: node bench/serving/ownRows.js
import { calibrateParts, predictParts, servingHierarchy, updateParts } from "isoflop";
import { mean, median, percent, publishedObservations } from "./leftOut.js";

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

const stackOf = ({ labels }) => [labels.engine, labels.accelerator, labels.model].join("|");

/**
 * Whether two rows are one run, which dumps of the same benchmark print with digits more or less: those alike in load and
 * lengths and within a thousandth. Of what is given, a copy is not judged.
 */
const isSameRun = (a, b) =>
  ["batch", "isl", "osl"].every((name) => a.source[name] === b.source[name]) &&
  Math.abs(a.value / b.value - 1) < 1e-3;

/** Errors before and after, by stack, with what `isLeftOut` says of a row left out of the calibration. */
function worth(isLeftOut, isTheirs = () => true) {
  const { observations } = publishedObservations();
  const tokens = observations.filter((one) => one.kind === "tpot" && !one.labels.split && isTheirs(one));
  const stacks = [...new Set(tokens.map(stackOf))].filter(
    (stack) => tokens.filter((one) => stackOf(one) === stack).length >= 20,
  );
  return stacks.map((stack, i) => {
    process.stderr.write(`  ${i + 1} of ${stacks.length}: ${stack}\n`);
    const rest = observations.filter((one) => !isLeftOut(one, stack));
    const calibration = calibrateParts(servingHierarchy, rest, { spreadDeviation: 0.35, factors: "none" });
    const own = shuffled(
      tokens.filter((one) => stackOf(one) === stack),
      i + 17,
    );
    const given = own.slice(0, few);
    const updated = updateParts(calibration, given);
    const judged = own.slice(few).filter((one) => !given.some((other) => isSameRun(one, other)));
    const [before, after] = [calibration, updated].map((one) =>
      judged.map((row) => Math.abs(predictParts(one, row).value / row.value - 1)),
    );
    return { stack, before, after };
  });
}

const cutOf = (list, of) =>
  1 - mean(list.map(({ after }) => of(after))) / mean(list.map(({ before }) => of(before)));

const row = (bar, list, howHeldOut) => {
  const [cut, typical] = [mean, median].map((of) => cutOf(list, of));
  const said = list.map(
    ({ stack, before, after }) =>
      `${stack.split("|").slice(0, 2).join(" ")} ${percent(mean(before), 0)} to ${percent(mean(after), 0)}`,
  );
  const level = (of) =>
    `${percent(mean(list.map(({ before }) => of(before))))} to ${percent(mean(list.map(({ after }) => of(after))))}`;
  return {
    bar,
    wanted: "cut the error by >= 40 %",
    got: `mean error of ${list.length} stacks ${level(mean)}, cut by ${percent(cut, 0)}; median error ${level(median)}, cut by ${percent(typical, 0)} (${said.join("; ")})`,
    held: cut >= 0.4,
    howHeldOut,
  };
};

export function rows() {
  const given = `${few} of its rows drawn by a seed, judged on its others; stacks of 20 rows or more`;
  const isStack = (one, stack) => stackOf(one) === stack;
  const isModel = (one, stack) => one.labels.model === stack.split("|")[2];
  return [
    row(
      `${few} own rows of a new stack`,
      worth(isStack),
      `each stack (engine, accelerator, model) left out of the calibration, which knows its engine, machine and model from others; ${given}`,
    ),
    row(
      `${few} own rows of a stack with a new model`,
      worth(isModel),
      `each stack's model left out of the calibration; ${given}`,
    ),
  ];
}
