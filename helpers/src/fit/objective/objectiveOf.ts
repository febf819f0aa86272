import type { Fit } from "../FitResult.ts";
import { huber } from "../losses/huber.ts";
import { Coordinates } from "./Coordinates.ts";
import { Objective } from "./Objective.ts";

/** A fresh objective for a fit's law, runs and options, for work around its minimum. */
export function objectiveOf(fit: Pick<Fit, "law" | "options" | "table">): Objective {
  const { law, options, table } = fit;
  const logResidual = (options.residual ?? "log") === "log";
  return new Objective(
    law,
    new Coordinates(law, options),
    options.loss ?? huber(1e-3),
    logResidual,
    table.x,
    logResidual ? table.y.map(Math.log) : table.y,
    table.w,
    table.n,
  );
}
