import type { DapVariable, DebugVariables } from "./debugVariables.ts";
import type { InspectorClient } from "./inspectorClient.ts";
import { type RemoteObject, textOf } from "./remoteObject.ts";
import type { StoppedFrames } from "./stoppedFrames.ts";

type Body = Record<string, unknown>;

/** An expression that computes for longer is ended: while V8's inspector evaluates it hears nothing else, an interrupt neither. */
const evaluationMs = 5000;

/** Whether `this` is something that the user made. */
const hasOwn = ({ type, subtype, className }: RemoteObject) =>
  type === "object" && subtype !== "null" && className !== "global";

/** Expressions and names, evaluated where code is stopped or in the session. */
export class Evaluator {
  readonly #inspector: InspectorClient;
  readonly #variables: DebugVariables;
  readonly #frames: StoppedFrames;

  constructor(inspector: InspectorClient, variables: DebugVariables, frames: StoppedFrames) {
    this.#inspector = inspector;
    this.#variables = variables;
    this.#frames = frames;
  }

  /**
   * V8 has a scope for each block; people look for what the code in front of them sees. So there are, as with Python's
   * kernel, three at most: what the function has, what it closes over, and what cells have declared.
   */
  async scopes(frameId: number): Promise<Body> {
    const { scopeChain, this: receiver } = this.#frames.get(frameId);
    const chain = scopeChain.filter(({ type }) => type !== "global" && type !== "script");
    const ofFunction = chain.findIndex(({ type }) => type === "local") + 1;
    const [locals, all] = await Promise.all(
      [chain.slice(0, ofFunction), chain].map((part) =>
        this.#variables.namesIn(part.map(({ object }) => object)),
      ),
    );
    const closed = all!.filter((name) => !locals!.includes(name));
    const own = hasOwn(receiver) ? ["this", ...locals!] : locals!;
    const scopes = [
      { name: "Locals", variables: await this.#valuesOf(own, frameId) },
      { name: "Closure", variables: await this.#valuesOf(closed, frameId) },
      { name: "Globals", variables: await this.sessionVariables() },
    ].filter(({ name, variables }) => variables.length > 0 || name === "Globals");
    return {
      scopes: scopes.map(({ name, variables }) => ({
        name,
        variablesReference: this.#variables.refer(async () => variables),
        expensive: false,
      })),
    };
  }

  async evaluate(args: Body): Promise<Body> {
    if (args.context === "repl") this.#frames.renumber();
    const object = await this.#evaluateObject(String(args.expression), args.frameId as number | undefined);
    const { value: result, type, variablesReference } = this.#variables.describe("", object);
    return { result, type, variablesReference };
  }

  async #evaluateObject(expression: string, frameId: number | undefined): Promise<RemoteObject> {
    const frame = frameId === undefined || !this.#frames.isStopped ? undefined : this.#frames.get(frameId);
    const method = frame ? "Debugger.evaluateOnCallFrame" : "Runtime.evaluate";
    const request = {
      expression,
      silent: true,
      generatePreview: true,
      timeout: evaluationMs,
      ...(frame ? { callFrameId: frame.callFrameId } : {}),
    };
    const { result, exceptionDetails } = await this.#inspector.post<{
      result: RemoteObject;
      exceptionDetails?: { text: string; exception?: RemoteObject };
    }>(method, request);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result;
  }

  /** The variables cells have declared. */
  async sessionVariables(): Promise<DapVariable[]> {
    const { names } = await this.#inspector.post<{ names: string[] }>("Runtime.globalLexicalScopeNames");
    return this.#valuesOf(names);
  }

  /** Asked by name: what V8 holds of a scope is as it was at the stop. What has no value yet is left out. */
  async #valuesOf(names: readonly string[], frameId?: number): Promise<DapVariable[]> {
    const described = names.map(async (name) => {
      const object = await this.#evaluateObject(name, frameId).catch(() => undefined);
      return object ? [this.#variables.describe(name, object)] : [];
    });
    return (await Promise.all(described)).flat();
  }

  async richInspect(args: Body): Promise<Body> {
    const frameId = this.#frames.isStopped ? (args.frameId as number | undefined) : undefined;
    const object = await this.#evaluateObject(String(args.variableName), frameId);
    return { data: { "text/plain": textOf(object) }, metadata: {} };
  }
}
