/** What the kernel can take in, as the server is told when it starts. */
export const capabilities = {
  textDocument: {
    diagnostic: {},
    completion: {
      completionItem: { documentationFormat: ["markdown", "plaintext"], insertReplaceSupport: false },
    },
    hover: { contentFormat: ["markdown", "plaintext"] },
    definition: { linkSupport: false },
  },
  workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
};

/**
 * What the server is told when it asks for settings. A module of the session must not become a completion that adds an
 * import line; and the server must not run `npm install` for types it would like to have.
 */
export const preferences = {
  disableAutomaticTypeAcquisition: true,
  tsserver: { automaticTypeAcquisition: { enabled: false } },
  suggest: { autoImports: false },
  preferences: { includePackageJsonAutoImports: "off" },
};
