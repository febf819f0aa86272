import type { Model } from "../Model.ts";
import type { ConfigKeys } from "./ConfigKeys.ts";
import { llama } from "./llama.ts";

/** Turns the keys of a configuration into blocks. */
export type ConfigReader = (keys: ConfigKeys) => Omit<Model, "name" | "modelType">;

/** The reader of each `model_type`. */
export const families: Readonly<Record<string, ConfigReader>> = {
  llama,
};
