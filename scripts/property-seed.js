// Properties are tried on other random examples in every run. A run that judges a change (.ci/run) sets FAST_CHECK_SEED, so
// that the same examples are tried and what fails is what changed; any other number there tries others.
import fc from "fast-check";

const { FAST_CHECK_SEED: seed } = process.env;
if (seed !== undefined && seed !== "") {
  if (!Number.isSafeInteger(Number(seed))) {
    throw new RangeError(
      `FAST_CHECK_SEED must be a whole number, got ${seed}; leave it out for random examples`,
    );
  }
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
}
