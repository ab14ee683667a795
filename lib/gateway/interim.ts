import type { Socket } from 'node:net';

const START = 'HTTP/1.1 100 ';
const END = '\r\n\r\n';

/**
 * Takes `100 Continue`, which no call asks for, out of the bytes that a socket brings before an answer. HTTP allows a
 * server to send it; undici ends the connection.
 */
export class InterimFilter {
  #isBefore = false;
  #held = '';

  constructor(socket: Socket, onBytes: () => void) {
    const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
    socket.read = (size?: number): Buffer | null => {
      for (let chunk = read(size); chunk !== null; chunk = read(size)) {
        onBytes();
        const rest = this.#isBefore ? this.#skip(chunk) : chunk;
        if (rest.length > 0) return rest;
      }
      return null;
    };
  }

  /** A call begins: the next bytes are the beginning of its answer. */
  expect(): void {
    this.#isBefore = true;
    this.#held = '';
  }

  #skip(chunk: Buffer): Buffer {
    let text = this.#held + chunk.toString('latin1');
    this.#held = '';
    while (text.startsWith(START)) {
      const end = text.indexOf(END);
      if (end < 0) return this.#hold(text);
      text = text.slice(end + END.length);
    }
    if (START.startsWith(text)) return this.#hold(text);
    this.#isBefore = false;
    return Buffer.from(text, 'latin1');
  }

  #hold(text: string): Buffer {
    this.#held = text;
    return Buffer.alloc(0);
  }
}
