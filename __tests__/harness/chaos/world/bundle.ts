import { buildSync } from 'esbuild';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../../..');
/** Where the packages of the database clients are found too. */
const CACHE = join(ROOT, '__tests__/harness/clients/node_modules/.cache');

/** Native modules, optional ones of the clients, and Prisma's compilers: each has megabytes, and a shop needs one. */
const EXTERNAL = [
  '@prisma/client/runtime/query_compiler_*',
  'better-sqlite3',
  'mysql2',
  'mysql',
  'mariadb/callback',
  'oracledb',
  'pg-hstore',
  'pg-native',
  'pg-query-stream',
  'sqlite3',
  'tedious',
];

/** The scripts of a run's processes, each in one file that plain Node starts: a killed process must be back soon. */
export class Bundle {
  private readonly folder: string;
  private readonly built = new Map<string, string>();

  constructor() {
    mkdirSync(CACHE, { recursive: true });
    this.folder = mkdtempSync(join(CACHE, 'express-atipay-chaos-'));
  }

  /** Builds a script of this folder's parent, for example `shop/process.ts`. */
  script(source: string): string {
    const file = this.built.get(source) ?? this.build(source);
    this.built.set(source, file);
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private build(source: string): string {
    const outfile = join(this.folder, `${source.replaceAll('/', '-').replace(/\.ts$/, '')}.cjs`);
    buildSync({
      entryPoints: [join(__dirname, '..', source)],
      outfile,
      absWorkingDir: ROOT,
      bundle: true,
      platform: 'node',
      target: 'node20',
      external: EXTERNAL,
      minify: true,
      keepNames: true,
      logLevel: 'error',
    });
    return outfile;
  }
}
