// The notebook format 4.5 as a JSON schema, written for messages that name the one thing that is wrong:
// `discriminator` makes ajv follow the branch a cell or an output says it is, instead of reporting all of them.
// https://nbformat.readthedocs.io/en/latest/format_description.html
const text = { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] };
const count = { type: ["integer", "null"], minimum: 0 };
const mimeBundle = {
  type: "object",
  patternProperties: { "^(?!application/(.*\\+)?json).*$": text },
};
const jupyterMetadata = {
  type: "object",
  properties: {
    name: { type: "string", minLength: 1 },
    tags: { type: "array", uniqueItems: true, items: { type: "string", pattern: "^[^,]+$" } },
  },
};

const branch = (tag: string, value: string, required: Record<string, object>, optional = {}) => ({
  type: "object",
  additionalProperties: false,
  required: [tag, ...Object.keys(required)],
  properties: { [tag]: { const: value }, ...required, ...optional },
});
const output = (value: string, fields: Record<string, object>) => branch("output_type", value, fields);

const outputs = {
  type: "object",
  required: ["output_type"],
  discriminator: { propertyName: "output_type" },
  oneOf: [
    output("stream", { name: { type: "string" }, text }),
    output("display_data", { data: mimeBundle, metadata: { type: "object" } }),
    output("execute_result", { data: mimeBundle, metadata: { type: "object" }, execution_count: count }),
    output("error", {
      ename: { type: "string" },
      evalue: { type: "string" },
      traceback: { type: "array", items: { type: "string" } },
    }),
  ],
};

const cellFields = {
  id: { type: "string", pattern: "^[a-zA-Z0-9_-]{1,64}$" },
  metadata: jupyterMetadata,
  source: text,
};
const attachments = { attachments: { type: "object", additionalProperties: mimeBundle } };

export const notebookSchema = {
  type: "object",
  required: ["nbformat", "nbformat_minor", "metadata", "cells"],
  additionalProperties: false,
  properties: {
    nbformat: { const: 4 },
    nbformat_minor: { type: "integer", minimum: 5 },
    metadata: {
      type: "object",
      properties: {
        kernelspec: {
          type: "object",
          required: ["name", "display_name"],
          properties: { name: { type: "string" }, display_name: { type: "string" } },
        },
        language_info: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
        title: { type: "string" },
      },
    },
    cells: {
      type: "array",
      items: {
        type: "object",
        required: ["cell_type"],
        discriminator: { propertyName: "cell_type" },
        oneOf: [
          branch("cell_type", "markdown", cellFields, attachments),
          branch("cell_type", "raw", cellFields, attachments),
          branch("cell_type", "code", {
            ...cellFields,
            execution_count: count,
            outputs: { type: "array", items: outputs },
          }),
        ],
      },
    },
  },
};
