import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { Variable } from "../definition/Law.ts";
import { positiveVariable, tokenLoss } from "../definition/variables.ts";
import type { PowerLawOptions } from "./PowerLawOptions.ts";

/** What a law of this family predicts: the loss in nats per token, or a field whose unit nobody but the caller knows. */
export function responseOf<R extends string>(law: string, options: PowerLawOptions<R>): Variable<R> {
  requireOptions(law, options, ["response"]);
  const { response = "loss" as R } = options;
  const unit = response === "loss" ? tokenLoss.unit : "the response's unit";
  return { ...tokenLoss, name: response, unit, description: response };
}

/**
 * What laws of any number of variables have in common: name, specification, variables and response.
 *
 * @throws RangeError when there is no variable, one comes twice, or the response is one of them
 */
export function ofVariables<V extends string, R extends string>(
  law: string,
  variables: readonly V[],
  options: PowerLawOptions<R>,
) {
  const response = responseOf(law, options);
  if (variables.length === 0 || new Set(variables).size !== variables.length) {
    throw new RangeError(`${law} needs one or more different variables, got [${variables.join(", ")}]`);
  }
  if ((variables as readonly string[]).includes(response.name)) {
    throw new RangeError(
      `${law} has ${response.name} on both sides; name another response, or take it out of the variables`,
    );
  }
  return {
    name: `${law}(${variables.join(", ")})`,
    specification: { kind: law, arguments: [variables, { response: response.name }] },
    response,
    variables: variables.map(positiveVariable),
  };
}
