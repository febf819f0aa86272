import { expect, test } from "vitest";
import { parseLaw } from "../../../src/answers/fit/parseLaw.ts";

test.each([
  "chinchilla", "powerLaw", "powerLaw()", "powerLaw(nTokens)", "powerLaw( tokens )", "brokenPowerLaw(flops, 2)", "brokenPowerLaw(nParams,1)",
  "saturatingLogistic(flops)", "saturatingLogistic(flops, accuracy)", "separablePowerLaw(nParams)", "separablePowerLaw(a, b, c)",
  "multiplicativePowerLaw(nParams, nTokens)", "exponentiatedPowerLaw(k)", "vocabularyLoss", "L = E + A/N^alpha",
])("%s is a law", async (text) => {
  const law = await parseLaw(text);
  expect(law.variables.every(({ name }) => typeof name === "string" && name !== law.response.name)).toBe(true);
}); // biome-ignore format: a table

test.each<[string, RegExp]>([
  ["saturatingLogistic(5)", /argument 1 of saturatingLogistic must be the name of a field, got 5/],
  ["saturatingLogistic(flops, 5)", /argument 2 of saturatingLogistic must be the name of a field, got 5/],
  ["saturatingLogistic(a, b, c)", /takes 1 to 2 arguments.*, got 3/],
  ["powerLaw(5)", /argument 1 of powerLaw must be the name of a field, got 5/],
  ["powerLaw(Infinity)", /must be the name of a field, got Infinity/],
  ["powerLaw(flops, loss)", /argument 2 of powerLaw must be an object/],
  ["powerLaw(loss)", /"?powerLaw\(loss\)"? has loss on both sides/],
  ["brokenPowerLaw(loss, 1)", /has loss on both sides/],
  ["brokenPowerLaw(flops)", /takes 2 to 3 arguments.*, got 1/],
  ["brokenPowerLaw(flops, 3)", /argument 2 of brokenPowerLaw must be 1 or 2, got 3/],
  ["brokenPowerLaw(flops, two)", /must be 1 or 2, got two/],
  ["brokenPowerLaw(1, flops)", /must be the name of a field, got 1/],
  ["saturatingLogistic(score)", /must be two or more different names, got \[score, score\]/],
  ["saturatingLogistic(flops, flops)", /must be two or more different names/],
  ["exponentiatedPowerLaw(coverage)", /has coverage on both sides/],
  ["exponentiatedPowerLaw(1)", /must be the name of a field, got 1/],
  ["separablePowerLaw(nParams, loss)", /has loss on both sides/],
  ["separablePowerLaw(nParams, 5)", /argument 1 of separablePowerLaw must be a list of names/],
  ["separablePowerLaw(a, a)", /different variables/],
  ["multiplicativePowerLaw(loss)", /has loss on both sides/],
  ["chinchilla(5)", /chinchilla takes 0 arguments, got 1/],
  ["chinchilla(nParams)", /chinchilla takes 0 arguments, got 1/],
  ["constructor", /no law is called constructor/],
  ["L = e + A/N^alpha", /e is the number/],
  [`L = ${"[".repeat(900)}`, /nests parentheses 900 deep/],
  [`L = ${"{a:".repeat(600)}`, /nests parentheses 600 deep/],
  ["L = A/N + B*0", /B drops out/],
])("--law %s is refused in words", async (text, message) => {
  const error = await parseLaw(text).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RangeError);
  expect((error as Error).message).toMatch(message);
}); // biome-ignore format: a table
