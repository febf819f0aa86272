import { kernelNames } from "../../session/compile/kernelMark.ts";
import type { InspectorClient } from "./inspectorClient.ts";
import { type RemoteObject, textOf } from "./remoteObject.ts";

export interface DapVariable {
  name: string;
  value: string;
  type?: string;
  evaluateName: string;
  variablesReference: number;
}

/** Of a longer array a debugger shows the first. */
const mostItems = 1000;

interface PropertyDescriptor {
  name: string;
  value?: RemoteObject;
  get?: RemoteObject;
  isOwn?: boolean;
}

/** What a cell's code finds around it: the parameters of its function, and of the place where it is evaluated. */
const isKernelName = (name: string) =>
  name === "eval" || name === "$code" || kernelNames.some((each) => name.replace(/^\$+/, "$") === `$${each}`);

/** Variables as the debug adapter protocol numbers them: a reference stands for something with members. */
export class DebugVariables {
  hasTypes = true;
  readonly #inspector: InspectorClient;
  readonly #references = new Map<number, () => Promise<DapVariable[]>>();
  #next = 1;

  constructor(inspector: InspectorClient) {
    this.#inspector = inspector;
  }

  /** References are valid while code is stopped. */
  clear(): void {
    this.#references.clear();
  }

  async list(reference: number): Promise<DapVariable[]> {
    return (await this.#references.get(reference)?.()) ?? [];
  }

  refer(list: () => Promise<DapVariable[]>): number {
    const reference = this.#next++;
    this.#references.set(reference, list);
    return reference;
  }

  describe(name: string, object: RemoteObject): DapVariable {
    const variablesReference = object.objectId ? this.refer(() => this.#shownMembers(object)) : 0;
    const type = this.hasTypes ? { type: typeOf(object) } : {};
    return { name, value: textOf(object), ...type, evaluateName: name, variablesReference };
  }

  /** The names in scopes, the innermost first; those that the kernel puts around a cell are not the user's. */
  async namesIn(scopes: readonly RemoteObject[]): Promise<string[]> {
    const names = new Set<string>();
    for (const { objectId = "" } of scopes)
      for (const { name } of await this.#members(objectId)) names.add(name);
    return [...names].filter((name) => !isKernelName(name));
  }

  /** A front end asks for all members at once, and a million of them would be minutes of work and a message of 100 MB. */
  async #shownMembers({
    objectId = "",
    subtype = "",
    description = "",
  }: RemoteObject): Promise<DapVariable[]> {
    const length = Number(/\((\d+)\)$/.exec(description)?.[1] ?? 0);
    if (length <= mostItems || !["array", "typedarray"].includes(subtype)) return this.#members(objectId);
    const functionDeclaration = `function () { return Array.from({ length: ${mostItems} }, (_, at) => this[at]); }`;
    const { result } = await this.#inspector.post<{ result: RemoteObject }>("Runtime.callFunctionOn", {
      objectId,
      functionDeclaration,
      silent: true,
    });
    const items = (await this.#members(result.objectId ?? "")).filter(({ name }) => name !== "length");
    const value = `${(length - mostItems).toLocaleString("en")} more`;
    return [...items, { name: "…", value, evaluateName: "", variablesReference: 0 }];
  }

  async #members(objectId: string): Promise<DapVariable[]> {
    const { result } = await this.#inspector.post<{ result: PropertyDescriptor[] }>("Runtime.getProperties", {
      objectId,
      ownProperties: true,
      generatePreview: true,
    });
    return result.flatMap(({ name, value }) => (value ? [this.describe(name, value)] : []));
  }
}

function typeOf({ type, subtype, className }: RemoteObject): string {
  return className ?? (subtype === "null" ? "null" : type);
}
