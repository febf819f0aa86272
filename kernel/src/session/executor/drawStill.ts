import { readFileSync } from "node:fs";
import type { plotlyStill } from "../display/still/plotlyStill.ts";

type Draw = typeof plotlyStill;

/** Made by the build: a script, because it has to run in the realm of whoever loads it. */
const file = new URL("../realm/still.js", import.meta.url);

let draw: Draw | undefined;

/** Draws a figure; what does that is loaded with the first one, since most sessions show none. */
export const drawStill: Draw = (figure, words) => {
  draw ??= load();
  return draw(figure, words);
};

function load(): Draw {
  const module = { exports: {} };
  const run = new Function("module", "Buffer", readFileSync(file, "utf8"));
  run(module, Buffer);
  return (module.exports as { plotlyStill: Draw }).plotlyStill;
}
