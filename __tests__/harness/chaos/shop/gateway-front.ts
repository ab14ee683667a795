import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../world/child-side';

/** The gateway's answer on its way to the shop; undefined when none came. */
export interface Passing {
  operation: string;
  asked: Record<string, unknown>;
  answer: { status: number; body: string } | undefined;
}

/** The answer for the shop; undefined: its connection is cut. */
export type Alter = (passing: Passing) => Promise<Passing['answer']> | Passing['answer'];

/** A gateway in front of the gateway, which may change answers. Resolves with its URL. */
export async function startFront(gatewayUrl: string, timeout: number, alter: Alter): Promise<string> {
  const server = createServer((req, res) => void pass(gatewayUrl, timeout, alter, req, res));
  return `http://127.0.0.1:${await listen(server)}`;
}

async function pass(
  gatewayUrl: string,
  timeout: number,
  alter: Alter,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const body = await textOf(req);
  const operation = req.url?.slice(1) ?? '';
  const answer = await forward(`${gatewayUrl}/${operation}`, timeout, body).catch(() => undefined);
  const asked = JSON.parse(body) as Record<string, unknown>;
  const shown = await alter({ operation, asked, answer });
  if (!shown) {
    res.destroy();
    return;
  }
  res.writeHead(shown.status, { 'Content-Type': 'application/json' }).end(shown.body);
}

function forward(url: string, timeout: number, body: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json' };
    const outgoing = request(url, {
      method: 'POST',
      headers,
      signal: AbortSignal.timeout(Math.round(timeout)),
    });
    outgoing.once('error', reject).once('response', (response) => {
      textOf(response).then((text) => resolve({ status: response.statusCode ?? 0, body: text }), reject);
    });
    outgoing.end(body);
  });
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
