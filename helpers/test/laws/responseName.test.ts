import {
  brokenPowerLaw,
  fit,
  lawFromSpecification,
  loadFit,
  multiplicativePowerLaw,
  separablePowerLaw,
  squared,
} from "isoflop";
import { describe, expect, test } from "vitest";

const runs = [1e7, 3e7, 1e8, 3e8, 1e9].flatMap((nParams) =>
  [1e9, 3e9, 1e10, 3e10].map((nTokens) => ({
    nParams,
    nTokens,
    bpb: 0.5 + 40 * (nParams * nTokens) ** -0.1,
  })),
);

describe("laws of several variables predict the field they are told", () => {
  test.each([
    ["multiplicativePowerLaw", multiplicativePowerLaw(["nParams", "nTokens"], { response: "bpb" })],
    ["separablePowerLaw", separablePowerLaw(["nParams", "nTokens"], { response: "bpb" })],
  ])("%s, and a saved fit of it reloads", (_, law) => {
    expect(law.response).toMatchObject({ name: "bpb", unit: "the response's unit" });
    const found = fit(law, runs, { loss: squared() });
    expect(found.objective).toBeLessThan(1e-2);
    expect(lawFromSpecification(law.specification!).response.name).toBe("bpb");
    expect(loadFit(JSON.stringify(found)).law.response.name).toBe("bpb");
  });

  test("the product's parameters come out", () => {
    const found = fit(multiplicativePowerLaw(["nParams", "nTokens"], { response: "bpb" }), runs, {
      loss: squared(),
    });
    expect(found.parameters.E).toBeCloseTo(0.5, 6);
    expect(found.parameters.alpha_nParams).toBeCloseTo(0.1, 6);
  });

  test("brokenPowerLaw, by default the loss", () => {
    expect(brokenPowerLaw("nTokens", 1, { response: "bpb" }).response.name).toBe("bpb");
    expect(brokenPowerLaw("nTokens", 1).response.unit).toBe("nats per token");
  });

  test("refused: itself, and options that there are not", () => {
    expect(() => multiplicativePowerLaw(["nParams", "loss"])).toThrow("has loss on both sides");
    expect(() => separablePowerLaw(["nParams"], { response: "nParams" })).toThrow(
      "has nParams on both sides",
    );
    expect(() => multiplicativePowerLaw(["nParams"], { respnse: "x" } as never)).toThrow(
      "did you mean response?",
    );
  });
});
