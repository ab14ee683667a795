import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { ROOT } from './markdown';
import { LIB, sourceFiles } from './source';

/** The packages of the shops on the pages, and those that express-atipay needs. */
const OTHERS = [
  'axios',
  'better-sqlite3',
  'body-parser',
  'express',
  'express-session',
  'joi',
  'knex',
  'undici',
];
const TSX = pathToFileURL(require.resolve('tsx')).href;

/** A reader's folder: outside the repository, with express-atipay and other packages in node_modules. */
export class Project {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'atipay-readme-')));
  readonly #running: ChildProcess[] = [];

  constructor(others: readonly string[] = OTHERS) {
    const own = join(this.folder, 'node_modules', 'express-atipay');
    mkdirSync(own, { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(own, 'package.json'));
    sourceFiles().forEach((file) => compile(file, join(own, 'dist')));
    others.forEach((name) => this.add(name));
  }

  /** Makes a package of this repository one of the folder. */
  add(name: string): void {
    const place = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), place, 'dir');
  }

  /** Where a command of the package is. */
  command(name: string): string {
    const own = join(this.folder, 'node_modules', 'express-atipay');
    const { bin } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    return join(own, bin[name] ?? 'no such command');
  }

  /** Runs a file, and resolves with its output once it has printed `until`. */
  async run(
    file: string,
    { args = [], env = {}, until }: { args?: string[]; env?: Record<string, string>; until: RegExp },
  ): Promise<{ said: string; child: ChildProcess }> {
    const flags = /\.m?ts$/.test(file) ? ['--import', TSX] : [];
    const child = spawn(process.execPath, [...flags, file, ...args], {
      cwd: this.folder,
      env: { ...process.env, NODE_ENV: 'development', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.push(child);
    return { said: await heard(child, until), child };
  }

  write(name: string, code: string): void {
    writeFileSync(join(this.folder, name), code);
  }

  async remove(): Promise<void> {
    for (const child of this.#running) await stop(child, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Ends a process; resolves with its exit code. */
export async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
}

/** A port that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function compile(file: string, folder: string): void {
  const target = join(folder, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  const { outputText } = ts.transpileModule(readFileSync(join(LIB, file), 'utf8'), {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      // CommonJS, with `import()` as it is.
      module: ts.ModuleKind.Node20,
      esModuleInterop: true,
    },
  });
  writeFileSync(target, outputText);
}

/** The output of a process from now on, up to and including `until`. */
export function heard(child: ChildProcess, until: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (until.test(said)) resolve(said);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => reject(new Error(`ended with ${code ?? 'a signal'}:\n${said}`)));
  });
}
