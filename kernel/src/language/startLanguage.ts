import type { Language, LanguageOptions } from "./Language.ts";
import { LanguageSession } from "./LanguageSession.ts";

/** Starts TypeScript for one session. */
export function startLanguage(options: LanguageOptions): Language {
  return new LanguageSession(options);
}
