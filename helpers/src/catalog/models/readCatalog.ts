import type { PublishedModel } from "./PublishedModel.ts";

/** What the names of the Hub say of how weights are stored. */
const stored = /-(NVFP4|FP8|BF16)$/;

/**
 * The models of a text of the catalogue. A line at the margin names vendor, `model_type` and source of the indented lines
 * after it; each of those names a model, its other names (first that of the Hub, where it says how weights are stored),
 * and gives the keys of its configuration as JSON. ` | ` stands between the parts.
 */
export function readCatalog(text: string): PublishedModel[] {
  const models: PublishedModel[] = [];
  let family: string[] = [];
  for (const line of text.trim().split("\n")) {
    const parts = line.trim().split(" | ");
    if (!line.startsWith(" ")) {
      family = parts;
      continue;
    }
    const [vendor = "", modelType = "", source = ""] = family;
    const [name = "", others = "", keys = ""] = parts;
    const alsoNamed = others === "" ? [] : others.split(", ");
    const [first] = alsoNamed;
    models.push({
      name,
      hubId: `${vendor}/${first !== undefined && stored.test(first) ? first : name}`,
      alsoNamed,
      config: { model_type: modelType, ...JSON.parse(keys) },
      source,
    });
  }
  return models;
}
