import { EventEmitter, once } from 'node:events';
import type { BrowserContext, Response } from 'playwright-core';

const REPORT_VIOLATIONS = `addEventListener('securitypolicyviolation', (event) =>
  reportViolation(event.violatedDirective + ' blocked ' + event.blockedURI + ' at ' + location.href));`;

/** Problems in a browser that its user does not see. */
export class Observer {
  /** Errors and warnings on the console, uncaught exceptions, violations of a content security policy. */
  readonly problems: string[] = [];
  readonly #responses: Response[] = [];
  readonly #violations = new EventEmitter();

  static async of(context: BrowserContext): Promise<Observer> {
    const observer = new Observer();
    context.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      observer.problems.push(`${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => observer.problems.push(String(error.error())));
    context.on('response', (response) => observer.#responses.push(response));
    await context.exposeBinding('reportViolation', (_source, violation: string) => {
      observer.problems.push(violation);
      observer.#violations.emit('violation', violation);
    });
    await context.addInitScript(REPORT_VIOLATIONS);
    return observer;
  }

  /** The next violation of a content security policy. */
  async violation(): Promise<string> {
    const [violation] = (await once(this.#violations, 'violation')) as [string];
    return violation;
  }

  /** Answers so far of addresses whose path matches, oldest first. */
  answers(path: RegExp): Response[] {
    return this.#responses.filter((response) => path.test(new URL(response.url()).pathname));
  }

  /** Cookies set by the answers whose path matches, as `path: cookie`. */
  async cookiesSetBy(path: RegExp): Promise<string[]> {
    const answers = this.answers(path).map(async (response) => {
      const cookies = await response.headerValues('Set-Cookie');
      return cookies.map((cookie) => `${new URL(response.url()).pathname}: ${cookie}`);
    });
    return (await Promise.all(answers)).flat();
  }
}
