// Cells that are deep or long: each kind grows with n. `runs` is a depth that V8 compiles and TypeScript finds no error in
// (V8's own limits, measured on Node 20: 750 nested functions, 1,300 objects, 1,500 brackets, 4,600 else-ifs, 10,000 signs).

const r = (text, n) => text.repeat(n);
const list = (n, make, between = "\n") => Array.from({ length: n }, (_, i) => make(i)).join(between);

/** name: [text of n levels, a depth that must run] */
export const deepCells = {
  sum: [(n) => list(n, () => "1", " + "), 5_000],
  "sum of names": [(n) => `{ const a = 1; ${list(n, () => "a", " + ")} }`, 5_000],
  "joined texts": [(n) => list(n, () => "'a'", " + "), 5_000],
  "logical and": [(n) => list(n, () => "true", " && "), 5_000],
  remainder: [(n) => `1${r(" % 1", n)}`, 5_000],
  power: [(n) => list(n, () => "1", " ** "), 2_000],
  "chained calls": [(n) => `{ const o: any = { f: () => o };\no${r(".f()", n)} }`, 2_000],
  "chain by lines": [(n) => `[3, 1, 2]${r("\n  .map((x) => x)", n)}.length`, 200],
  members: [(n) => `{ const o: any = {}; o.o = o;\no${r(".o", n)} }`, 5_000],
  indices: [(n) => `{ const o: any = []; o[0] = o;\no${r("[0]", n)} }`, 5_000],
  "optional chain": [(n) => `{ const o: any = {};\no${r("?.o", n)} }`, 2_000],
  calls: [(n) => `{ const f: any = () => f;\nf${r("()", n)} }`, 2_000],
  "non-null": [(n) => `{ const f: any = 1;\nf${r("!", n)} }`, 2_000],
  as: [(n) => `1${r(" as any", n)}`, 2_000],
  tagged: [(n) => `{ const f: any = () => f;\nf${r("``", n)} }`, 2_000],
  parentheses: [(n) => `${r("(", n)}1${r(")", n)}`, 6_000],
  "nested calls": [(n) => `((f: any) => ${r("f(", n)}1${r(")", n)})((x: any) => x)`, 500],
  arrays: [(n) => `${r("[", n)}${r("]", n)}.length`, 1_000],
  objects: [(n) => `(${r('{"a":', n)}1${r("}", n)}, 1)`, 1_000],
  json: [(n) => `var json = ${r('{"a":[', n)}1${r("]}", n)}; 1`, 500],
  templates: [(n) => `${r("`${", n)}1${r("}`", n)}`, 1_000],
  arrows: [(n) => `${r("(x: any): any => ", n)}1; 1`, 600],
  "arrows with blocks": [(n) => `(${r("() => {", n)}${r("}", n)}, 1)`, 500],
  functions: [(n) => `(${r("function () { return ", n)}1${r("}", n)}, 1)`, 600],
  classes: [(n) => `(${r("class { static a = ", n)}1${r("}", n)}, 1)`, 400],
  ternaries: [(n) => `((a: any) => ${r("a ? 1 : ", n)}1)(0)`, 1_000],
  "ternaries inside": [(n) => `((a: any) => ${r("a ? ", n)}1${r(" : 1", n)})(0)`, 1_000],
  not: [(n) => `${r("!", n)}1`, 5_000],
  minus: [(n) => `${r("- ", n)}1`, 5_000],
  typeof: [(n) => `${r("typeof ", n)}1`, 5_000],
  void: [(n) => `${r("void ", n)}1`, 5_000],
  await: [(n) => `${r("await ", n)}1`, 500],
  "minus in parentheses": [(n) => `${r("-(", n)}1${r(")", n)}`, 1_000],
  new: [(n) => `{ const F: any = function () { return F };\n${r("new ", n)}F${r("()", n)} }`, 2_000],
  assignments: [(n) => `{ let a: any; ${r("a = ", n)}1; a }`, 2_000],
  spreads: [(n) => `${r("[...", n)}[]${r("]", n)}.length`, 500],
  ifs: [(n) => `${r("if (1) ", n)}1`, 1_000],
  "else ifs": [(n) => `{ const a: any = 1;\n${r("if (a === 2) {} else ", n)}{} }`, 1_000],
  blocks: [(n) => `;${r("{\n", n)}${r("}\n", n)}`, 2_000],
  whiles: [(n) => `${r("while (0) ", n)}1`, 2_000],
  fors: [(n) => `${r("for (;0;) ", n)}1`, 1_000],
  dos: [(n) => `${r("do ", n)}1;${r(" while (0);", n)}`, 1_000],
  tries: [(n) => `${r("try {", n)}${r("} finally {}", n)}`, 1_000],
  switches: [(n) => `${r("switch (1) { case 1: ", n)}${r("}", n)}`, 1_000],
  labels: [(n) => `${list(n, (i) => `l${i}: `, "")}1`, 2_000],
  "types in parentheses": [(n) => `type T = ${r("(", n)}1${r(")", n)}; 1`, 2_000],
  "types of arrays": [(n) => `type T = 1${r("[]", n)}; 1`, 2_000],
  tuples: [(n) => `type T = ${r("[", n)}1${r("]", n)}; 1`, 1_000],
  keyof: [(n) => `type T = ${r("keyof ", n)}{}; 1`, 2_000],
  "object types": [(n) => `type T = ${r("{ a: ", n)}1${r("}", n)}; 1`, 1_000],
  generics: [(n) => `type T = ${r("Array<", n)}1${r(" >", n)}; 1`, 500],
  "function types": [(n) => `type T = ${r("() => ", n)}1; 1`, 2_000],
  conditionals: [(n) => `type T = ${r("1 extends 1 ? 1 : ", n)}1; 1`, 1_000],
  unions: [(n) => `type T = ${list(n, (i) => i, " | ")}; 1`, 5_000],
  "indexed types": [(n) => `type T = { a: any }${r("['a']", n)}; 1`, 1_000],
  "array patterns": [(n) => `{ const ${r("[", n)}a${r("]", n)}: any = ${r("[", n)}${r("]", n)} }`, 40],
  parameters: [(n) => `(${r("(x: any = ", n)}1${r(") => 1", n)}, 1)`, 400],
  namespaces: [(n) => `${list(n, () => "namespace N { export ", "")}const x = 1${r("}", n)}; 1`, 100],
  comments: [(n) => `${r("/* ( */ ", n)}1`, 100_000],
  "line comments": [(n) => `${r("// ((\n", n)}1`, 100_000],
  "brackets in a text": [(n) => `'${r("(", n)}'.length`, 100_000],
  "brackets in a regular expression": [(n) => `/[${r("(", n)}]/.source.length`, 100_000],
  "brackets in a template": [(n) => `\`${r("{", n)}\`.length`, 100_000],
  "brackets in a comment": [(n) => `/* ${r("(", n)} */ 1`, 100_000],
  statements: [(n) => list(n, (i) => `${i};`), 100_000],
  "statements on a line": [(n) => r("1;", n), 100_000],
  declarations: [(n) => list(n, (i) => `const long${i} = ${i};`), 10_000],
  "function declarations": [(n) => list(n, (i) => `function long${i}() { return ${i} }`), 10_000],
  "long array": [(n) => `[${r("1,", n)}].length`, 100_000],
  "long object": [(n) => `({${list(n, (i) => `a${i}: ${i},`, "")}}).a1`, 10_000],
  "long name": [(n) => `const ${r("a", n)} = 1; 1`, 100_000],
  "long text": [(n) => `'${r("a", n)}'.length`, 1_000_000],
  "blank lines": [(n) => `${r("\n", n)}1`, 100_000],
  blanks: [(n) => `${r(" ", n)}1`, 100_000],
  // What is never finished or is no program has no depth that runs.
  jsx: [(n) => `(${r("<b>", n)}1${r("</b>", n)})`],
  "jsx and braces": [(n) => `(${r("<b>{", n)}1${r("}</b>", n)})`],
  ...Object.fromEntries(
    [
      ..."()[]{}<>@#.?:'`/\\!~",
      "${`",
      "`${",
      "f(",
      "<a>",
      "<",
      "A<",
      "type T = A<",
      "() => {",
      "(a = ",
      "if (",
      "if (1) {",
      "else if (1) ",
      "function f() {",
      "class A { a = ",
      "new ",
      "async ",
      "await ",
      "import(",
      "export ",
      "readonly ",
      "...",
      "])}",
      "x ? ",
      "x => ",
      "a: ",
      "for (",
      "switch (1) { case ",
      "try {",
      "declare ",
      "namespace N {",
      "@d ",
    ].map((piece) => [`only ${piece}`, [(n) => r(piece, n)]]),
  ),
};

/** A seeded generator of numbers in [0, 1): mulberry32. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const tokens =
  "( ) [ ] { } < > , ; : ? . => = == + - * / % ! ~ & | ^ ?? ?. ... ` ${ ' \" \\ @ # // /* */ \n a b x 1 0x 1n 'a' `b` /r/ const let var function class if else for while do switch case default try catch finally return new typeof void delete await async yield import export from as satisfies type interface enum namespace declare keyof infer extends in of static get set abstract readonly using <b> </b> </ %npm % ??".split(
    " ",
  );

/** A heap of tokens in no order, some of them many times. */
export function tokenSoup(next) {
  const parts = [];
  for (let length = 1 + next() * 60; length > 0; length--) {
    const token = tokens[Math.floor(next() * tokens.length)];
    const times = next() < 0.05 ? Math.floor(next() ** 3 * 3_000) + 1 : 1;
    parts.push(r(next() < 0.7 ? `${token} ` : token, times));
  }
  return parts.join("");
}
