import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const NPM_QUIET = ['--no-audit', '--no-fund'];

/** The copy of the repository, made ready for one Node. */
export interface Installation {
  tree: string;
  /** What to run commands of that Node with. */
  env: NodeJS.ProcessEnv;
  /** Such as `v22.23.3`. */
  node: string;
  /** The version of the SQLite driver. */
  driver: string;
  /** Whether that driver loads. */
  sqlite: boolean;
}

/** Copies the repository into the folder and installs its packages there, unless an earlier run has. */
export function copyRepository(folder: string): string {
  const tree = join(folder, 'tree');
  copySources(tree);
  const done = join(tree, 'node_modules', '.matrix-lock');
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  if (!existsSync(done) || readFileSync(done, 'utf8') !== lock) {
    execFileSync('npm', ['ci', '--ignore-scripts', ...NPM_QUIET], { cwd: tree, stdio: 'inherit' });
    writeFileSync(done, lock);
  }
  const packages = join(tree, '__tests__/harness/packages');
  execFileSync('npm', ['ci', '--ignore-scripts', ...NPM_QUIET], { cwd: packages, stdio: 'inherit' });
  return tree;
}

/** The SQLite driver of the lock file, except where it does not work. */
const DRIVERS: Readonly<Record<string, string>> = {
  // Version 12 aborts the process there when a statement is garbage collected.
  '24': '13.2.0',
};

/**
 * Fetches a Node by npm's `node` package, and compiles the one package that depends on which Node it is: a SQLite
 * driver made for one does not load in another. Compiled drivers are kept for the next run.
 */
export function prepare(version: string, tree: string, folder: string): Installation {
  const env = nodeOf(version, folder);
  const node = execFileSync('node', ['--version'], { env, encoding: 'utf8' }).trim();
  const driver = installDriver(tree, DRIVERS[version] ?? lockedDriver());
  const built = join(tree, 'node_modules', 'better-sqlite3', 'build');
  const kept = join(folder, `better-sqlite3-${driver}-${node}`);
  rmSync(built, { recursive: true, force: true });
  if (existsSync(kept)) cpSync(kept, built, { recursive: true });
  else if (!loadsSqlite(tree, env) && compileSqlite(tree, env)) cpSync(built, kept, { recursive: true });
  return { tree, env, node, driver, sqlite: loadsSqlite(tree, env) };
}

const versionIn = (file: string): string =>
  (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;

function lockedDriver(): string {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string } | undefined>;
  };
  return packages['node_modules/better-sqlite3']?.version ?? '';
}

function installDriver(tree: string, wanted: string): string {
  const installed = versionIn(join(tree, 'node_modules', 'better-sqlite3', 'package.json'));
  if (installed !== wanted) {
    const command = ['install', '--no-save', '--ignore-scripts', ...NPM_QUIET, `better-sqlite3@${wanted}`];
    execFileSync('npm', command, { cwd: tree, stdio: 'inherit' });
  }
  return wanted;
}

function nodeOf(version: string, folder: string): NodeJS.ProcessEnv {
  mkdirSync(folder, { recursive: true });
  const modules = join(folder, 'node_modules');
  // Another install would remove the files that the package's script has fetched, the headers among it.
  rmSync(modules, { recursive: true, force: true });
  // npm runs no package's scripts without permission; this one's fetches the executable.
  const manifest = { private: true, allowScripts: { node: true }, dependencies: { node: version } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  execFileSync('npm', ['install', ...NPM_QUIET], { cwd: folder, stdio: 'inherit' });
  const headers = headersIn(modules);
  return {
    ...process.env,
    PATH: `${join(modules, 'node', 'bin')}:${process.env['PATH'] ?? ''}`,
    // The headers to compile against come with that Node: nothing else need be downloaded.
    ...(headers !== undefined && { npm_config_nodedir: headers }),
  };
}

function headersIn(modules: string): string | undefined {
  return [modules, join(modules, 'node', 'node_modules')]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .find((folder) => existsSync(join(folder, 'include', 'node', 'node.h')));
}

/** The files that git knows or would add, as they are now. */
export function copySources(tree: string): void {
  mkdirSync(tree, { recursive: true });
  for (const name of readdirSync(tree)) {
    if (name !== 'node_modules') rmSync(join(tree, name), { recursive: true });
  }
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of list.split('\0').filter((name) => name !== '' && existsSync(join(ROOT, name)))) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(tree, file));
  }
}

function compileSqlite(tree: string, env: NodeJS.ProcessEnv): boolean {
  const { status } = spawnSync('npm', ['rebuild', 'better-sqlite3', '--foreground-scripts'], {
    env,
    cwd: tree,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return status === 0;
}

const loadsSqlite = (tree: string, env: NodeJS.ProcessEnv): boolean =>
  spawnSync('node', ['-e', "new (require('better-sqlite3'))(':memory:')"], { env, cwd: tree }).status === 0;
