/** A line of a file as cells by the names of its header, or as the fields of its object. */
export interface Line {
  /** Number of the line in the file, from 1. */
  readonly number: number;
  readonly cells: readonly unknown[];
}

/** A text as a table: the names of its columns and its lines; lines that are empty are no rows. */
export function tableOf(text: string): {
  readonly names: readonly string[];
  readonly lines: readonly Line[];
} {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ number: i + 1, line }))
    .filter(({ line }) => line.trim() !== "");
  const first = lines[0];
  if (!first) throw new RangeError("the trace is empty; give a CSV with a header, or a JSON object a line");
  return first.line.trimStart().startsWith("{") ? ofObjects(lines) : ofCells(lines);
}

type Numbered = { readonly number: number; readonly line: string };

function ofObjects(lines: readonly Numbered[]) {
  const objects = lines.map(({ number, line }) => {
    try {
      const object: unknown = JSON.parse(line);
      if (object !== null && typeof object === "object" && !Array.isArray(object)) {
        return { number, object: object as Record<string, unknown> };
      }
    } catch {
      // Said below, with the line.
    }
    throw new RangeError(
      `line ${number} of the trace is no JSON object, got ${line.slice(0, 40)}; mend the file`,
    );
  });
  const names = [...new Set(objects.flatMap(({ object }) => Object.keys(object)))];
  return {
    names,
    lines: objects.map(({ number, object }) => ({ number, cells: names.map((name) => object[name]) })),
  };
}

function ofCells(lines: readonly Numbered[]) {
  const header = lines[0]!.line;
  const separator = [",", ";", "\t"].find((mark) => header.includes(mark)) ?? ",";
  const names = cellsOf(header, separator);
  const rows = lines.slice(1).map(({ number, line }) => {
    const cells = cellsOf(line, separator);
    if (cells.length !== names.length) {
      throw new RangeError(
        `line ${number} of the trace has ${cells.length} cells where the header has ${names.length}; mend the file`,
      );
    }
    return { number, cells };
  });
  return { names, lines: rows };
}

function cellsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    const letter = line[i]!;
    if (letter === '"' && isQuoted && line[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += letter;
  }
  cells.push(cell.trim());
  return cells;
}
