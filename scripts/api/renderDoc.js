/** A doc comment as Markdown: its text, then parameters, result, errors and examples. */
export function renderDoc(doc) {
  const [description, ...tags] = doc.split(/^@(?=\w)/m);
  const paragraphs = [description.replace(/\{@link (\w+)\}/g, "`$1`").trim()];
  const byName = { param: [], returns: [], throws: [], example: [] };
  for (const tag of tags) {
    const [, name, rest] = /^(\w+)\s*([\s\S]*)$/.exec(tag);
    if (!byName[name]) throw new Error(`the tag @${name} is not known: ${doc}`);
    if (name === "example") byName.example.push(code(rest));
    else {
      // What follows a tag after an empty line is text again, as a rule the source.
      const [text, ...after] = rest.split(/\n\s*\n/);
      byName[name].push(text.trim().replace(/\s*\n\s*/g, " "));
      paragraphs.push(...after.map((paragraph) => paragraph.trim()));
    }
  }
  return [
    ...paragraphs,
    byName.param.map((text) => `- ${text.replace(/^(\S+)\s*(?:-\s*)?/, "`$1`: ")}`).join("\n"),
    ...byName.returns.map((text) => `Returns ${text}`),
    byName.throws.map((text) => `- Throws ${text}`).join("\n"),
    ...byName.example,
  ]
    .filter(Boolean)
    .join("\n\n");
}

function code(text) {
  const inner = /```(?:ts)?\n([\s\S]*?)```/.exec(text)?.[1] ?? text;
  return `\`\`\`ts\n${inner.trim()}\n\`\`\``;
}
