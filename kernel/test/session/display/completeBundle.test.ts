import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeBundle } from "../../../src/session/display/bundle/completeBundle.ts";
import { htmlText } from "../../../src/session/display/bundle/htmlText.ts";
import { mendSvg } from "../../../src/session/display/bundle/mendSvg.ts";
import { plainJson } from "../../../src/session/display/bundle/plainJson.ts";
import { plotlyStill } from "../../../src/session/display/still/plotlyStill.ts";

const complete = (data: Record<string, unknown>) => completeBundle({ data, metadata: {} }, plotlyStill).data;
const plain = (mime: string, value: unknown) => complete({ [mime]: value })["text/plain"];

describe("plainJson", () => {
  test("is what JSON.stringify has, for all that JSON has", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(plainJson(value)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("makes JSON of any value whatever, and the same when asked again", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
      withBoxedValues: true,
    });
    fc.assert(
      fc.property(anything, (value) => {
        const once = plainJson(value);
        expect(JSON.parse(JSON.stringify(once))).toEqual(once);
        expect(plainJson(once)).toEqual(once);
      }),
    );
  });

  test.each<[string, unknown, unknown]>([
    ["typed arrays", new Float32Array([1, Number.NaN]), [1, null]],
    ["whole numbers of any length", [2n ** 40n, 2n ** 80n], [2 ** 40, String(2n ** 80n)]],
    ["Map and Set", new Map([["a", new Set([1])]]), { a: [1] }],
    ["dates", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["a key that would set the prototype", JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}')],
    ["boxed values", [Object(1), Object("x"), Object(true)], [1, "x", true]],
    ["holes and functions", [() => {}, ...Array(1), undefined], [null, null, null]],
  ])("%s", (_, value, expected) => {
    expect(plainJson(value)).toEqual(expected);
  });

  test("an array longer than memory is cut, and says so", { timeout: 60_000 }, () => {
    const list: unknown[] = [];
    list.length = 2 ** 32 - 1;
    const copy = plainJson(list) as unknown[];
    expect(copy).toHaveLength(10_000_001);
    expect(copy.at(-1)).toBe(`[${2 ** 32 - 1 - 10_000_000} more items]`);
  });

  test("what contains itself, throws or never ends in depth is said in words", () => {
    const around: Record<string, unknown> = { twice: {} };
    around.me = around;
    around.again = around.twice;
    expect(plainJson(around)).toEqual({ twice: {}, me: "[contains itself]", again: {} });
    const throws = {
      get a() {
        throw new Error("no");
      },
      b: 1,
    };
    expect(plainJson(throws)).toEqual({ a: "[cannot be read: no]", b: 1 });
    const trap = () => {
      throw null;
    };
    expect(plainJson(new Proxy({}, { get: trap, ownKeys: trap }))).toContain("cannot be read");
    const endless: object = new Proxy({}, { get: () => undefined, ownKeys: () => [] });
    expect(plainJson(endless)).toEqual({});
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(JSON.stringify(plainJson(deep))).toContain("nested deeper than 500 levels");
  });
});

describe("mendSvg", () => {
  const xmlns = 'xmlns="http://www.w3.org/2000/svg"';

  test.each([
    ["a bare root", "<svg><g/></svg>", `<svg ${xmlns}><g/></svg>`],
    ["white space before it", '\n  <svg width="1"></svg>', `<svg ${xmlns} width="1"></svg>`],
    ["a root that closes itself", "<svg/>", `<svg ${xmlns}/>`],
    ["a sign > in an attribute", '<svg aria-label="a > b" />', `<svg ${xmlns} aria-label="a > b" />`],
    [
      "declaration and comment before it",
      ' <?xml version="1.0"?><!-- <svg xmlns="x"> --><svg></svg>',
      `<?xml version="1.0"?><!-- <svg xmlns="x"> --><svg ${xmlns}></svg>`,
    ],
    [
      "links",
      `<svg ${xmlns}><use xlink:href="#a"/></svg>`,
      `<svg xmlns:xlink="http://www.w3.org/1999/xlink" ${xmlns}><use xlink:href="#a"/></svg>`,
    ],
  ])("%s", (_, given, expected) => {
    expect(mendSvg(given)).toBe(expected);
  });

  test.each([`<svg ${xmlns}><g/></svg>`, "<svgx></svgx>", "no picture", "", "<p><svg></svg></p>"])(
    "leaves %j as it is",
    (text) => {
      expect(mendSvg(text)).toBe(text);
    },
  );

  test.each([
    ["names of HTML", "a&nbsp;b &times; c", "a\u00a0b × c"],
    ["a bare &", "R & D &x; &1 &constructor;", "R &amp; D &amp;x; &amp;1 &amp;constructor;"],
    ["what XML knows", "&lt;&amp;&#38;&#x26;&apos;", "&lt;&amp;&#38;&#x26;&apos;"],
    ["what XML cannot hold", "\u0000\u001b\ufffe\ud800a\udc00😀\n", "\ufffd\ufffd\ufffd\ufffda\ufffd😀\n"],
  ])("the text of a picture: %s", (_, given, expected) => {
    const [begin, end] = [`<svg ${xmlns}><text>`, "</text></svg>"];
    expect(mendSvg(begin + given + end)).toBe(begin + expected + end);
  });

  test("names that a picture declares, and signs within CDATA, are its own", () => {
    const declared = `<!DOCTYPE svg [<!ENTITY a "b">]><svg ${xmlns}><text>&a; & </text></svg>`;
    expect(mendSvg(declared)).toBe(declared);
    const script = `<svg ${xmlns}><style><![CDATA[a && b]]></style></svg>`;
    expect(mendSvg(script)).toBe(script);
  });

  test("mends once", () => {
    fc.assert(
      fc.property(fc.string(), (inner) => {
        const mended = mendSvg(`<svg${inner}`);
        expect(mendSvg(mended)).toBe(mended);
      }),
    );
  });
});

describe("plain text beside what is shown", () => {
  const png = "iVBORw0KGgoAAAANSUhEUgAAAMgAAADICAYAAACtWK6eAAAABHNCSVQICAgI";

  test.each<[string, string, unknown, string]>([
    ["Markdown is its own text", "text/markdown", "*x*", "*x*"],
    ["LaTeX, too", "text/latex", "$x^2$", "$x^2$"],
    ["HTML has its words", "text/html", "<h1>Hi &amp; ho</h1><script>1</script><p>you</p>", "Hi & ho\nyou"],
    ["HTML without words", "text/html", "<canvas></canvas>", "HTML without text"],
    ["a row of a table is a line", "text/html", "<tr><td>a</td><td>b</td></tr>", "a  b"],
    ["SVG has its title", "image/svg+xml", "<svg><title>A  plot</title></svg>", "A  plot"],
    ["or its label", "image/svg+xml", '<svg aria-label="A plot"></svg>', "A plot"],
    ["or its size", "image/svg+xml", '<svg width="20" height="10.4"/>', "SVG picture, 20 × 10"],
    ["a picture has its size", "image/png", png, "PNG picture, 200 × 200"],
    ["or only its kind", "image/webp", "AAAA", "WEBP picture"],
    ["JSON is written out", "application/json", { a: [1] }, "{ a: [ 1 ] }"],
    [
      "Vega-Lite has mark and title",
      "application/vnd.vegalite.v5+json",
      { mark: "bar", title: "T" },
      "Vega-Lite chart (bar): T",
    ],
    ["Vega", "application/vnd.vega.v5+json", null, "Vega chart"],
    [
      "Plotly",
      "application/vnd.plotly.v1+json",
      { data: [{ type: "bar", name: "n" }], layout: { title: "T" } },
      'Plotly figure "T": bar n',
    ],
    [
      "GeoJSON",
      "application/geo+json",
      { type: "FeatureCollection", features: [] },
      "GeoJSON FeatureCollection, 0 features",
    ],
    ["anything else is named", "application/x-own", "1", "application/x-own"],
  ])("%s", (_, mime, value, expected) => {
    expect(plain(mime, value)).toBe(expected);
  });

  test("what a cell says itself stands, and an empty bundle says that it is empty", () => {
    expect(complete({ "text/html": "<b>x</b>", "text/plain": "mine" })["text/plain"]).toBe("mine");
    expect(complete({})).toEqual({ "text/plain": "nothing" });
  });

  test("any bundle has text beside, and what the notebook format has for each type", () => {
    const mimes = [
      "text/plain",
      "text/html",
      "image/png",
      "image/svg+xml",
      "application/json",
      "application/vnd.plotly.v1+json",
      "x/y",
    ];
    const bundles = fc.dictionary(
      fc.constantFrom(...mimes),
      fc.anything({ withBigInt: true, withTypedArray: true }),
    );
    fc.assert(
      fc.property(bundles, (data) => {
        const found = complete(data);
        expect(found["text/plain"]).toBeTypeOf("string");
        for (const [mime, value] of Object.entries(found)) {
          if (!mime.endsWith("json")) expect(value).toBeTypeOf("string");
        }
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      }),
    );
  });

  test("bytes are base64 for pictures and text elsewhere, lists of lines are joined", () => {
    const bytes = new TextEncoder().encode("<b>");
    expect(complete({ "text/html": bytes, "image/png": bytes, "text/plain": ["a\n", "b"] })).toEqual({
      "text/html": "<b>",
      "image/png": "PGI+",
      "text/plain": "a\nb",
    });
  });

  test("bytes as JSON writes them and what a canvas gives are pictures, too", () => {
    const bytes = [137, 80, 78, 71];
    for (const png of [
      bytes,
      Buffer.from(bytes),
      Buffer.from(bytes).toJSON(),
      "data:image/png;base64,iVBORw==",
    ])
      expect(complete({ "image/png": png })["image/png"]).toBe("iVBORw==");
    expect(complete({ "text/html": "data:image/png;base64,AA==" })["text/html"]).toBe(
      "data:image/png;base64,AA==",
    );
  });

  test("an object where text belongs is told as JSON, unless it says itself what it is", () => {
    expect(complete({ "x/y": { a: [1] } })["x/y"]).toBe('{"a":[1]}');
    expect(complete({ "x/y": Object.create(null) })["x/y"]).toBe("{}");
    expect(complete({ "x/y": { toString: () => "mine" } })["x/y"]).toBe("mine");
  });

  test("what throws when it is read, and throws things that throw, is said in words", () => {
    const thrown = [1, null, Object.create(null), { message: Object.create(null) }];
    thrown.push({ message: { toString: () => expect.unreachable() } });
    for (const each of thrown) {
      const fail = () => {
        throw each;
      };
      const data = { "text/html": { toString: fail }, "x/y": { toJSON: fail } };
      Object.defineProperty(data, "text/latex", { get: fail, enumerable: true });
      const found = complete(data);
      expect(found["text/html"]).toContain("cannot be read");
      expect(found["text/latex"]).toContain("cannot be read");
    }
  });

  test("a figure with names as long as books has a still picture and a line of ordinary length", () => {
    const name = "n".repeat(1_000_000);
    const figure = {
      data: [{ y: [1], name, text: [name], mode: "text", type: name }],
      layout: { title: name },
    };
    const found = complete({ "application/vnd.plotly.v1+json": figure });
    expect(String(found["text/plain"]).length).toBeLessThan(1000);
    const usual = { data: [{ y: [1], name: "\u0000\ud800" }], layout: {} };
    expect(complete({ "application/vnd.plotly.v1+json": usual })["image/svg+xml"]).not.toMatch(
      /[\u0000\ud800]/,
    );
  });

  test("a figure that comes written out as JSON is read, plain JSON and other text stay what they are", () => {
    const figure = { data: [{ y: [1, 2] }], layout: {} };
    const found = complete({ "application/vnd.plotly.v1+json": JSON.stringify(figure) });
    expect(found["application/vnd.plotly.v1+json"]).toEqual(figure);
    expect(found["image/svg+xml"]).toContain("<svg");
    expect(complete({ "application/vnd.x+json": "{no" })["application/vnd.x+json"]).toBe("{no");
    expect(complete({ "application/vnd.x+json": "5" })["application/vnd.x+json"]).toBe("5");
    expect(complete({ "application/json": "{}" })["application/json"]).toBe("{}");
  });

  test.each([null, {}, "x", { data: [], layout: {} }, { data: 5 }])(
    "of %j there is no still picture",
    (figure) => {
      const mimes = Object.keys(complete({ "application/vnd.plotly.v1+json": figure }));
      expect(mimes).toEqual(["application/vnd.plotly.v1+json", "text/plain"]);
    },
  );

  test("long HTML and broken HTML are read quickly and cut", () => {
    expect(String(plain("text/html", `<p>${"word ".repeat(100_000)}`))).toContain("more characters");
    for (const part of ["<", "<!--", "<script", "<img ", '<img alt="', "&#", "<br "])
      htmlText(part.repeat(20_000));
  });
});
