#!/usr/bin/env node
// npm links this file at install time, before anything is built; the command itself is src/cli/main.ts.
import "../dist/cli/program/main.js";
