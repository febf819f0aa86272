/** What a text of Python may hold: what its `repr` makes of dicts, lists, texts and numbers. */
type PythonValue = string | number | boolean | null | PythonValue[] | { [key: string]: PythonValue };

const deepest = 200;
const tokens =
  /\s*(?:([{}[\](),:])|('[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*")|([+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])|([+-]?(?:nan|inf)|True|False|None)\b)/y;

/**
 * Reads a value that Python wrote with `repr`, as pandas does with dicts in cells of a CSV file.
 *
 * @throws SyntaxError with what cannot be read
 */
export function parsePython(text: string): PythonValue {
  const reader = new PythonReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class PythonReader {
  readonly #text: string;
  #at = 0;
  #mark: string | undefined;
  #value: PythonValue | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#next();
  }

  value(depth: number): PythonValue {
    if (depth > deepest) throw new SyntaxError(`it is nested more than ${deepest} deep`);
    const mark = this.#mark;
    if (mark === undefined) {
      const value = this.#value!;
      this.#next();
      return value;
    }
    if (mark === "{") return this.#dict(depth);
    if (mark === "[" || mark === "(") return this.#list(mark === "[" ? "]" : ")", depth);
    throw new SyntaxError(mark === "" ? "it ends too soon" : `"${mark}" stands where a value is expected`);
  }

  end(): void {
    if (this.#mark !== "") throw new SyntaxError("something stands behind its end");
  }

  #dict(depth: number): PythonValue {
    const entries: [string, PythonValue][] = [];
    const keys = new Set<string>();
    this.#next();
    while (this.#mark !== "}") {
      const key = String(this.value(depth + 1));
      if (keys.has(key)) throw new SyntaxError(`it has the key "${key}" twice`);
      keys.add(key);
      this.#expect(":");
      entries.push([key, this.value(depth + 1)]);
      if (this.#mark !== "}") this.#expect(",");
    }
    this.#next();
    return Object.fromEntries(entries);
  }

  #list(close: string, depth: number): PythonValue[] {
    const values: PythonValue[] = [];
    this.#next();
    while (this.#mark !== close) {
      values.push(this.value(depth + 1));
      if (this.#mark !== close) this.#expect(",");
    }
    this.#next();
    return values;
  }

  #expect(mark: string): void {
    if (this.#mark !== mark)
      throw new SyntaxError(this.#mark === "" ? "it ends too soon" : `a "${mark}" is missing`);
    this.#next();
  }

  /** Reads the next token: a mark, the end (""), or a value without a mark. */
  #next(): void {
    tokens.lastIndex = this.#at;
    const found = tokens.exec(this.#text);
    if (!found) {
      const rest = this.#text.slice(this.#at).trim();
      if (rest !== "") throw new SyntaxError(`"${rest.slice(0, 30)}" is no text, number, list or dict`);
      this.#mark = "";
      return;
    }
    this.#at = tokens.lastIndex;
    const [, mark, string, number, word] = found;
    this.#mark = mark;
    if (string !== undefined) this.#value = unescaped(string.slice(1, -1));
    else if (number !== undefined) this.#value = Number(number.replaceAll("_", ""));
    else if (word !== undefined) this.#value = words.get(word) ?? word;
  }
}

// A nan is a cell that is no number, as in JSON that Python wrote.
const words: ReadonlyMap<string, PythonValue | undefined> = new Map<string, PythonValue>([
  ["True", true],
  ["False", false],
  ["nan", "NaN"],
  ["inf", "Infinity"],
  ["-inf", "-Infinity"],
  ["None", ""],
]);

function unescaped(text: string): string {
  return text.replace(/\\(x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|[\s\S])/gi, (_, code: string) => {
    if (code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    return { n: "\n", t: "\t", r: "\r" }[code] ?? code;
  });
}
