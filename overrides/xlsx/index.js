// danfojs-node depends on a tarball of SheetJS that is not on npm. Nothing here reads Excel files,
// so this package stands in for it and says so when something tries.
module.exports = new Proxy(
  {},
  {
    get(_target, name) {
      if (typeof name === "symbol" || name === "__esModule" || name === "then") return undefined;
      return () => {
        throw new Error(`xlsx.${String(name)} is not part of this workspace; save the sheet as CSV`);
      };
    },
  },
);
