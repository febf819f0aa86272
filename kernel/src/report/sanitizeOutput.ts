import sanitizeHtml from "sanitize-html";

const tags = [
  ..."a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h3 h4 h5 h6 hr".split(
    " ",
  ),
  ..."i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var".split(
    " ",
  ),
];

/**
 * HTML a cell has put out, cut down to what cannot run, load or escape: no script, handler, form or frame, no
 * address but a link's, no picture but one inside the page. The page's content security policy is the second wall.
 */
export function sanitizeOutput(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: tags,
    allowedAttributes: {
      "*": ["class", "title", "lang", "role", "aria-label"],
      a: ["href", "rel"],
      img: ["src", "alt", "width", "height"],
      details: ["open"],
      ol: ["start"],
      td: ["colspan", "rowspan", "style"],
      th: ["colspan", "rowspan", "scope", "style"],
      span: ["style"],
    },
    allowedStyles: {
      "*": { "text-align": [/^(left|right|center|start|end)$/], "font-weight": [/^(bold|normal|\d{3})$/] },
    },
    allowedSchemes: ["https", "http", "mailto"],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    transformTags: { a: sanitizeHtml.simpleTransform("a", { rel: "noopener noreferrer" }) },
    exclusiveFilter: ({ tag, attribs }) =>
      tag === "img" && !/^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/.test(attribs.src ?? ""),
  });
}
