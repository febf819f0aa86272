#!/usr/bin/env node
// npm links this file at install time, before anything is built; the command itself is dist/cli/main.js.
import "../dist/cli/main.js";
