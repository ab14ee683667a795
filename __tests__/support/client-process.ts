import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Certificate } from './tls';

/** A separate process: calls verify-payment a number of times, one after the other, with a line about each. */
export interface ClientRun {
  gatewayUrl: string;
  /** As JSON: `http` of the client. */
  http?: object;
  calls?: number;
  environment?: Record<string, string>;
}

/** Processes with a client in them, which trust a certificate by the system's word alone. */
export class ClientProcesses {
  readonly #folder = mkdtempSync(join(tmpdir(), 'atipay-client-'));
  readonly #children: ChildProcess[] = [];

  constructor(trusted: Certificate) {
    writeFileSync(join(this.#folder, 'ca.pem'), trusted.cert);
    buildSync({
      entryPoints: [join(__dirname, '../../lib/gateway/client.ts')],
      outfile: join(this.#folder, 'client.js'),
      bundle: true,
      platform: 'node',
      target: 'node20',
      logLevel: 'error',
    });
  }

  start({ gatewayUrl, http = {}, calls = 1, environment = {} }: ClientRun): ChildProcess {
    const options = JSON.stringify({ apiKey: 'the-api-key', gatewayUrl, http });
    const code = `
      const { AtipayClient } = require(${JSON.stringify(join(this.#folder, 'client.js'))});
      (async () => {
        const client = new AtipayClient(${options});
        for (let call = 0; call < ${calls}; call += 1) {
          const answer = await client.verifyPayment({ referenceNumber: 'R' });
          console.log(answer.kind, answer.amount ?? answer.error.message);
          await new Promise(setImmediate);
        }
      })().catch((error) => console.log(error.code, error.message));`;
    const child = spawn(process.execPath, ['-e', code], {
      env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: join(this.#folder, 'ca.pem'), ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#children.push(child);
    return child;
  }

  /** Everything a process prints until it ends. */
  async output(run: ClientRun): Promise<string> {
    const { stdout } = this.start(run);
    const chunks: Buffer[] = [];
    for await (const chunk of stdout ?? []) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  }

  end(): void {
    for (const child of this.#children) child.kill();
    rmSync(this.#folder, { recursive: true });
  }
}
