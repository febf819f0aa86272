import { pathToFileURL } from "node:url";

/** A notification of the Language Server Protocol. */
export interface Notification {
  method: string;
  params: object;
}

/** The documents that a server is to know, which exist only in memory; each change is what it has to be told. */
export class OpenDocuments {
  readonly #documents = new Map<string, { text: string; version: number }>();

  /** Sets a document's text, opening it first where needed. The same text again is nothing to tell. */
  write(path: string, text: string): Notification | undefined {
    const uri = pathToFileURL(path).href;
    const known = this.#documents.get(uri);
    if (known?.text === text) return undefined;
    if (known === undefined) {
      this.#documents.set(uri, { text, version: 1 });
      return opened(uri, text);
    }
    known.text = text;
    known.version += 1;
    return {
      method: "textDocument/didChange",
      params: { textDocument: { uri, version: known.version }, contentChanges: [{ text }] },
    };
  }

  close(path: string): Notification | undefined {
    const uri = pathToFileURL(path).href;
    if (!this.#documents.delete(uri)) return undefined;
    return { method: "textDocument/didClose", params: { textDocument: { uri } } };
  }

  /** All of them, for a server that knows none yet. */
  open(): Notification[] {
    return [...this.#documents].map(([uri, { text }]) => opened(uri, text));
  }
}

function opened(uri: string, text: string): Notification {
  const languageId = uri.endsWith(".json")
    ? "jsonc"
    : uri.endsWith(".tsx")
      ? "typescriptreact"
      : "typescript";
  return { method: "textDocument/didOpen", params: { textDocument: { uri, languageId, version: 1, text } } };
}
