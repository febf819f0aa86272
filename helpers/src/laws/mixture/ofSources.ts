import { requireNames } from "../../numerics/arguments/requireNames.ts";
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
  requireNames(`the sources of ${law}`, sources, 2, 'such as ["web", "code"]');
  const list = Array.isArray(sources) ? sources : [];
  const taken = [tokenLoss, ...beside].find(({ name }) => sources.includes(name as Source));
  if (taken) throw new RangeError(`${law} has a source called ${taken.name}; give that share another name`);
  return {
    name: `${law}(${sources.join(", ")})`,
    specification: { kind: law, arguments: [sources] },
    response: tokenLoss,
    variables: [
      ...list.map((source) => real(source, "share of the tokens", `share of ${source}`)),
      ...beside,
    ],
  };
}
