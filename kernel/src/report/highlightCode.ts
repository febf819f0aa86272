import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "isoflop";

for (const [name, language] of Object.entries({ bash, json, python, typescript })) {
  hljs.registerLanguage(name, language);
}

/** Source code as HTML with highlight.js's classes; a language it does not know is shown plain. */
export function highlightCode(source: string, language: string): string {
  if (!hljs.getLanguage(language)) return escapeHtml(source);
  return hljs.highlight(source, { language, ignoreIllegals: true }).value;
}
