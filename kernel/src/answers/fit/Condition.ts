/** A condition on one field: `flops>1e21`. */
export interface Condition {
  readonly field: string;
  readonly text: string;
  holds(value: number): boolean;
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  "==": (left, right) => left === right,
};

/**
 * A condition as `isoflop fit --holdout` takes it.
 *
 * @throws RangeError when it is not FIELD, a comparison and a number
 */
export function parseCondition(text: string): Condition {
  const [, field, operator, number] = /^\s*(\w+)\s*(>=|<=|==|>|<)\s*(\S+)\s*$/.exec(text) ?? [];
  const bound = Number(number);
  if (field === "__proto__") {
    throw new RangeError(
      '--holdout cannot take the field "__proto__"; give it a name: --map x=__proto__ --holdout "x>3"',
    );
  }
  if (!field || !operator || !Number.isFinite(bound)) {
    throw new RangeError(`--holdout takes a condition such as "flops>1e21", got "${text}"`);
  }
  const compare = comparisons[operator]!;
  return { field, text: text.trim(), holds: (value) => compare(value, bound) };
}
