import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Certificate } from './tls';

const nginx = ['nginx', '/usr/sbin/nginx'].find((command) => spawnSync(command, ['-v']).status === 0);

/** `describe` for suites that need nginx. Where there is none they are left out, loudly; in CI that is a failure. */
export function describeWithNginx(name: string, suite: () => void): void {
  if (nginx !== undefined || process.env['CI'] === 'true') describe(name, suite);
  else
    describe.skip(
      `${name} (left out: nginx was not found; install nginx, Debian's nginx-light will do)`,
      suite,
    );
}

/** The config around the server blocks, for one process in a separate folder. */
const frame = (folder: string, servers: string): string => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http {
  ${temporaryFolders(folder)}
  ${servers}
}
`;

/** Folders that nginx makes when it starts, unless it was built without the modules that need them. */
function temporaryFolders(folder: string): string {
  const { stderr } = spawnSync(nginx ?? '', ['-V'], { encoding: 'utf8' });
  return ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .filter((name) => !stderr.includes(`--without-http_${name}_module`))
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n  ');
}

/** nginx as a separate process, listening on a socket in a temporary folder. */
export class Nginx {
  readonly #child: ChildProcess;

  /** @param configure - gives the server blocks, with the folder's files in them. */
  static async open(
    certificate: Certificate,
    configure: (files: { socket: string; key: string; cert: string; log: string }) => string,
  ): Promise<Nginx> {
    if (nginx === undefined) throw new Error('nginx was not found: install it.');
    const folder = mkdtempSync(join(tmpdir(), 'atipay-nginx-'));
    const file = (name: string): string => join(folder, name);
    writeFileSync(file('key.pem'), certificate.key, { mode: 0o600 });
    writeFileSync(file('cert.pem'), certificate.cert);
    const files = {
      socket: file('socket'),
      key: file('key.pem'),
      cert: file('cert.pem'),
      log: file('access.log'),
    };
    writeFileSync(file('nginx.conf'), frame(folder, configure(files)));
    const opened = new Nginx(nginx, folder);
    await opened.#listens();
    return opened;
  }

  private constructor(
    command: string,
    private readonly folder: string,
  ) {
    const options = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')];
    this.#child = spawn(command, options, { stdio: 'ignore' });
  }

  get socket(): string {
    return join(this.folder, 'socket');
  }

  /** The lines of its access log. */
  log(): string[] {
    return readFileSync(join(this.folder, 'access.log'), 'utf8').trim().split('\n');
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #listens(): Promise<void> {
    while (!(await canConnect(this.socket))) {
      if (this.#child.exitCode !== null) {
        throw new Error(`nginx ended:\n${readFileSync(join(this.folder, 'error.log'), 'utf8')}`);
      }
      await setTimeout(20);
    }
  }
}

async function canConnect(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
