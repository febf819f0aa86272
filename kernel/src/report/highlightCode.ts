import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "isoflop";

for (const [name, language] of Object.entries({ bash, json, python, typescript })) {
  hljs.registerLanguage(name, language);
}

/** Longer code would take seconds, and is data as a rule. */
const mostCharacters = 500_000;

/** Source code as HTML with highlight.js's classes; a language it does not know, and very long code, is shown plain. */
export function highlightCode(source: string, language: string): string {
  if (!hljs.getLanguage(language) || source.length > mostCharacters) return escapeHtml(source);
  return hljs.highlight(source, { language, ignoreIllegals: true }).value;
}
