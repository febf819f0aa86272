import { createRequire } from "node:module";
import fc from "fast-check";
import { Fragment, h } from "preact";
import { createContext } from "preact/compat";
import { useContext, useState } from "preact/hooks";
import { describe, expect, test } from "vitest";
import { html } from "../../../src/session/display/taggedTemplates.ts";
import { toBundle } from "../../../src/session/display/toBundle.ts";
import type { Bundle } from "../../../src/session/messages/executorMessages.ts";

const require = createRequire(import.meta.url);
type Make = (type: unknown, props?: object | null, ...children: unknown[]) => object;
interface React {
  createElement: Make;
  Fragment: unknown;
  memo(component: unknown): unknown;
  useState<T>(value: T): [T];
  createContext(value: unknown): { Provider: unknown };
  useContext(context: unknown): unknown;
}
const react = require("react") as React;
const required = require("preact") as { h: Make };
const requiredHooks = require("preact/hooks") as { useState: typeof useState };

const dataOf = (value: unknown) => (toBundle(value) as Bundle).data;
const shown = (value: unknown) => dataOf(value)["text/html"];

describe.each<[string, Make, unknown, { useState: <T>(value: T) => readonly [T, ...unknown[]] }]>([
  ["React", react.createElement, react.Fragment, react],
  ["Preact", h as never, Fragment, { useState: useState as never }],
  ["Preact by require", required.h, Fragment, { useState: requiredHooks.useState as never }],
])("%s", (_, make, fragment, hooks) => {
  test("an element is its HTML, with text escaped", () => {
    expect(shown(make("p", { title: "a<b" }, "x < y & z"))).toBe('<p title="a&lt;b">x &lt; y &amp; z</p>');
    expect(shown(make("input", { disabled: true }))).toMatch(/^<input disabled(="")?\/>$/);
  });

  test("a component, with hooks, and children in fragments", () => {
    const Count = ({ from }: { from: number }) => {
      const [count] = hooks.useState(from);
      return make("b", null, count, " of ", make(fragment, null, make("i", null, "some")));
    };
    expect(shown(make(Count, { from: 3 }))).toBe("<b>3 of <i>some</i></b>");
  });

  test("a list of elements, with text between, as children stand in JSX", () => {
    const list = [make("b", { key: 1 }, "1"), " < ", null, false, [make("i", { key: 2 }, "2")], 3];
    expect(shown(list)).toBe("<b>1</b> &lt; <i>2</i>3");
  });

  test("within a template it is markup, in lists too", () => {
    expect(html`<ul>${make("li", null, "<")}</ul>`.text).toBe("<ul><li>&lt;</li></ul>");
    expect(html`${["a", "b"].map((each) => make("li", { key: each }, each))}`.text).toBe(
      "<li>a</li><li>b</li>",
    );
  });

  test("an error of a component is the cell's", () => {
    const Broken = () => {
      throw new RangeError("mine");
    };
    expect(() => toBundle(make(Broken))).toThrow(new RangeError("mine"));
  });

  test("any text stays text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const tags = String(shown(make("p", { title: text }, text))).match(/<\/?\w+/g);
        expect(tags).toEqual(["<p", "</p"]);
      }),
    );
  });
});

test("contexts and memo of React are rendered, too", () => {
  const context = react.createContext("outer");
  const Reader = react.memo(() => react.createElement("b", null, react.useContext(context)));
  const tree = react.createElement(context.Provider, { value: "inner" }, react.createElement(Reader));
  expect(shown(tree)).toBe("<b>inner</b>");
});

test("contexts of Preact are rendered, too", () => {
  const context = createContext("outer");
  const Reader = () => h("b", null, useContext(context));
  expect(shown(h(context.Provider, { value: "inner" }, h(Reader, null)))).toBe("<b>inner</b>");
});

test("what only has the fields of an element is shown as any object", () => {
  for (const value of [
    { type: "b", props: {} },
    { $$typeof: "react.element", type: "b", props: {} },
    JSON.parse('{"type":"b","props":{},"__k":null,"__v":1,"constructor":{}}'),
    [1, 2, 3],
    [],
    ["a", null],
  ]) {
    expect(shown(value)).not.toBe("<b></b>");
    expect(dataOf(value)["text/plain"]).toBeTypeOf("string");
  }
  const trap = () => {
    throw new Error("asked");
  };
  expect(
    dataOf(new Proxy({}, { get: trap, has: trap, getOwnPropertyDescriptor: trap }))["text/plain"],
  ).toBeTypeOf("string");
});

test("a list that holds itself, and one of a million numbers, are no elements", () => {
  const around: unknown[] = [];
  around.push(around);
  expect(shown(around)).toBeUndefined();
  expect(shown(Array.from({ length: 1e6 }, (_, i) => i))).toBeUndefined();
});
