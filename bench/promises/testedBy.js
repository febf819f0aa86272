// Where isoflop itself is held to each promise, and how often: tries in `npm test`, then in `npm run bench -- soak` as it
// is called (3 minutes, 50,000 messages; with `--minutes 30` the sweeps of names and values take every case). A
// "conformance" group is kernel/test/conformance/checks/GROUP.py; other paths are in kernel/test, the soak's in
// bench/soak. Counts of messages by chance are those of the seed.

const hostile = "conformance hostile";
const fuzz = "protocol/wireFuzz (soak: wire)";
const names = "session/hostileCells (soak: names)";
const descriptors = `${hostile}, session/hostileCells (soak: descriptors)`;
const deep = "server/deepCells (soak: deep)";
const values = "session/hostileCells (soak: values)";
const lifetime = "conformance lifetime";

/** probe: [tested by, tries] */
export const testedBy = {
  "forged-signature": [`${hostile}, ${fuzz}`, "6 + 433 of all unsigned kinds; 15,073"],
  "missing-signature": [`${hostile}, ${fuzz}`, "1 + 433 of all unsigned kinds; 15,073"],
  heartbeats: [`${hostile}, protocol/heartbeat (soak: wire)`, "8 + 10; 1,447 odd ones"],
  "rude-connections": [`${hostile}, protocol/heartbeat (soak: wire)`, "60 + 60; 2,007 on all five ports"],
  "code-an-object": [`${hostile}, protocol/requests, ${fuzz}`, "11 + 180 + 384 wrong fields; 12,534"],
  "deep-header": [`${hostile}, protocol/nesting, ${fuzz}`, "20 + 1,000 + 245 odd messages; 7,429"],
  replay: [`${hostile}, protocol/replays, ${fuzz}`, "1 + 5,715 digests + 70; 2,394"],
  "huge-frame": [hostile, "2; none"],
  "history-stars": [
    `${hostile}, server/cells/glob`,
    "1 + 5,000 patterns against SQLite + 4 of many stars; none",
  ],
  "empty-key": [`${hostile}, protocol/connection`, "1 + its own file; none"],
  "import-process": [names, "12 + 60 of 1,379; 100"],
  "const-promise": [names, "12 + 60 of 1,379; 100"],
  "const-object": [names, "12 + 60 of 1,379; 100"],
  "global-process": [names, "60 of 695; 100"],
  "delete-global": [names, "60 of 695; 100"],
  "byte-length": [names, "60 of 2,774 + 42 together; 100 + 43 + 42"],
  "prepare-stack-trace": [names, "42 together; 43 alone + 42 together"],
  "console-null": [names, "42 together; 43 alone + 42 together"],
  "write-descriptors": [descriptors, "11 + 12 of 117; 100"],
  "close-descriptors": [descriptors, "3 + 12 of 117; 100"],
  "sum-of-terms": [deep, "not among its 25 of 125 kinds; as many as 3 minutes hold"],
  "chained-calls": [deep, "1 of its 25 of 125 kinds; as many as 3 minutes hold"],
  "deep-json": [`language/server/checker, ${deep}`, "3, 1,000 deep; as many as 3 minutes hold"],
  parentheses: [deep, "1 of its 25 of 125 kinds; as many as 3 minutes hold"],
  "parentheses-is-complete": [`language/reader, ${deep}`, "1 + 1 of 25; as many as 3 minutes hold"],
  "throwing-message": [values, "50 of 263; 100"],
  "thrown-proxy": [values, "50 of 263; 100"],
  "endless-inspection": [values, "5 of 23; 23"],
  "half-a-pair": [`${hostile}, protocol/wellFormedJson`, "3 cells + 1,000; none"],
  "process-exit": [`${lifetime} (soak: the session)`, "3; one every third round"],
  "quick-interrupts": ["conformance interrupts (soak: interrupts)", "150 of 45 kinds; 5,000"],
  "two-inputs": ["conformance questions", "18; none"],
  "child-after-shutdown": [lifetime, "20 ways; none (strays after a restart and at the end are faults)"],
  "child-after-kill": [lifetime, "3 × 20 ways; none"],
};
