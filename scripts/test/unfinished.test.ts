import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const pages = ["docs", "notebooks"].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(md|ipynb)$/.test(name) && !name.includes("node_modules"))
    .map((name) => `${folder}/${name}`),
);

test("no page and no notebook says that something is still to be filled in", () => {
  expect(pages.length).toBeGreaterThan(40);
  const unfinished = pages.flatMap((page) =>
    readFileSync(new URL(page, root), "utf8")
      .split("\n")
      .flatMap((line, k) => (/\bTODO\b/.test(line) ? [`${page}:${k + 1}`] : [])),
  );
  expect(unfinished).toEqual([]);
});

test("every page that a page of docs links to is there", () => {
  const missing = pages
    .filter((page) => page.endsWith(".md") && !page.startsWith("docs/api/"))
    .flatMap((page) => {
      const text = readFileSync(new URL(page, root), "utf8");
      return [...text.matchAll(/\]\((?!\w+:)([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap(([, to]) =>
        existsSync(new URL(to!, new URL(page, root))) ? [] : [`${page} -> ${to}`],
      );
    });
  expect(missing).toEqual([]);
});
