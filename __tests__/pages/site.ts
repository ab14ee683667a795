import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '../../lib/pages';

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>';

/** Serves pages with their headers and records posted forms; its answer to a POST leaves the browser where it is. */
export class Site {
  readonly pages = new Map<string, Page>();
  /** A program's answer at a page's address. */
  readonly documents = new Map<string, object>();
  readonly posts: { body: string; referer: string | undefined }[] = [];
  readonly #arrivals = new EventEmitter();
  readonly #server: Server = createServer((req, res) => {
    if (req.method === 'POST') {
      let body = '';
      req.on('data', (chunk: Buffer) => (body += chunk.toString()));
      req.on('end', () => {
        this.posts.push({ body, referer: req.headers.referer });
        this.#arrivals.emit('post');
        res.writeHead(204).end();
      });
      return;
    }
    const url = req.url ?? '';
    if (url === '/logo.svg') {
      res.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(LOGO);
      return;
    }
    if (url === '/favicon.ico') {
      res.writeHead(204).end();
      return;
    }
    if (req.headers.accept === 'application/json') {
      this.#arrivals.emit('question');
      res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(this.documents.get(url)));
      return;
    }
    const page = this.pages.get(url);
    res.writeHead(page === undefined ? 404 : 200, page?.headers).end(page?.html);
  });

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves when so many POSTs have arrived whole. */
  async posted(count: number): Promise<void> {
    while (this.posts.length < count) await once(this.#arrivals, 'post');
  }

  /** Resolves when a program has asked so many times from now on. */
  async questioned(times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) await once(this.#arrivals, 'question');
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
