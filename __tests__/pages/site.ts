import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '../../lib/pages';

/** Serves pages with their headers and notes what is posted; its answer to a POST leaves the browser where it is. */
export class Site {
  readonly pages = new Map<string, Page>();
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
    const page = this.pages.get(req.url ?? '');
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

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
