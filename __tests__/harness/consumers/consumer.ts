import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../../package/packed';

/** How a program ended. */
export interface Ended {
  code: number | string | null;
  out: string;
  error: string;
}

/** Milliseconds. An install is the registry's time, a run is a payment's: a process that does not end is a defect. */
const INSTALL = 300_000;
const RUN = 300_000;

/** The tarball of `npm run test:consumers`. */
export function tarball(): string {
  const file = process.env['ATIPAY_TARBALL'];
  if (file === undefined)
    throw new Error('Run these tests by npm run test:consumers, which packs the package.');
  return file;
}

/** The last line that a shop of `projects/` prints last, after the line at start. */
export const resultIn = (out: string): unknown => JSON.parse(out.trim().split('\n').at(-1) ?? '') as unknown;

/** A shop's project in a temporary folder, with the packed package installed. */
export class Consumer {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'atipay-consumer-')));

  static async create(packages: string[], ...flags: string[]): Promise<Consumer> {
    const consumer = new Consumer();
    consumer.write('package.json', { name: 'shop', private: true, type: 'commonjs' });
    await consumer.install([tarball(), ...packages], ...flags);
    return consumer;
  }

  async install(packages: string[], ...flags: string[]): Promise<void> {
    const quick = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code, out, error } = await this.exec(
      'npm',
      ['install', ...quick, ...flags, ...packages],
      INSTALL,
    );
    if (code !== 0) throw new Error(`npm install ${packages.join(' ')} ended with ${code}:\n${out}${error}`);
  }

  /**
   * Borrows the SQLite driver that this repository has built already: a driver compiles for minutes where there is no
   * ready-made one.
   */
  borrow(name: string): void {
    symlinkSync(
      dirname(require.resolve(`${name}/package.json`)),
      join(this.folder, 'node_modules', name),
      'dir',
    );
  }

  /** Takes a file of `projects/`, under another name if one is given. */
  take(project: string, name = project): string {
    copyFileSync(join(ROOT, '__tests__/harness/consumers/projects', project), join(this.folder, name));
    return name;
  }

  /** Takes a file from elsewhere. */
  adopt(file: string, name: string): void {
    const target = join(this.folder, name);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }

  write(name: string, content: string | object): void {
    const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
    writeFileSync(join(this.folder, name), text);
  }

  /** Compiles a file as the project's TypeScript does, strictly, declarations of packages included. */
  async compile(file: string, compilerOptions: object): Promise<Ended> {
    const base = { strict: true, target: 'es2022', esModuleInterop: true, types: ['node'], outDir: 'out' };
    this.write('tsconfig.json', { compilerOptions: { ...base, ...compilerOptions }, files: [file] });
    return this.exec(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc')]);
  }

  node(...args: string[]): Promise<Ended> {
    return this.exec(process.execPath, args);
  }

  /** The line of JSON that a shop of `projects/` prints last, once its payment is over. */
  async payment(...args: string[]): Promise<unknown> {
    const { code, out, error } = await this.node(...args);
    if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}:\n${out}${error}`);
    return resultIn(out);
  }

  exec(command: string, args: string[], timeout = RUN): Promise<Ended> {
    const options = { cwd: this.folder, timeout, env: { ...process.env, NODE_ENV: 'development' } };
    return new Promise((resolve) => {
      execFile(command, args, options, (failure, out, error) => {
        const code = failure ? (failure.killed ? 'a timeout' : (failure.code ?? null)) : 0;
        resolve({ code, out, error });
      });
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
