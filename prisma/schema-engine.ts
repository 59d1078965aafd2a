/**
 * Prisma's own schema engine as WebAssembly: the CLI's native engine is a download that
 * machines with nothing but package registries cannot make. It keeps the usual
 * `_prisma_migrations` table, so the official CLI can take over wherever it installs.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { createMigrationAdapter, type MigrationAdapter } from './migration-adapter.ts';

/** The part of WebAssembly used here; TypeScript only knows it together with the whole DOM. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Exports } }>;
};
interface Exports {
  __wbindgen_start(): void;
}

interface EngineModule {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: Exports): void;
}

export interface OpenEngine extends AsyncDisposable {
  engine: SchemaEngine;
  scriptError: MigrationAdapter['scriptError'];
}

/**
 * Once per process, even when a test runner loads this module twice: the bindings below it are
 * shared, and a second instance would take the memory from under the first.
 */
const shared = globalThis as typeof globalThis & {
  tributarySchemaEngine?: Promise<typeof SchemaEngine>;
};

/** Opens the engine on the database at `url`; `await using` closes its connections. */
export async function openSchemaEngine(url: string): Promise<OpenEngine> {
  shared.tributarySchemaEngine ??= loadEngine();
  const Engine = await shared.tributarySchemaEngine;
  const adapter = createMigrationAdapter(url);
  const factory = bindMigrationAwareSqlAdapterFactory(adapter);
  const engine = await Engine.new({ datamodels: undefined }, () => {}, factory);
  return { engine, scriptError: adapter.scriptError, [Symbol.asyncDispose]: () => adapter.close() };
}

/** The engine calls this right before it panics; the message then says more than "unreachable". */
function throwPanics(): void {
  const registry = {
    set_message: (message: string) => {
      throw new Error(`The schema engine failed: ${message}`);
    },
  };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
}

/** The package's own entry imports the .wasm as a module, which not every Node version does. */
async function loadEngine(): Promise<typeof SchemaEngine> {
  const module = bindings as unknown as EngineModule;
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const bytes = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': bindings,
  });
  throwPanics();
  module.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return module.SchemaEngine;
}
