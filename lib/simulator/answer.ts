import type { Response } from 'express';

/** An HTTP answer, before it is sent: faults may still change it. */
export interface Answer {
  status: number;
  type: string;
  body: string;
  headers?: Record<string, string>;
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

export const redirect = (location: string): Answer => ({
  status: 302,
  type: 'text/plain; charset=utf-8',
  body: '',
  headers: { Location: location },
});

export function send(res: Response, answer: Answer): void {
  res.status(answer.status);
  res.set({ 'Cache-Control': 'no-store', ...answer.headers, 'Content-Type': answer.type });
  res.end(answer.body);
}
