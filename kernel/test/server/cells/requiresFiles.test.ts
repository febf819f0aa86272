import { expect, test } from "vitest";
import { requiresFiles } from "../../../src/server/cells/requiresFiles.ts";

test.each([
  ['require("node:events").prototype', false],
  ["const { join } = require('path'), fs = require( 'fs/promises' )", false],
  ["1 + 1", false],
  ["required('./a')", false],
  ["require('./a.ts')", true],
  ["require('lodash')", true],
  ["require('fs'); require(name)", true],
  ["const load = require", true],
  ["require.main === module", true],
  ["require(`fs`)", true],
])("%s: %s", (source, expected) => {
  expect(requiresFiles(source)).toBe(expected);
});
