// What Node has without an import and @types/node has no name for. Written so that the DOM's types, or a later version of
// @types/node, may have the same names: interfaces merge, and a value that is declared twice keeps its first type.
export {};

type WhereNoDom<T> = typeof globalThis extends { onmessage: any } ? {} : T;
type PerfHooks = typeof import("node:perf_hooks");

type _Crypto = WhereNoDom<import("node:crypto").webcrypto.Crypto>;
type _CryptoKey = WhereNoDom<import("node:crypto").webcrypto.CryptoKey>;
type _SubtleCrypto = WhereNoDom<import("node:crypto").webcrypto.SubtleCrypto>;
type _Algorithm = WhereNoDom<import("node:crypto").webcrypto.Algorithm>;
type _AesCbcParams = WhereNoDom<import("node:crypto").webcrypto.AesCbcParams>;
type _AesCtrParams = WhereNoDom<import("node:crypto").webcrypto.AesCtrParams>;
type _AesDerivedKeyParams = WhereNoDom<import("node:crypto").webcrypto.AesDerivedKeyParams>;
type _AesGcmParams = WhereNoDom<import("node:crypto").webcrypto.AesGcmParams>;
type _AesKeyAlgorithm = WhereNoDom<import("node:crypto").webcrypto.AesKeyAlgorithm>;
type _AesKeyGenParams = WhereNoDom<import("node:crypto").webcrypto.AesKeyGenParams>;
type _CryptoKeyPair = WhereNoDom<import("node:crypto").webcrypto.CryptoKeyPair>;
type _EcKeyAlgorithm = WhereNoDom<import("node:crypto").webcrypto.EcKeyAlgorithm>;
type _EcKeyGenParams = WhereNoDom<import("node:crypto").webcrypto.EcKeyGenParams>;
type _EcKeyImportParams = WhereNoDom<import("node:crypto").webcrypto.EcKeyImportParams>;
type _EcdhKeyDeriveParams = WhereNoDom<import("node:crypto").webcrypto.EcdhKeyDeriveParams>;
type _EcdsaParams = WhereNoDom<import("node:crypto").webcrypto.EcdsaParams>;
type _HkdfParams = WhereNoDom<import("node:crypto").webcrypto.HkdfParams>;
type _HmacImportParams = WhereNoDom<import("node:crypto").webcrypto.HmacImportParams>;
type _HmacKeyAlgorithm = WhereNoDom<import("node:crypto").webcrypto.HmacKeyAlgorithm>;
type _HmacKeyGenParams = WhereNoDom<import("node:crypto").webcrypto.HmacKeyGenParams>;
type _JsonWebKey = WhereNoDom<import("node:crypto").webcrypto.JsonWebKey>;
type _KeyAlgorithm = WhereNoDom<import("node:crypto").webcrypto.KeyAlgorithm>;
type _Pbkdf2Params = WhereNoDom<import("node:crypto").webcrypto.Pbkdf2Params>;
type _RsaHashedImportParams = WhereNoDom<import("node:crypto").webcrypto.RsaHashedImportParams>;
type _RsaHashedKeyAlgorithm = WhereNoDom<import("node:crypto").webcrypto.RsaHashedKeyAlgorithm>;
type _RsaHashedKeyGenParams = WhereNoDom<import("node:crypto").webcrypto.RsaHashedKeyGenParams>;
type _RsaKeyAlgorithm = WhereNoDom<import("node:crypto").webcrypto.RsaKeyAlgorithm>;
type _RsaKeyGenParams = WhereNoDom<import("node:crypto").webcrypto.RsaKeyGenParams>;
type _RsaOaepParams = WhereNoDom<import("node:crypto").webcrypto.RsaOaepParams>;
type _RsaOtherPrimesInfo = WhereNoDom<import("node:crypto").webcrypto.RsaOtherPrimesInfo>;
type _RsaPssParams = WhereNoDom<import("node:crypto").webcrypto.RsaPssParams>;
type _Performance = WhereNoDom<PerfHooks["performance"]>;
type _PerformanceEntry = WhereNoDom<import("node:perf_hooks").PerformanceEntry>;
type _PerformanceMark = WhereNoDom<import("node:perf_hooks").PerformanceMark>;
type _PerformanceMeasure = WhereNoDom<import("node:perf_hooks").PerformanceMeasure>;
type _PerformanceObserver = WhereNoDom<import("node:perf_hooks").PerformanceObserver>;
type _PerformanceObserverEntryList = WhereNoDom<import("node:perf_hooks").PerformanceObserverEntryList>;
type _PerformanceResourceTiming = WhereNoDom<import("node:perf_hooks").PerformanceResourceTiming>;
type _TextDecoder = WhereNoDom<import("node:util").TextDecoder>;
type _TextEncoder = WhereNoDom<import("node:util").TextEncoder>;
type _BroadcastChannel = WhereNoDom<import("node:worker_threads").BroadcastChannel>;
type _MessageChannel = WhereNoDom<import("node:worker_threads").MessageChannel>;
type _MessagePort = WhereNoDom<import("node:worker_threads").MessagePort>;

/** A class that nobody makes with `new`. */
interface Unmakable<T> {
  readonly prototype: T;
  new (never: never): T;
}

declare global {
  interface Crypto extends _Crypto {}
  var Crypto: typeof globalThis extends { onmessage: any; Crypto: infer T } ? T : Unmakable<Crypto>;
  interface CryptoKey extends _CryptoKey {}
  var CryptoKey: typeof globalThis extends { onmessage: any; CryptoKey: infer T } ? T : Unmakable<CryptoKey>;
  interface SubtleCrypto extends _SubtleCrypto {}
  var SubtleCrypto: typeof globalThis extends { onmessage: any; SubtleCrypto: infer T }
    ? T
    : Unmakable<SubtleCrypto>;
  // What the methods of SubtleCrypto take and give.
  interface Algorithm extends _Algorithm {}
  interface AesCbcParams extends _AesCbcParams {}
  interface AesCtrParams extends _AesCtrParams {}
  interface AesDerivedKeyParams extends _AesDerivedKeyParams {}
  interface AesGcmParams extends _AesGcmParams {}
  interface AesKeyAlgorithm extends _AesKeyAlgorithm {}
  interface AesKeyGenParams extends _AesKeyGenParams {}
  interface CryptoKeyPair extends _CryptoKeyPair {}
  interface EcKeyAlgorithm extends _EcKeyAlgorithm {}
  interface EcKeyGenParams extends _EcKeyGenParams {}
  interface EcKeyImportParams extends _EcKeyImportParams {}
  interface EcdhKeyDeriveParams extends _EcdhKeyDeriveParams {}
  interface EcdsaParams extends _EcdsaParams {}
  interface HkdfParams extends _HkdfParams {}
  interface HmacImportParams extends _HmacImportParams {}
  interface HmacKeyAlgorithm extends _HmacKeyAlgorithm {}
  interface HmacKeyGenParams extends _HmacKeyGenParams {}
  interface JsonWebKey extends _JsonWebKey {}
  interface KeyAlgorithm extends _KeyAlgorithm {}
  interface Pbkdf2Params extends _Pbkdf2Params {}
  interface RsaHashedImportParams extends _RsaHashedImportParams {}
  interface RsaHashedKeyAlgorithm extends _RsaHashedKeyAlgorithm {}
  interface RsaHashedKeyGenParams extends _RsaHashedKeyGenParams {}
  interface RsaKeyAlgorithm extends _RsaKeyAlgorithm {}
  interface RsaKeyGenParams extends _RsaKeyGenParams {}
  interface RsaOaepParams extends _RsaOaepParams {}
  interface RsaOtherPrimesInfo extends _RsaOtherPrimesInfo {}
  interface RsaPssParams extends _RsaPssParams {}
  interface Performance extends _Performance {}
  var Performance: typeof globalThis extends { onmessage: any; Performance: infer T }
    ? T
    : Unmakable<Performance>;
  interface PerformanceEntry extends _PerformanceEntry {}
  interface PerformanceMark extends _PerformanceMark {}
  interface PerformanceMeasure extends _PerformanceMeasure {}
  interface PerformanceObserver extends _PerformanceObserver {}
  interface PerformanceObserverEntryList extends _PerformanceObserverEntryList {}
  interface PerformanceResourceTiming extends _PerformanceResourceTiming {}
  interface TextDecoder extends _TextDecoder {}
  interface TextEncoder extends _TextEncoder {}
  interface BroadcastChannel extends _BroadcastChannel {}
  interface MessageChannel extends _MessageChannel {}
  interface MessagePort extends _MessagePort {}

  /** https://webassembly.github.io/spec/js-api */
  namespace WebAssembly {
    type Bytes = ArrayBufferView | ArrayBuffer | SharedArrayBuffer;
    type ImportExportKind = "function" | "global" | "memory" | "table" | "tag";
    type TableKind = "anyfunc" | "externref";
    type ValueType = keyof ValueTypeMap;
    type ExportValue = Function | Global | Memory | Table;
    type ImportValue = ExportValue | number;
    type Exports = Record<string, ExportValue>;
    type ModuleImports = Record<string, ImportValue>;
    type Imports = Record<string, ModuleImports>;

    interface ValueTypeMap {
      anyfunc: Function;
      externref: any;
      f32: number;
      f64: number;
      i32: number;
      i64: bigint;
      v128: never;
    }

    interface CompileError extends Error {}
    var CompileError: {
      prototype: CompileError;
      new (message?: string): CompileError;
      (message?: string): CompileError;
    };
    interface LinkError extends Error {}
    var LinkError: { prototype: LinkError; new (message?: string): LinkError; (message?: string): LinkError };
    interface RuntimeError extends Error {}
    var RuntimeError: {
      prototype: RuntimeError;
      new (message?: string): RuntimeError;
      (message?: string): RuntimeError;
    };

    interface Module {}
    var Module: {
      prototype: Module;
      new (bytes: Bytes): Module;
      customSections(moduleObject: Module, sectionName: string): ArrayBuffer[];
      exports(moduleObject: Module): ModuleExportDescriptor[];
      imports(moduleObject: Module): ModuleImportDescriptor[];
    };
    interface ModuleExportDescriptor {
      kind: ImportExportKind;
      name: string;
    }
    interface ModuleImportDescriptor {
      kind: ImportExportKind;
      module: string;
      name: string;
    }

    interface Instance {
      readonly exports: Exports;
    }
    var Instance: { prototype: Instance; new (module: Module, importObject?: Imports): Instance };

    interface Memory {
      readonly buffer: ArrayBuffer;
      grow(delta: number): number;
    }
    interface MemoryDescriptor {
      initial: number;
      maximum?: number;
      shared?: boolean;
    }
    var Memory: { prototype: Memory; new (descriptor: MemoryDescriptor): Memory };

    interface Table {
      readonly length: number;
      get(index: number): any;
      grow(delta: number, value?: any): number;
      set(index: number, value?: any): void;
    }
    interface TableDescriptor {
      element: TableKind;
      initial: number;
      maximum?: number;
    }
    var Table: { prototype: Table; new (descriptor: TableDescriptor, value?: any): Table };

    interface Global<T extends ValueType = ValueType> {
      value: ValueTypeMap[T];
      valueOf(): ValueTypeMap[T];
    }
    interface GlobalDescriptor<T extends ValueType = ValueType> {
      mutable?: boolean;
      value: T;
    }
    var Global: {
      prototype: Global;
      new <T extends ValueType = ValueType>(descriptor: GlobalDescriptor<T>, v?: ValueTypeMap[T]): Global<T>;
    };

    interface Tag {}
    interface TagType {
      parameters: ValueType[];
    }
    var Tag: { prototype: Tag; new (type: TagType): Tag };
    interface Exception {
      readonly stack: string | undefined;
      getArg(exceptionTag: Tag, index: number): any;
      is(exceptionTag: Tag): boolean;
    }
    interface ExceptionOptions {
      traceStack?: boolean;
    }
    var Exception: {
      prototype: Exception;
      new (exceptionTag: Tag, payload: any[], options?: ExceptionOptions): Exception;
    };

    interface WebAssemblyInstantiatedSource {
      instance: Instance;
      module: Module;
    }

    function compile(bytes: Bytes): Promise<Module>;
    function compileStreaming(source: Response | PromiseLike<Response>): Promise<Module>;
    function instantiate(bytes: Bytes, importObject?: Imports): Promise<WebAssemblyInstantiatedSource>;
    function instantiate(moduleObject: Module, importObject?: Imports): Promise<Instance>;
    function instantiateStreaming(
      source: Response | PromiseLike<Response>,
      importObject?: Imports,
    ): Promise<WebAssemblyInstantiatedSource>;
    function validate(bytes: Bytes): boolean;
  }
}
