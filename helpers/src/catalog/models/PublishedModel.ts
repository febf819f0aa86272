/** A model as it was published: the facts of its configuration that fix a count, and where they were read. */
export interface PublishedModel {
  readonly name: string;
  /** Its name on the Hugging Face Hub, with the vendor. */
  readonly hubId: string;
  /** Other names it goes by, of the same shape. */
  readonly alsoNamed: readonly string[];
  /** Keys of its `config.json`; what is left out takes the default of its class, or fixes no count. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Where the configuration was read. */
  readonly source: string;
}
