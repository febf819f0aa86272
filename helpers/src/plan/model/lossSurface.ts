import type { Law } from "../../laws/definition/Law.ts";

/** The loss by ln N and ln D. */
export type LossSurface = (logParams: number, logTokens: number) => number;

/** How a variable follows from ln N and ln D, as its logarithm. */
type Coordinate = (logParams: number, logTokens: number) => number;

const log6 = Math.log(6);
const derived: Readonly<Record<string, Coordinate>> = {
  nParams: (logN) => logN,
  nTokens: (_, logD) => logD,
  flops: (logN, logD) => log6 + logN + logD,
  tokenMultiplier: (logN, logD) => logD - logN,
  tokensPerParam: (logN, logD) => logD - logN,
};

/**
 * What a law reads besides size and tokens: these follow from the plan (`flops` = 6 N D, `tokenMultiplier` = D / N), the
 * others have to be given.
 */
export function variablesToGive(law: Law): string[] {
  return law.variables.map(({ name }) => name).filter((name) => derived[name] === undefined);
}

/** Whether a law tells size and tokens apart, so that a budget has a best split. */
export function tellsSizeFromTokens(law: Law): boolean {
  const names = law.variables.map(({ name }) => name);
  const tells = ["nParams", "nTokens", "tokenMultiplier", "tokensPerParam"];
  return names.filter((name) => tells.includes(name) || name === "flops").length > 1;
}

/**
 * The loss of a law over ln N and ln D, for constants that may change from draw to draw: no allocation within.
 *
 * @param given values of the variables that do not follow from size and tokens
 */
export function lossSurface(
  law: Law,
  given: Readonly<Record<string, number>>,
): (theta: Float64Array) => LossSurface {
  const value = new Float64Array(1);
  const jacobian = new Float64Array(law.parameters.length);
  const columns = law.variables.map(({ name, domain }) => {
    const fixed = given[name];
    return Float64Array.of(fixed === undefined ? 0 : domain === "positive" ? Math.log(fixed) : fixed);
  });
  const moving = law.variables.flatMap(({ name, domain }, v) => {
    const coordinate = derived[name];
    if (given[name] !== undefined || !coordinate) return [];
    const column = columns[v]!;
    return [
      (logN: number, logD: number) => {
        const log = coordinate(logN, logD);
        column[0] = domain === "positive" ? log : Math.exp(log);
      },
    ];
  });
  return (theta) => (logN, logD) => {
    for (const set of moving) set(logN, logD);
    law.evaluate(theta, columns, 1, value, jacobian);
    return value[0]!;
  };
}
