import { escapeHtml } from "isoflop";
import createMarkdownIt, { type MarkdownIt } from "markdown-it";
import type { MimeBundle } from "../notebook/Notebook.ts";
import { highlightCode } from "./highlightCode.ts";
import { mathsPlugin } from "./maths.ts";

export interface Heading {
  level: number;
  id: string;
  /** The heading's content as HTML, without links. */
  html: string;
  text: string;
}

/** Renders the Markdown cells of one page. It keeps the headings it met, each with an id of its own. */
export class Markdown {
  readonly headings: Heading[] = [];
  // The page has elements of its own by these names.
  readonly #ids = new Map([
    ["content", 1],
    ["claims", 1],
  ]);
  readonly #parser: MarkdownIt;

  constructor() {
    const parser = createMarkdownIt({
      html: false,
      linkify: true,
      typographer: false,
      highlight: (source, language) => highlightCode(source, language === "ts" ? "typescript" : language),
    });
    parser.use(mathsPlugin);
    const { rules } = parser.renderer;
    rules.heading_open = (tokens, index) => {
      const { tag } = tokens[index]!;
      const inline = tokens[index + 1]!;
      const text = (inline.children ?? [])
        .map((child) => (child.type === "softbreak" ? " " : child.content))
        .join("");
      const html = parser.renderer
        .render(inline.children?.filter((child) => !child.type.startsWith("link_")) ?? [], parser.options, {})
        .trim();
      const id = this.#uniqueId(text);
      this.headings.push({ level: Number(tag.slice(1)), id, html, text });
      return `<${tag} id="${id}">`;
    };
    rules.heading_close = (tokens, index) => {
      const { tag } = tokens[index]!;
      const { id, text } = this.headings.at(-1)!;
      const link =
        tag === "h1"
          ? ""
          : ` <a class="anchor" href="#${id}" aria-label="Link to: ${escapeHtml(text)}">#</a>`;
      return `${link}</${tag}>\n`;
    };
    rules.link_open = (tokens, index, options, _env, self) => {
      tokens[index]!.attrSet("rel", "noopener noreferrer");
      return self.renderToken(tokens, index, options);
    };
    // A picture from elsewhere would be a request; the text says what it shows.
    const image = rules.image!;
    rules.image = (tokens, index, options, env, self) => {
      const token = tokens[index]!;
      const source = String(token.attrGet("src"));
      const data = source.startsWith("attachment:") ? attached(env?.attachments, source.slice(11)) : source;
      if (!/^data:image\/(png|jpeg|gif|webp)/.test(data)) {
        return `<span class="left-out">[picture left out, it is not in this file: ${escapeHtml(token.content)}]</span>`;
      }
      token.attrSet("src", data);
      return image(tokens, index, options, env, self);
    };
    rules.table_open = () => '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>\n';
    rules.table_close = () => "</table></div>\n";
    this.#parser = parser;
  }

  /** @param attachments the cell's pictures, which its text names as `attachment:NAME` */
  render(source: string, attachments: Record<string, MimeBundle> = {}): string {
    return this.#parser.render(source, { attachments });
  }

  /** A paragraph's content, without the paragraph. */
  renderInline(source: string): string {
    return this.#parser.renderInline(source);
  }

  #uniqueId(text: string): string {
    let slug =
      text
        .toLowerCase()
        .normalize("NFC")
        .replace(/[^\p{L}\p{N}]+/gu, "-")
        .replace(/^-+|-+$/g, "") || "section";
    slug = slug.replace(/^(?=(cell|figure|claim)-)/, "on-");
    const seen = this.#ids.get(slug) ?? 0;
    this.#ids.set(slug, seen + 1);
    return seen === 0 ? slug : `${slug}-${seen + 1}`;
  }
}

function attached(attachments: unknown, name: string): string {
  const bundle = (attachments as Record<string, MimeBundle> | undefined)?.[decoded(name)] ?? {};
  const [type, content] = Object.entries(bundle)[0] ?? [];
  return type ? `data:${type};base64,${String(content).replace(/\s+/g, "")}` : "";
}

/** A sign % that begins no code is a sign. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
