import { request } from 'node:http';

/** An answer as the buyer's browser gets it; redirects are not followed. */
export interface WebAnswer {
  status: number;
  location: string | undefined;
  body: string;
}

/** POSTs a form on a new connection. Rejects when that breaks, as it does when a process dies. */
export function post(url: string, form: Record<string, string>): Promise<WebAnswer> {
  const body = new URLSearchParams(form).toString();
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': Buffer.byteLength(body),
    Accept: 'text/html',
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: 'POST',
      headers,
      agent: false,
    });
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    outgoing.end(body);
  });
}
