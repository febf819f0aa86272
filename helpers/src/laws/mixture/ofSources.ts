import type { Variable } from "../definition/Law.ts";
import { real, tokenLoss } from "../definition/variables.ts";

/**
 * What laws of the shares of several sources have in common: name, specification, response and the shares as variables.
 *
 * @param beside variables that follow the shares, such as `nParams`
 * @throws RangeError when there are fewer than two sources, one comes twice or has the name of another variable
 */
export function ofSources<Source extends string>(
  law: string,
  sources: readonly Source[],
  beside: readonly Variable[] = [],
) {
  if (!Array.isArray(sources) || sources.length < 2 || new Set(sources).size !== sources.length) {
    throw new RangeError(
      `${law} needs two or more different sources, got [${String(sources)}]; such as ["web", "code"]`,
    );
  }
  const taken = [tokenLoss, ...beside].find(({ name }) => sources.includes(name as Source));
  if (taken) throw new RangeError(`${law} has a source called ${taken.name}; give that share another name`);
  return {
    name: `${law}(${sources.join(", ")})`,
    specification: { kind: law, arguments: [sources] },
    response: tokenLoss,
    variables: [
      ...sources.map((source) => real(source, "share of the tokens", `share of ${source}`)),
      ...beside,
    ],
  };
}
