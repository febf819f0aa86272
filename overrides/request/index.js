// `request` is deprecated and only used by danfojs-node to download files; notebooks read local tables.
module.exports = () => {
  throw new Error("downloads are off in this workspace; read a local file instead");
};
