type Options = Readonly<Record<string, unknown>>;

interface Shape {
  holds(value: unknown): boolean;
  words: string;
}

const isText = (value: unknown): boolean => typeof value === "string";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isMap = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.values(value).every(isTexts);

const text: Shape = { holds: isText, words: "a text" };
const texts: Shape = { holds: isTexts, words: "a list of texts" };
const yesOrNo: Shape = { holds: (value) => typeof value === "boolean", words: "true or false" };
const jsxKinds = ["preserve", "react", "react-native", "react-jsx", "react-jsxdev"];

/** What is followed when code is emitted and loaded, and what it has to be. */
const shapes: Readonly<Record<string, Shape>> = {
  baseUrl: text,
  target: text,
  jsxFactory: text,
  jsxFragmentFactory: text,
  jsxImportSource: text,
  paths: { holds: isMap, words: "an object of lists of texts" },
  lib: texts,
  types: texts,
  typeRoots: texts,
  rootDirs: texts,
  customConditions: texts,
  experimentalDecorators: yesOrNo,
  emitDecoratorMetadata: yesOrNo,
  useDefineForClassFields: yesOrNo,
  verbatimModuleSyntax: yesOrNo,
  jsx: {
    holds: (value) => isText(value) && jsxKinds.includes(String(value).toLowerCase()),
    words: `one of ${jsxKinds.join(", ")}`,
  },
};

/** The options whose values are of the wrong kind, each with a sentence. `null` takes a base's value back, so it is right. */
export function misshapen(options: Options): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(options)) {
    const shape = Object.hasOwn(shapes, name) ? (shapes[name] as Shape) : undefined;
    if (!shape || value === null || shape.holds(value)) continue;
    found.set(name, `"${name}" should be ${shape.words}, got ${JSON.stringify(value)?.slice(0, 80)}`);
  }
  return found;
}
