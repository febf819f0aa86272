import { fit, huber } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { chinchillaFigure4 } from "isoflop-datasets";

/** The same fit by a law that is written as text. */
export async function work() {
  const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
  const law = defineLaw("loss = E + A / nParams^alpha + B / nTokens^beta");
  const { objective, parameters } = fit(law, runs, { loss: huber(1e-3) });
  return { runs: runs.length, objective, ...parameters };
}
