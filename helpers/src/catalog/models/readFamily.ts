import type { FamilyText, PublishedModel } from "./PublishedModel.ts";

/** What the names of the Hub say of how weights are stored. */
const stored = /-(NVFP4|FP8|BF16)$/;

/** The models of a family, parsed. */
export function readFamily({ vendor, modelType, source, members }: FamilyText): PublishedModel[] {
  return members
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", others = "", keys = ""] = line.split(" | ");
      const alsoNamed = others === "" ? [] : others.split(", ");
      const [first] = alsoNamed;
      const hubName = first !== undefined && stored.test(first) ? first : name;
      return {
        name,
        hubId: `${vendor}/${hubName}`,
        alsoNamed,
        config: { model_type: modelType, ...JSON.parse(keys) },
        source,
      };
    });
}
