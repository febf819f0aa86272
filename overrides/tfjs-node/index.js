// danfojs-node needs TensorFlow's native build, which downloads binaries at install. Its DataFrame
// arithmetic goes through float32 tensors and corrupts counts of parameters (70e9 becomes 70000001024),
// so this package keeps the exact, plain-JavaScript parts of danfojs alive and fails loudly on the rest.
class Tensor {}
const refuse = (name) => () => {
  throw new Error(
    `danfojs wanted tensorflow's "${name}": that is float32 arithmetic and would corrupt large counts; use column (Series) arithmetic instead`,
  );
};
module.exports = new Proxy(
  { Tensor },
  {
    get(target, name) {
      if (name in target) return target[name];
      if (typeof name === "symbol" || name === "__esModule" || name === "then") return undefined;
      return refuse(String(name));
    },
  },
);
