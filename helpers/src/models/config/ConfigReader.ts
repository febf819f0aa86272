import type { Model } from "../Model.ts";
import type { ConfigKeys } from "./ConfigKeys.ts";

/** What the reader of a family makes of a configuration: a model without its names. */
export type ModelParts = Omit<Model, "name" | "modelType">;

/** Turns the keys of a configuration into blocks. */
export type ConfigReader = (keys: ConfigKeys) => ModelParts;
