import { expect, test } from "vitest";
import { sanitizeOutput } from "../../src/report/sanitizeOutput.ts";

const attacks = [
  "<script>x()</script>",
  "<img src=x onerror=x()>",
  "<img src='https://example.org/pixel.png'>",
  "<svg onload=x()><script>x()</script></svg>",
  "<a href='javascript:x()'>a</a>",
  "<a href='//example.org'>a</a>",
  "<iframe src='https://example.org'></iframe>",
  "<object data='x'></object><embed src='x'>",
  "<form action='https://example.org'><input name=a><button>b</button></form>",
  "<style>body{background:url(https://example.org)}</style>",
  "<div style='background:url(https://example.org)' onclick=x()>d</div>",
  "<link rel=stylesheet href='https://example.org'><meta http-equiv=refresh content='0;url=https://example.org'>",
  "<math><mtext><table><mglyph><style><img src=x onerror=x()>",
  "<details open ontoggle=x()>d</details>",
  "<p id='content'>steals an id of the page</p>",
  // Ways around sanitize-html that were found after its last version for Node 20; each needs a tag that is not let in.
  "<svg><textarea><img src=x onerror=x()></textarea></svg>",
  "<textarea></textarea/><img src=x onerror=x()>",
  "<xmp></xmp/><img src=x onerror=x()>",
  "<p><noscript><b></p><img src=x onerror=x()><i>",
  "<svg><a><animate attributeName='href' values='#a;javascript:x()'/><text>t</text></a></svg>",
  "<svg:animate attributeName='xlink:href' to='javascript:x()'></svg:animate>",
  "<meta http-equiv='refresh' content='0;url=javascript:x()'>",
];

test.each(attacks)("nothing that runs, loads or escapes is left of %s", (attack) => {
  expect(sanitizeOutput(attack)).not.toMatch(
    /<(script|svg|iframe|object|embed|form|input|button|style|link|meta|math)|\son\w+=|javascript:|src=|url\(|href="\/\/|\sid=/i,
  );
});

test("tables, their spans and alignment, figures and inner pictures stay", () => {
  const html =
    '<table class="t"><caption>c</caption><tbody><tr><th scope="row" colspan="2">a</th><td style="text-align:right">1</td></tr></tbody></table>' +
    '<figure><img src="data:image/png;base64,iVBORw0=" alt="a" /><figcaption>f</figcaption></figure><details><summary>s</summary>d</details>';
  expect(sanitizeOutput(html)).toBe(html);
});
