import type { Variable } from "../definition/Law.ts";
import { tokenLoss } from "../definition/variables.ts";
import type { PowerLawOptions } from "./PowerLawOptions.ts";

/** What a law of this family predicts: the loss in nats per token, or a field whose unit nobody but the caller knows. */
export function responseOf<R extends string>({ response = "loss" as R }: PowerLawOptions<R>): Variable<R> {
  const unit = response === "loss" ? tokenLoss.unit : "the response's unit";
  return { ...tokenLoss, name: response, unit, description: response };
}
