import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { escapeHtml } from "isoflop";
import katex from "katex";
import type { MarkdownIt } from "markdown-it";

/** A formula in TeX as HTML with MathML beside it for screen readers. A wrong formula shows its source. */
export function renderMaths(tex: string, displayMode: boolean): string {
  try {
    return katex.renderToString(tex, {
      displayMode,
      output: "htmlAndMathml",
      strict: false,
      throwOnError: true,
    });
  } catch (error) {
    return `<code class="maths-error" title="${escapeHtml((error as Error).message)}">${escapeHtml(tex)}</code>`;
  }
}

// Pandoc's rule, which Jupyter shares: no blank inside the dollars and no digit after them, so that
// "$5 and $10" stays money.
const inlineMaths = /^\$(?![\s$])((?:\\.|[^\\$])*?[^\s\\]|\\.)\$(?!\d)/s;
const displayMaths = /^\$\$([\s\S]+?)\$\$/;

/** Adds `$…$`, `$$…$$` and `\begin{…}…\end{…}` to a Markdown parser. */
export function mathsPlugin(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "maths", (state, silent) => {
    const rest = state.src.slice(state.pos, state.posMax);
    const display = displayMaths.exec(rest);
    const match = display ?? inlineMaths.exec(rest);
    if (!match) return false;
    if (!silent) state.push(display ? "maths_display" : "maths_inline", "", 0).content = match[1]!;
    state.pos += match[0].length;
    return true;
  });
  // A block of its own, so that Markdown does not read the underscores and stars of a formula over several lines.
  markdown.block.ruler.before(
    "fence",
    "maths_block",
    (state, startLine, endLine, silent) => {
      const start = state.bMarks[startLine]! + state.tShift[startLine]!;
      const rest = state.src.slice(start, state.eMarks[endLine - 1]);
      const match =
        /^\$\$([\s\S]+?)\$\$[ \t]*(?=\n|$)/.exec(rest) ??
        /^(\\begin\{([a-z]+\*?)\}[\s\S]+?\\end\{\2\})[ \t]*(?=\n|$)/.exec(rest);
      if (!match) return false;
      if (silent) return true;
      const token = state.push("maths_display", "", 0);
      token.content = match[1]!;
      token.block = true;
      state.line = startLine + match[0].split("\n").length;
      return true;
    },
    { alt: ["paragraph", "blockquote", "list"] },
  );
  markdown.renderer.rules.maths_inline = (tokens, index) => renderMaths(tokens[index]!.content, false);
  markdown.renderer.rules.maths_display = (tokens, index) => renderMaths(tokens[index]!.content, true);
}

// Which classes of KaTeX's output ask for which font file.
const fontFaces: readonly [file: string, usedBy: RegExp][] = [
  ["Main-Regular", /./],
  ["Math-Italic", /mathnormal|mathit/],
  ["Main-Bold", /mathbf|textbf/],
  ["Main-Italic", /mathit|textit/],
  ["Main-BoldItalic", /textbf[^"]*textit|textit[^"]*textbf/],
  ["Math-BoldItalic", /boldsymbol/],
  ["AMS-Regular", /mathbb|amsrm|textbb/],
  ["Caligraphic-Regular", /mathcal/],
  ["Fraktur-Regular", /mathfrak|textfrak/],
  ["SansSerif-Regular", /mathsf|textsf/],
  ["Script-Regular", /mathscr|textscr/],
  ["Typewriter-Regular", /mathtt|texttt/],
  ["Size1-Regular", /delimsizing size1|delim-size1|small-op/],
  ["Size2-Regular", /delimsizing size2|large-op/],
  ["Size3-Regular", /delimsizing size3/],
  ["Size4-Regular", /delimsizing size4|delim-size4/],
];

/** KaTeX's style sheet with the fonts this page's formulas use and no others; empty for a page without formulas. */
export function mathsStyles(html: string): string {
  const classes = (html.match(/class="[^"]*"/g) ?? []).join("\n");
  if (!/\bkatex\b/.test(classes)) return "";
  const folder = createRequire(import.meta.url).resolve("katex/dist/katex.min.css");
  const styles = readFileSync(folder, "utf8").replaceAll(/@font-face\{[^}]*\}/g, "");
  const faces = fontFaces
    .filter(([, usedBy]) => usedBy.test(classes))
    .map(([file]) => fontFace(file, folder));
  return faces.join("") + styles;
}

function fontFace(file: string, stylesPath: string): string {
  const [family, variant] = file.split("-") as [string, string];
  const style = variant.includes("Italic") ? "italic" : "normal";
  const weight = variant.includes("Bold") ? 700 : 400;
  const path = stylesPath.replace(/katex\.min\.css$/, `fonts/KaTeX_${file}.woff2`);
  const data = readFileSync(path).toString("base64");
  return `@font-face{font-family:KaTeX_${family};font-style:${style};font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2")}`;
}
