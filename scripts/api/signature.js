// Declarations as a reader of types would see them: no bodies, no private members.
import { docOf, parse } from "./sources.js";

/** The signatures of an export, one a line: all overloads of a function, and not the body that serves them. */
export function signatureOf(place) {
  const overloads = place.nodes.filter(({ declaration }) => declaration.type === "TSDeclareFunction");
  const shown =
    overloads.length === 0
      ? place.nodes
      : place.nodes.filter(({ declaration }) => declaration.type !== "FunctionDeclaration");
  return shown.map(({ declaration }) => declarationText(place, declaration)).join("\n");
}

function declarationText({ file, name }, declaration) {
  const cut = cutter(file);
  if (declaration.type === "FunctionDeclaration") return cut(declaration.start, declaration.body.start);
  if (declaration.type === "ClassDeclaration") {
    const members = declaration.body.body.flatMap((member) => classMember(file, member));
    return block(cut(declaration.start, declaration.body.start), members);
  }
  if (declaration.type === "VariableDeclaration") {
    return constantText(
      file,
      name,
      declaration.declarations.find(({ id }) => id.name === name),
    );
  }
  return cut(declaration.start, declaration.end);
}

function constantText(file, name, { id, init }) {
  const cut = cutter(file);
  if (id.typeAnnotation) return `const ${name}${cut(id.typeAnnotation.start, id.typeAnnotation.end)}`;
  if (init?.type === "ObjectExpression") return block(`const ${name}:`, objectMembers(file, init));
  // A function with more functions on it, such as display and display.html.
  if (init?.type === "CallExpression" && cut(init.callee.start, init.callee.end) === "Object.assign") {
    const [called, members] = init.arguments;
    const declared = parse(file).program.body.find(
      (node) => node.type === "FunctionDeclaration" && node.id.name === called.name,
    );
    const call = declared && cut(declared.params[0].start, declared.body.start);
    return block(`const ${name}:`, [...(call ? [`  (${call};`] : []), ...objectMembers(file, members)]);
  }
  if (init?.type === "CallExpression" && init.callee.name === "defineTable") {
    return `function ${name}(): readonly Row<typeof ${name}>[]`;
  }
  const text = init ? cut(init.start, init.end) : "";
  return `const ${name}${text.length < 80 ? ` = ${text}` : ""}`;
}

function classMember(file, member) {
  const hidden = member.accessibility === "private" || member.key?.type === "PrivateIdentifier";
  if (hidden || member.kind === "constructor") return [];
  const end =
    member.type === "MethodDefinition"
      ? member.value.body.start
      : member.type === "PropertyDefinition" && (member.typeAnnotation?.end ?? member.key.end);
  return end ? [`${summaryOf(file, member.start)}  ${cutter(file)(member.start, end)};`] : [];
}

/** The functions of an object, as they are called. */
function objectMembers(file, { properties }) {
  const cut = cutter(file);
  return properties.map(({ key, value, start }) => {
    const { params, returnType, body } = value;
    const parameters = params.length ? cut(params[0].start, params.at(-1).end) : "";
    const result = returnType ? cut(returnType.start, returnType.end) : "";
    if (!body) throw new Error(`${file}: ${key.name} is no function; give the constant a type`);
    return `${summaryOf(file, start)}  ${key.name}(${parameters})${result};`;
  });
}

/** The first paragraph of a member's doc comment, as a line of its own. */
function summaryOf(file, start) {
  const summary = docOf(file, start)
    .split(/\n\s*\n|^@/m)[0]
    .trim()
    .replace(/\s*\n\s*/g, " ");
  return summary ? `  /** ${summary} */\n` : "";
}

const block = (head, members) => `${head} {\n${members.join("\n")}\n}`;

const cutter = (file) => (from, to) => parse(file).text.slice(from, to).trimEnd();
