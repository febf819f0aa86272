import { downstreamError, fit, optimalTokenMultiplier, overTraining, squared } from "isoflop";
import { gadreTestbed } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { expectReference } from "./reference.ts";

const leastSquares = { loss: squared(), residual: "raw" } as const;

/** The paper's procedure: five runs for the loss law, a sixth (1.4B at M = 20) for the error law. */
function analyse(trainSet: "c4" | "redpajama" | "refinedweb", withSixth = true) {
  // The authors' fits and predictions use the nominal compute 6 N^2 M.
  const runs = gadreTestbed()
    .filter((run) => run.trainSet === trainSet)
    .map((run) => ({ ...run, error: run.error17, flops: 6 * run.nParams ** 2 * run.tokenMultiplier }));
  const five = runs.filter(
    ({ nParams, tokenMultiplier: M }) => (M === 20 && nParams < 5e8) || (M === 320 && nParams < 2e7),
  );
  const at = (nParams: number, tokenMultiplier: number) =>
    runs.find(
      (run) => Math.abs(run.nParams / nParams - 1) < 0.05 && run.tokenMultiplier === tokenMultiplier,
    )!;
  const sixth = at(1.44e9, 20);
  const loss = fit(overTraining, five, leastSquares);
  const error = fit(downstreamError, withSixth ? [...five, sixth] : five, leastSquares);
  const flops = five.reduce((sum, run) => sum + run.flops, 0);
  return {
    loss,
    error,
    flops: { loss: flops, error: flops + sixth.flops },
    lossErrorPercent: (N: number, M: number) => 100 * Math.abs(loss.predict(at(N, M)) / at(N, M).loss - 1),
    errorErrorPercent: (N: number, M: number) =>
      100 * Math.abs(error.predict({ loss: loss.predict(at(N, M)) }) / at(N, M).error - 1),
  };
}

describe.each(["c4", "redpajama", "refinedweb"] as const)("on %s", (trainSet) => {
  test("five runs give the loss law and M* of the paper", () => {
    const { loss } = analyse(trainSet);
    expect(loss.status).toBe("converged");
    expectReference(`gadre_loss_${trainSet}`, { ...loss.parameters, M_star: optimalTokenMultiplier(loss) });
  });

  test("six runs give the error law", () => {
    expectReference(`gadre_err17_${trainSet}`, analyse(trainSet).error.parameters);
  });
});

test("the two laws predict the large and over-trained models as the paper says", () => {
  const [c4, redpajama, refinedweb] = (["c4", "redpajama", "refinedweb"] as const).map((set) => analyse(set));
  expectReference("gadre_pred", {
    "loss_rel_err_pct_redpajama_1.4B_900B": redpajama!.lossErrorPercent(1.44e9, 640),
    "loss_rel_err_pct_redpajama_6.9B_138B": redpajama!.lossErrorPercent(6.9e9, 20),
    "err17_rel_err_pct_redpajama_1.4B_900B": redpajama!.errorErrorPercent(1.44e9, 640),
    "err17_rel_err_pct_redpajama_6.9B_138B": redpajama!.errorErrorPercent(6.9e9, 20),
    "err17_rel_err_pct_c4_6.9B": c4!.errorErrorPercent(6.9e9, 20),
    "err17_rel_err_pct_refinedweb_6.9B": refinedweb!.errorErrorPercent(6.9e9, 20),
    "loss_rel_err_pct_c4_6.9B": c4!.lossErrorPercent(6.9e9, 20),
    "loss_rel_err_pct_refinedweb_6.9B": refinedweb!.lossErrorPercent(6.9e9, 20),
    "err17_rel_err_pct_redpajama_6.9B_without_1.4B_point": analyse("redpajama", false).errorErrorPercent(
      6.9e9,
      20,
    ),
    fit_flops_loss: c4!.flops.loss,
    fit_flops_err: c4!.flops.error,
  });
});
