/** A model as it was published: the facts of its configuration that fix a count, and where they were read. */
export interface PublishedModel {
  readonly name: string;
  /** Its name on the Hugging Face Hub, with the vendor. */
  readonly hubId: string;
  /** Other names it goes by, of the same shape. */
  readonly alsoNamed: readonly string[];
  /** Keys of its `config.json`; what is left out takes the default of its class. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Where the configuration was read. */
  readonly source: string;
}

/** What the models of a family share: vendor and keys of the configuration, `model_type` at least. */
interface Shared {
  readonly vendor: string;
  readonly source: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A member of a family: its name on the Hub without the vendor, what is its own, and other names. */
type Member = readonly [hubName: string, config: Readonly<Record<string, unknown>>, ...alsoNamed: string[]];

/** The models of a family, each named as on the Hub without its vendor. */
export function publishedFamily(shared: Shared, members: readonly Member[]): PublishedModel[] {
  return members.map(([hubName, config, ...alsoNamed]) => ({
    name: hubName,
    hubId: `${shared.vendor}/${hubName}`,
    alsoNamed,
    config: { ...shared.config, ...config },
    source: shared.source,
  }));
}
