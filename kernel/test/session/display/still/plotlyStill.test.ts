import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plotlyStill } from "../../../../src/session/display/still/plotlyStill.ts";
import { tagsOf } from "./tagsOf.ts";

const still = (data: unknown, layout: unknown = {}) => plotlyStill({ data, layout }, "words");
/** What the picture says, tick by tick. */
const texts = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text]) => text?.replace(/<[^>]*>|&#8203;/g, ""));
const fills = (svg: string, fill: string) =>
  [...svg.matchAll(/<path d="([^"]*)" fill="([^"]*)"/g)]
    .filter(([, , each]) => each === fill)
    .map(([, d]) => d ?? "");
/** Corners of boxes, as pixels: left, first y, right, second y. */
const boxes = (svg: string, fill: string) =>
  fills(svg, fill).flatMap((d) =>
    [...d.matchAll(/M([\d.-]+),([\d.-]+)H([\d.-]+)V([\d.-]+)H[\d.-]+Z/g)].map((found) =>
      found.slice(1).map(Number),
    ),
  ) as [number, number, number, number][];
const blue = "#1f77b4";
const orange = "#ff7f0e";

describe("every kind of trace that is drawn leaves a mark", () => {
  const grid = [
    [1, 2, 3],
    [2, 3, 4],
  ];
  const prices = { open: [1, 2], high: [3, 3], low: [0, 1], close: [2, 1] };
  test.each<[string, object]>([
    ["scatter", { x: [1, 2], y: [3, 4] }],
    ["scattergl", { y: [3, 4], mode: "markers" }],
    ["bar", { x: ["a", "b"], y: [1, 2] }],
    ["histogram", { x: [1, 2, 2, 3] }],
    ["box", { y: [1, 2, 3, 9] }],
    ["violin", { x: [1, 2, 3] }],
    ["heatmap", { z: grid }],
    ["contour", { z: grid }],
    ["histogram2d", { x: [1, 2, 3], y: [1, 2, 3] }],
    ["histogram2dcontour", { x: [1, 2, 3], y: [1, 2, 3] }],
    ["candlestick", { x: ["2024-01-01", "2024-01-02"], ...prices }],
    ["ohlc", prices],
    ["pie", { labels: ["a", "b"], values: [1, 2] }],
  ])("%s", (type, fields) => {
    const svg = still([{ type, ...fields }]);
    // What is drawn within the axes, or for want of axes all.
    const drawn = (each: string) => /<svg x=.*?<\/svg>/.exec(each)?.[0] ?? each;
    expect(drawn(svg).length).toBeGreaterThan(drawn(still([{ type }])).length + 50);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg).not.toContain("Not drawn");
    expect(tagsOf(svg)[0]).toBe("svg");
  });

  test.each(["surface", "scatter3d", "sankey", "scattermapbox", "of a later Plotly"])(
    "%s is told",
    (type) => {
      expect(texts(still([{ type }]))).toEqual(["words", `Not drawn in a still picture: ${type}`]);
    },
  );

  test("what is not drawn is told beside what is", () => {
    expect(texts(still([{ y: [1, 2] }, { type: "table" }]))).toContain("Not drawn in a still picture: table");
  });
});

describe("bars", () => {
  test("are as high as their numbers, and stand beside each other", () => {
    const svg = still([
      { type: "bar", x: ["a", "b"], y: [1, 2] },
      { type: "bar", x: ["a", "b"], y: [3, -1] },
    ]);
    const heights = (color: string) => boxes(svg, color).map(([, from, , to]) => from - to);
    const [one, two] = heights(blue) as [number, number];
    const [three, below] = heights(orange) as [number, number];
    expect(two / one).toBeCloseTo(2, 1);
    expect(three / one).toBeCloseTo(3, 1);
    expect(below / one).toBeCloseTo(-1, 1);
    expect(boxes(svg, blue)[0]?.[2]).toBeCloseTo(boxes(svg, orange)[0]?.[0] as number, 0);
  });

  test("stand upon each other where the layout says so", () => {
    const svg = still(
      [
        { type: "bar", y: [1] },
        { type: "bar", y: [2] },
      ],
      { barmode: "stack" },
    );
    expect(boxes(svg, blue)[0]?.[3]).toBe(boxes(svg, orange)[0]?.[1]);
  });

  test("lie where they are horizontal", () => {
    const svg = still([{ type: "bar", orientation: "h", x: [10, 20], y: ["p", "q"] }]);
    const [short, long] = boxes(svg, blue).map(([left, , right]) => right - left) as [number, number];
    expect(long / short).toBeCloseTo(2, 1);
    expect(texts(svg)).toEqual(expect.arrayContaining(["p", "q", "20"]));
  });

  test("of a histogram count what falls between their edges, and all of it", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 }), (x) => {
        fc.pre(new Set(x).size > 1);
        const svg = still([{ type: "histogram", x, histnorm: "percent", cumulative: { enabled: true } }]);
        // The last of the bars that add up is as high as all of them.
        const tall = boxes(svg, blue).map(([, from, , to]) => from - to);
        expect(tall.at(-1)).toBe(Math.max(...tall));
        expect(Math.max(...tall)).toBeGreaterThan(100);
      }),
      {
        numRuns: 50,
        examples: [[[0, -5e-324]], [[-1e-310, 1e-310]], [[1e6, 1e6 + 2e-10]], [[2e-308, 3e-308, 4e-308]]],
      },
    );
  });
});

describe("axes", () => {
  const labels = (x: unknown, xaxis: object = {}) =>
    texts(still([{ x, y: [1, 2, 3], mode: "markers" }], { xaxis, yaxis: { visible: false } }));

  test.each<[string, unknown[], object, string[]]>([
    ["numbers", [0, 50, 100], {}, ["0", "20", "40", "60", "80", "100"]],
    ["numbers as text", ["0", "50", "100"], {}, ["0", "20", "40", "60", "80", "100"]],
    ["millions", [0, 1e6, 3e6], {}, ["0", "1M", "2M", "3M"]],
    ["tenths", [0.1, 0.2, 0.4], {}, ["0.1", "0.2", "0.3", "0.4"]],
    ["shares", [0, 0.5, 1], { tickformat: ".0%" }, ["0%", "20%", "40%", "60%", "80%", "100%"]],
    ["money", [0, 500, 1000], { tickprefix: "$" }, ["$0", "$200", "$400", "$600", "$800", "$1000"]],
    ["powers of ten", [1, 1e3, 1e6], { type: "log" }, ["1", "10", "100", "1000", "104", "105", "106"]],
    ["years", ["2020-01-01", "2022-05-01", "2024-01-01"], {}, ["2020", "2021", "2022", "2023", "2024"]],
    [
      "hours",
      ["2024-01-01 00:00", "2024-01-01 12:00", "2024-01-02 00:00"],
      {},
      ["2024-01-01", "06:00", "12:00", "18:00", "2024-01-02"],
    ],
    ["categories", ["b", "a", "c"], {}, ["b", "a", "c"]],
    ["categories in order", ["b", "a", "c"], { categoryorder: "category descending" }, ["c", "b", "a"]],
    [
      "categories in categories",
      [
        ["p", "p", "q"],
        ["a", "b", "a"],
      ],
      {},
      ["p / a", "p / b", "q / a"],
    ],
    ["own ticks", [1, 2, 3], { tickvals: [1, 3], ticktext: ["first", "last"] }, ["first", "last"]],
    ["none", [1, 2, 3], { showticklabels: false }, []],
  ])("%s", (_, x, axis, expected) => {
    expect(labels(x, axis)).toEqual(expected);
  });

  test("a range may run backwards", () => {
    const xs = (svg: string) => [...svg.matchAll(/M([\d.]+),[\d.]+a/g)].map(([, x]) => Number(x));
    const [first, last] = xs(
      still([{ x: [1, 2], y: [1, 2], mode: "markers" }], { xaxis: { autorange: "reversed" } }),
    );
    expect(first).toBeGreaterThan(last as number);
    const [from, to] = xs(still([{ x: [1, 2], y: [1, 2], mode: "markers" }], { xaxis: { range: [3, 0] } }));
    expect(from).toBeGreaterThan(to as number);
  });

  test("plots beside each other have each its own, by domain or by grid", () => {
    const data = [{ y: [1, 2] }, { y: [1, 2], xaxis: "x2", yaxis: "y2" }];
    for (const layout of [
      { xaxis: { domain: [0, 0.4] }, xaxis2: { domain: [0.6, 1] } },
      { grid: { rows: 1, columns: 2, pattern: "independent" } },
    ]) {
      const plots = [...still(data, layout).matchAll(/<svg x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)];
      const [[, left, width], [, right]] = plots as unknown as [[string, string, string], [string, string]];
      expect(Number(left) + Number(width)).toBeLessThan(Number(right));
    }
  });

  test("titles, legend, notes and lines of a layout are there", () => {
    const svg = still(
      [
        { y: [1, 2], name: "first" },
        { y: [2, 1], name: "second" },
        { y: [2, 1], name: "third", showlegend: false },
      ],
      {
        title: { text: "A <b>title</b>" },
        xaxis: { title: "step" },
        yaxis: { title: { text: "loss" } },
        annotations: [{ x: 0, y: 1, text: "note" }],
        shapes: [{ type: "line", x0: 0, x1: 1, y0: 1, y1: 1, line: { color: "red", dash: "dot" } }],
      },
    );
    expect(texts(svg)).toEqual(
      expect.arrayContaining(["A title", "step", "loss", "first", "second", "note"]),
    );
    expect(texts(svg)).not.toContain("third");
    expect(svg).toContain('stroke="red"');
  });
});

test("numbers packed as Plotly of Python packs them are numbers", () => {
  const pack = (values: { buffer: ArrayBufferLike }, dtype: string) => ({
    dtype,
    bdata: Buffer.from(values.buffer as ArrayBuffer).toString("base64"),
  });
  const plain = still([{ x: [1, 2, 3], y: [4, 1, 9] }]);
  expect(
    still([{ x: pack(new Float64Array([1, 2, 3]), "f8"), y: pack(new Int32Array([4, 1, 9]), "i4") }]),
  ).toBe(plain);
  expect(
    still([{ x: pack(new Float32Array([1, 2, 3]), "f4"), y: pack(new Uint8Array([4, 1, 9]), "u1") }]),
  ).toBe(plain);
  const z = { ...pack(new Int8Array([1, 2, 3, 4]), "i1"), shape: "2, 2" };
  expect(still([{ type: "heatmap", z }])).toBe(
    still([
      {
        type: "heatmap",
        z: [
          [1, 2],
          [3, 4],
        ],
      },
    ]),
  );
});

describe("whatever a figure holds", () => {
  const types = [
    "scatter",
    "bar",
    "histogram",
    "box",
    "heatmap",
    "contour",
    "histogram2d",
    "pie",
    "candlestick",
    "x",
  ];
  const scalar = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.string(),
    fc.constantFrom(null, true, "2024-01-01", "1e308", -1e308, "<b>", '"', "&", "url(#a)", "red"),
  );
  const value = fc.oneof(
    scalar,
    fc.array(scalar),
    fc.array(fc.array(scalar, { maxLength: 4 }), { maxLength: 4 }),
  );
  const nested = fc.dictionary(
    fc.constantFrom(
      "color",
      "size",
      "text",
      "title",
      "range",
      "domain",
      "type",
      "font",
      "tickvals",
      "width",
      "dash",
      "symbol",
      "colorscale",
      "anchor",
      "overlaying",
      "side",
    ),
    value,
  );
  const trace = fc
    .tuple(
      fc.constantFrom(...types),
      fc.dictionary(
        fc.constantFrom(
          "x",
          "y",
          "z",
          "text",
          "mode",
          "name",
          "fill",
          "values",
          "labels",
          "open",
          "close",
          "xaxis",
          "yaxis",
          "stackgroup",
          "orientation",
          "base",
          "opacity",
          "hole",
        ),
        value,
      ),
      fc.dictionary(
        fc.constantFrom("marker", "line", "error_x", "error_y", "xbins", "contours", "domain", "colorbar"),
        nested,
      ),
    )
    .map(([type, own, parts]) => ({ type, ...own, ...parts }));
  const layout = fc
    .tuple(
      fc.dictionary(
        fc.constantFrom(
          "width",
          "height",
          "barmode",
          "title",
          "colorway",
          "paper_bgcolor",
          "showlegend",
          "bargap",
        ),
        value,
      ),
      fc.dictionary(
        fc.constantFrom("xaxis", "yaxis", "xaxis2", "yaxis2", "grid", "template", "legend"),
        nested,
      ),
      fc.dictionary(fc.constantFrom("annotations", "shapes"), fc.array(nested)),
    )
    .map((parts) => Object.assign({}, ...parts));

  test("the picture is XML of a picture's elements, and holds no number that is none", {
    timeout: 60_000,
  }, () => {
    const known = new Set(["svg", "rect", "path", "text", "tspan", "ellipse", "title"]);
    fc.assert(
      fc.property(fc.array(trace, { maxLength: 4 }), layout, (data, layout) => {
        const svg = still(data, layout);
        for (const tag of tagsOf(svg)) expect(known).toContain(tag);
        const numbers = [...svg.matchAll(/ (?:d|x|y|width|height|transform|viewBox|points)="([^"]*)"/g)];
        for (const [, text] of numbers) expect(text).not.toMatch(/NaN|undefined|Infinity/);
        expect(svg).not.toMatch(/="[^"]*url\(/i);
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["no traces", { data: [], layout: {} }],
    ["no lists", { data: "x", layout: 3 }],
    ["null", { data: [null], layout: null }],
    ["an axis over itself", { data: [{ y: [1] }], layout: { yaxis: { overlaying: "y" } } }],
    [
      "axes over each other",
      {
        data: [{ y: [1], yaxis: "y2" }],
        layout: { yaxis2: { overlaying: "y3" }, yaxis3: { overlaying: "y2" } },
      },
    ],
    ["one value", { data: [{ y: [5] }] }],
    ["the largest numbers", { data: [{ y: [-1.7e308, 1.7e308] }] }],
    ["the smallest", { data: [{ y: [5e-324, 1e-323] }] }],
    ["a step that would never end", { data: [{ y: [0, 1e9] }], layout: { yaxis: { dtick: 1e-9 } } }],
    ["bins without end", { data: [{ type: "histogram", x: [0, 1e12], xbins: { size: 1e-3 } }] }],
    [
      "levels without end",
      {
        data: [
          {
            type: "contour",
            z: [
              [0, 1],
              [1, 1e9],
            ],
            contours: { size: 1e-9 },
          },
        ],
      },
    ],
    ["a grid without end", { data: [{ y: [1] }], layout: { grid: { rows: 1e9, columns: 1e9 } } }],
    ["rows of unequal length", { data: [{ type: "heatmap", z: [[1], [1, 2, 3], []] }] }],
    ["years far away", { data: [{ x: ["0001-01-01", "9999-12-31"], y: [1, 2] }] }],
  ])("%s makes a picture", (_, figure) => {
    const svg = plotlyStill(figure, "");
    expect(tagsOf(svg)[0]).toBe("svg");
    expect(svg).not.toMatch(/="[^"]*(NaN|undefined|Infinity)/);
    expect(svg.length).toBeLessThan(200_000);
  });

  test("very many points make a picture of ordinary size that reaches as far", () => {
    const y = Array.from({ length: 300_000 }, (_, i) => Math.sin(i / 1e4));
    y[123_456] = 50;
    for (const mode of ["lines", "markers"]) {
      const svg = still([{ y, mode }]);
      expect(svg.length).toBeLessThan(400_000);
      expect(texts(svg)).toContain("50");
    }
  });
});
