import { dirname } from "node:path";
import { companionFolder } from "../../session/modules/kernelModules.ts";
import { registryComplaint } from "../../session/modules/resolve/installedPackage.ts";
import { addressComplaint, isAddress } from "../../session/modules/resolve/refuseAddress.ts";
import type { DistantImport } from "../cells/distantImports.ts";
import { positionAt } from "../cells/textPosition.ts";
import type { ServerDiagnostic } from "./cellDiagnostics.ts";

const cannotFindModule = 2307;

/**
 * What the server finds wrong, with what it cannot know of imports by `npm:` and the like: that a package is not
 * installed, or not in the version that is asked for. In place of what the server says of those.
 *
 * @param file - the file whose text it is
 * @param lines - how many lines the document has before the text
 */
export function withDistantDiagnostics(
  found: readonly ServerDiagnostic[],
  distant: readonly DistantImport[],
  { code, file, lines = 0 }: { code: string; file: string; lines?: number },
): ServerDiagnostic[] {
  const own = distant.flatMap(({ specifier, start, end }): ServerDiagnostic[] => {
    const message = isAddress(specifier)
      ? addressComplaint(specifier)
      : registryComplaint(specifier, dirname(file), companionFolder);
    if (message === undefined) return [];
    const place = (offset: number) => {
      const { line, character } = positionAt(code, offset);
      return { line: line + lines, character };
    };
    const range = { start: place(start), end: place(end) };
    return [{ range, severity: 1, code: cannotFindModule, message }];
  });
  if (own.length === 0) return [...found];
  const isAnswered = ({ range: { start } }: ServerDiagnostic) =>
    own.some(({ range }) => range.start.line === start.line && range.start.character === start.character);
  return [...own, ...found.filter((each) => !isAnswered(each))];
}
