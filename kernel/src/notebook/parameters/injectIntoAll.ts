import type { Notebook } from "../Notebook.ts";
import { injectParameters, refuseUnknown } from "./injectParameters.ts";
import { inspectParameters } from "./inspectParameters.ts";

/**
 * Sets parameters of several notebooks that are run together: each gets those that it declares, and every one must be
 * declared by one of them at least. Where no notebook declares any, all of them get all.
 *
 * @throws ParameterError as `injectParameters`
 */
export function injectIntoAll(
  notebooks: readonly Notebook[],
  values: ReadonlyMap<string, unknown>,
): Notebook[] {
  const declared = notebooks.map((notebook) => inspectParameters(notebook)?.map(({ name }) => name));
  const known = declared.filter((names) => names !== undefined);
  if (known.length === 0) return notebooks.map((notebook) => injectParameters(notebook, values));
  refuseUnknown([...values.keys()], [...new Set(known.flat())]);
  return notebooks.map((notebook, k) => {
    const names = declared[k] ?? [];
    return injectParameters(notebook, new Map([...values].filter(([name]) => names.includes(name))));
  });
}
