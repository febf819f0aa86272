import type { Model } from "../Model.ts";
import type { ConfigKeys } from "./ConfigKeys.ts";

/** What a reader makes of a configuration; the name is added by whoever asked for it. */
export type ReadModel = Omit<Model, "name" | "modelType">;

/** What a reader may ask for beside its keys. */
export interface ReaderContext {
  /**
   * Reads the configuration of a part, such as the text model within one that sees: by its own `model_type`, or by
   * `standard` where it names none.
   */
  readonly read: (keys: ConfigKeys, standard: string) => ReadModel;
  /** Reads keys as those of one family, whatever `model_type` they name, and leaves it to the caller to refuse others. */
  readonly readAs: (keys: ConfigKeys, modelType: string) => ReadModel;
}

/** Turns the keys of a configuration into blocks. */
export type ConfigReader = (keys: ConfigKeys, context: ReaderContext) => ReadModel;
