import type { TsconfigFile } from "../../tsconfig/TsconfigFile.ts";
import type { Namespace } from "./namespace.ts";

/** What a local file is given: its own `import` and `require`, which follow the notebook's tsconfig.json. */
export interface FileLoaders {
  tsconfig: TsconfigFile;
  makeImport(
    file: string,
  ): (specifier: string, options?: { with?: Record<string, string> }) => Promise<Namespace>;
  makeRequire(file: string): NodeJS.Require;
}
