import { describe, expect, it } from "vitest";
import { InterruptState } from "../../src/session/watchdog/interruptState.ts";

describe("what the watchdog knows of loading", () => {
  it("is that it goes on until all that was begun has ended", () => {
    const state = new InterruptState();
    const [one, two] = [state.beginLoading(), state.beginLoading()];
    state.endLoading(one);
    expect(state.isLoading).toBe(true);
    state.endLoading(two);
    expect(state.isLoading).toBe(false);
  });

  it("is over with the cell, where what it awaits never comes", () => {
    const state = new InterruptState();
    state.beginLoading();
    state.end(1);
    expect(state.isLoading).toBe(false);
  });

  it("is not over for a cell when an earlier cell's loading ends", () => {
    const state = new InterruptState();
    const earlier = state.beginLoading();
    state.end(1);
    const own = state.beginLoading();
    state.endLoading(earlier);
    expect(state.isLoading).toBe(true);
    state.endLoading(own);
    expect(state.isLoading).toBe(false);
  });
});
