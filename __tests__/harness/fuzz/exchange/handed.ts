import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Express } from 'express';
import type { Exchange, Got, Sent } from './exchange';

/** The end of a line that leads nowhere: keeps the bytes written to it. */
class DeadEnd extends Duplex {
  readonly remoteAddress = '127.0.0.1';
  readonly written: Buffer[] = [];

  override _read(): void {
    // Nothing ever comes: the request is handed over whole.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.written.push(chunk);
    done();
  }
}

/** Hands requests to an app as Node's HTTP server would, without a socket and without parsing a request line. */
export const handedTo =
  (app: Express): Exchange =>
  (sent) => {
    const line = new DeadEnd();
    const req = requestOf(sent, line);
    const res = new ServerResponse(req);
    res.assignSocket(line as unknown as Socket);
    return new Promise((resolve) => {
      res.once('finish', () => resolve(answerOf(res, line)));
      app(req, res);
    });
  };

function requestOf({ method, path, headers, body }: Sent, line: DeadEnd): IncomingMessage {
  const req = new IncomingMessage(line as unknown as Socket);
  req.method = method;
  req.url = path;
  req.httpVersion = '1.1';
  req.headers = { host: '127.0.0.1', 'content-length': String(body.length) };
  for (const [name, value] of Object.entries(headers)) req.headers[name.toLowerCase()] = value;
  if (body.length > 0) req.push(body);
  req.push(null);
  req.complete = true;
  return req;
}

function answerOf(res: ServerResponse, { written }: DeadEnd): Got {
  const all = Buffer.concat(written).toString();
  const location = res.getHeader('location');
  return {
    status: res.statusCode,
    location: location === undefined ? undefined : String(location),
    text: all.slice(all.indexOf('\r\n\r\n') + 4),
  };
}
