// Part of `npm run docs`: writes the plan of the house into CONTRIBUTING, between its two marks.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { packages } from "./structure/rooms.js";
import { roomsTable } from "./structure/roomsTable.js";

const path = fileURLToPath(new URL("../CONTRIBUTING.md", import.meta.url));
const text = readFileSync(path, "utf8");
const marked = /(<!-- rooms -->\n)[\s\S]*?(<!-- end of rooms -->)/;
if (!marked.test(text))
  throw new Error("CONTRIBUTING.md lacks the marks <!-- rooms --> and <!-- end of rooms -->");
writeFileSync(
  path,
  text.replace(marked, (_, open, close) => `${open}\n${roomsTable(packages)}\n\n${close}`),
);
