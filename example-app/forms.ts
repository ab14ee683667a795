import type { Request } from 'express';

/** A field of a form as trimmed text; the empty string for anything else. */
export function field(req: Request, name: string): string {
  const body = req.body as Record<string, unknown> | undefined;
  const value = body && Object.hasOwn(body, name) ? body[name] : undefined;
  return typeof value === 'string' ? value.trim() : '';
}

const latinDigits = (text: string): string =>
  text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

/** An Iranian mobile number as people type it, in one form; undefined when it is none. */
export function readMobile(text: string): string | undefined {
  const digits = latinDigits(text).replace(/[^\d+]/g, '');
  const national = /^(?:\+98|0098|0)?(9\d{9})$/.exec(digits)?.[1];
  return national === undefined ? undefined : `0${national}`;
}
