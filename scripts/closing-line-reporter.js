// Ends a test run with one line that a person or a CI system can read: "12 passed, 0 failed".
export default class ClosingLineReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      // A file that fails to load has no tests to count, and must not look like nothing happened.
      if (module.state() === "failed" && module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state in count ? state : "skipped"] += 1;
      }
    }
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
    this.line = `${count.passed} passed, ${count.failed} failed${skipped}`;
    process.on("exit", () => console.log(this.line));
  }
}
