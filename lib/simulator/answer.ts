import type { Response } from 'express';

/** An HTTP answer, before it is sent: faults may still change it. */
export interface Answer {
  status: number;
  type: string;
  body: string;
  headers?: Record<string, string>;
  /** The answer never arrives whole: not at all (`silence`, `reset`), or its end is missing (`middle`). */
  cut?: 'silence' | 'reset' | 'middle';
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

export const redirect = (location: string, status = 302): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: '',
  headers: { Location: location },
});

export function send(res: Response, answer: Answer): void {
  if (answer.cut === 'silence') return;
  if (answer.cut === 'reset') {
    res.socket?.resetAndDestroy();
    return;
  }
  res.status(answer.status);
  res.set({ 'Cache-Control': 'no-store', ...answer.headers, 'Content-Type': answer.type });
  if (answer.cut === undefined) {
    res.end(answer.body);
    return;
  }
  res.set('Content-Length', String(2 * Buffer.byteLength(answer.body) + 1));
  res.write(answer.body, () => res.socket?.destroySoon());
}
