/** What a folder's tsconfig.json says, with what it extends. */
export interface Tsconfig {
  /** `compilerOptions`; none where there is no file, or none that can be read. */
  options: Readonly<Record<string, unknown>>;
  /** Whether there is a file that says something. */
  isThere: boolean;
  /** Where `paths` and `baseUrl` have a specifier looked for, the first place first. */
  aliases(specifier: string): string[];
  /** What is wrong with it, and what comes of that, in one line. */
  complaint: string | undefined;
}
