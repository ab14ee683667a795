import { join } from 'node:path';
import ts from 'typescript';
import { ROOT, type Block } from './markdown';

/** The declarations around a piece of code of the pages: an unfinished shop. */
const SURROUNDINGS = `
import type { Express, RequestHandler } from 'express';
import type { Knex as KnexInstance } from 'knex';
import type * as atipay from 'express-atipay';
import type * as stores from 'express-atipay/stores/knex';
import type * as contract from 'express-atipay/stores/contract';
import type * as simulation from 'express-atipay/simulator';
declare global {
  namespace Knex { type Transaction = KnexInstance.Transaction }
  type PaidPayment = atipay.PaidPayment;
  type HookContext<Tx> = atipay.HookContext<Tx>;
  const atipayRouter: typeof atipay.atipayRouter;
  const paymentsMigrations: typeof stores.paymentsMigrations;
  const paymentsTableSql: typeof stores.paymentsTableSql;
  const KnexPaymentStore: typeof stores.KnexPaymentStore;
  const createPaymentsTable: typeof stores.createPaymentsTable;
  const connect: () => Promise<object>;
  const MyStore: new (connection: object) => atipay.PaymentStore<object>;
  const simulator: simulation.Simulator;
  const startSimulator: typeof simulation.startSimulator;
  const paymentStoreContract: typeof contract.paymentStoreContract;
  const app: Express;
  const express: typeof import('express');
  const server: import('node:http').Server;
  const knex: KnexInstance;
  const options: atipay.AtipayConfig;
  const payments: atipay.AtipayRouter;
  const sessions: RequestHandler;
  const requireLogin: RequestHandler;
  const csrf: RequestHandler;
  const metrics: { count(name: string): void };
  const alarm: (message: string) => void;
  const location: { assign(url: string): void };
  const alert: (message: string) => void;
}
export {};
`;

const FOLDER = join(ROOT, '__tests__', 'docs');
const NOT_INSTALLED = join(FOLDER, 'recipes', 'not-installed.d.ts');
const EXTENSIONS: Record<string, string> = { ts: 'mts', js: 'mjs' };

function projectOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return { ...options, allowJs: true, noUnusedLocals: false };
}

/** Compiles blocks as modules with the project's options. Returns the compiler's errors. */
export function compileBlocks(blocks: Block[]): string[] {
  const files = new Map([[join(FOLDER, 'surroundings.d.mts'), SURROUNDINGS]]);
  const places = new Map<string, Block>();
  blocks.forEach((block, index) => {
    const file = join(FOLDER, `block-${index}.${EXTENSIONS[block.language] ?? ''}`);
    files.set(file, `${block.code}\nexport {};\n`);
    places.set(file, block);
  });
  const program = ts.createProgram([...files.keys(), NOT_INSTALLED], projectOptions(), hostOf(files));
  return [...files.keys()]
    .map((file) => program.getSourceFile(file))
    .flatMap((source) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ])
    .map((diagnostic) => describe(diagnostic, places));
}

function hostOf(files: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(projectOptions());
  return {
    ...host,
    fileExists: (file) => files.has(file) || host.fileExists(file),
    readFile: (file) => files.get(file) ?? host.readFile(file),
    getSourceFile: (file, ...rest) => {
      const code = files.get(file);
      return code === undefined
        ? host.getSourceFile(file, ...rest)
        : ts.createSourceFile(file, code, rest[0]);
    },
  };
}

function describe(
  { file, start = 0, messageText }: ts.Diagnostic,
  places: ReadonlyMap<string, Block>,
): string {
  const block = places.get(file?.fileName ?? '');
  const line = file?.getLineAndCharacterOfPosition(start).line ?? 0;
  const place = block ? `${block.page}:${block.line + line}` : (file?.fileName ?? 'options');
  return `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}
