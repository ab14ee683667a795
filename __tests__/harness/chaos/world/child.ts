import { fork, type ChildProcess } from 'node:child_process';

/** The messages of a child process: one when it is ready, then an answer for each request. */
export type ChildMessage =
  | { kind: 'ready'; port: number }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'error'; id: number; message: string };

export interface ChildRequest {
  id: number;
  name: string;
  value: unknown;
}

const STDERR_KEPT = 8_000;

/** An operating system's process of a run, which may be killed at any moment. */
export class Child {
  readonly exited: Promise<void>;
  private readonly waiting = new Map<number, (message: ChildMessage | undefined) => void>();
  private lastId = 0;
  private stderr = '';

  private constructor(
    private readonly process: ChildProcess,
    private readonly name: string,
  ) {
    this.exited = new Promise((resolve) => process.once('exit', () => resolve()));
    void this.exited.then(() => this.waiting.forEach((settle) => settle(undefined)));
    process.stderr?.on('data', (data: Buffer) => {
      this.stderr = (this.stderr + data.toString()).slice(-STDERR_KEPT);
    });
    process.on('message', (message: ChildMessage) => {
      const id = message.kind === 'ready' ? 0 : message.id;
      this.waiting.get(id)?.(message);
      this.waiting.delete(id);
    });
  }

  /** The port it said when it was ready. */
  port = 0;

  /** Starts a script, with this Node and these flags, and waits until it is ready. */
  static async start(
    script: string,
    plan: object,
    execArgv: string[] = [],
    execPath = process.execPath,
  ): Promise<Child> {
    const options = { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] as ['ignore', 'inherit', 'pipe', 'ipc'] };
    const child = new Child(fork(script, [JSON.stringify(plan)], { ...options, execArgv, execPath }), script);
    const message = await child.reply(0);
    if (message?.kind !== 'ready') throw new Error(`${script} did not start: ${child.stderr}`);
    child.port = message.port;
    return child;
  }

  /** Asks the process for something. */
  async ask<T>(name: string, value: unknown = null): Promise<T> {
    const id = (this.lastId += 1);
    const answer = this.reply(id);
    if (this.process.connected) this.process.send({ id, name, value } satisfies ChildRequest);
    const message = await answer;
    if (message?.kind === 'answer') return message.value as T;
    const why = message?.kind === 'error' ? message.message : `it has ended: ${this.stderr}`;
    throw new Error(`${this.name}, asked for ${name}: ${why}`);
  }

  /** The system's number for it; it has one once it is started. */
  get pid(): number {
    return this.process.pid ?? NaN;
  }

  get alive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Why it ended, if a signal ended it. */
  get signal(): NodeJS.Signals | null {
    return this.process.signalCode;
  }

  /** Its latest lines on standard error. */
  get complaints(): string {
    return this.stderr;
  }

  /** SIGKILL: no handler runs, nothing is flushed, the kernel closes its sockets. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exited;
  }

  private reply(id: number): Promise<ChildMessage | undefined> {
    if (!this.alive) return Promise.resolve(undefined);
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }
}
