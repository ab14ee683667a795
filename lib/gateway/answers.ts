/** A JSON object of the gateway's. */
export type Json = Readonly<Record<string, unknown>>;

/** A refusal in the gateway's words; or an answer that decides nothing, and why. */
type No =
  | { kind: 'refused'; code: string | undefined; description: string | undefined }
  | { kind: 'unusable'; why: string };

/** A decision of get-token. */
export type TokenDecision = { kind: 'token'; token: string } | No;

/** A decision of verify-payment. */
export type VerifyDecision = { kind: 'amount'; amount: number } | No;

export type Decision = TokenDecision | VerifyDecision;

type Reply = { status: number; body: string };

const unusable = (why: string): No => ({ kind: 'unusable', why });

/** Reads get-token's answer (protocol §1). */
export const readToken = (reply: Reply): TokenDecision =>
  read<TokenDecision>(reply, (json) => {
    const status = textOf(json['status']);
    const token = textOf(json['token']);
    if (status === '1') {
      return token === undefined ? unusable('status 1 without a token') : { kind: 'token', token };
    }
    const code = textOf(json['errorCode']) ?? status;
    const description = descriptionOf(json) ?? textOf(json['message']);
    const isExplained = textOf(json['errorCode']) !== undefined || description !== undefined;
    return isExplained ? { kind: 'refused', code, description } : unusable('neither a token nor an error');
  });

/** Reads verify-payment's answer (protocol §4). An amount that cannot be read may be money. */
export const readVerification = (reply: Reply): VerifyDecision =>
  read<VerifyDecision>(reply, (json) => {
    const { amount } = json;
    if (amount === undefined || amount === null) return withoutAmount(json);
    const rials = numberOf(amount);
    if (rials === undefined || !Number.isSafeInteger(rials))
      return unusable('an amount that is no whole number');
    if (rials > 0) return { kind: 'amount', amount: rials };
    const code = textOf(json['errorCode']) ?? String(rials + 0);
    return { kind: 'refused', code, description: descriptionOf(json) ?? textOf(json['message']) };
  });

/** Codes of an answer that went well: Table 1's OK, and 0. Saman's 2 is a receipt that was verified before. */
const NO_ERROR: ReadonlySet<string> = new Set(['0', '2']);

function withoutAmount(json: Json): No {
  const code = textOf(json['errorCode']);
  const description = descriptionOf(json);
  if (code !== undefined && NO_ERROR.has(code)) return unusable(`errorCode ${code} without an amount`);
  if (code === undefined && description === undefined) return unusable('neither an amount nor an error');
  return { kind: 'refused', code: code ?? textOf(json['status']), description };
}

const descriptionOf = (json: Json): string | undefined =>
  textOf(json['errorDescription']) ?? textOf(json['faMessage']);

/** Reads an answer of the gateway itself: HTTP 2xx, and one JSON object. */
function read<D>({ status, body }: Reply, decide: (json: Json) => D): D | No {
  if (status < 200 || status >= 300) {
    const hint = status === 403 ? " (is this server's IP address registered with AtiPay?)" : '';
    return unusable(`HTTP status ${status}${hint}`);
  }
  const json = parseObject(body);
  if (!json) return unusable(`HTTP status ${status} without a JSON object`);
  return hasRepeatedField(body) ? unusable('a field that is there twice') : decide(json);
}

function parseObject(body: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(body.replace(/^\uFEFF/, ''));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    // Without a prototype: fields that other code has put on Object.prototype are not the gateway's.
    return Object.assign(Object.create(null) as Record<string, unknown>, value);
  } catch {
    return undefined;
  }
}

const TOKENS = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|[{}[\]:]/g;

/** Whether the outermost object of valid JSON has a name twice: one parser takes the first, another the last. */
function hasRepeatedField(body: string): boolean {
  const names = new Set<string>();
  let depth = 0;
  let last = '';
  for (const [token] of body.matchAll(TOKENS)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (token === ':' && depth === 1) {
      const name = JSON.parse(last) as string;
      if (names.has(name)) return true;
      names.add(name);
    }
    last = token;
  }
  return false;
}

/** A text or a number as text; undefined for an empty one and for anything else. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Amounts come as `10000`, `10000.0`, `1.0E7` or any of these in quotes. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*[+-]?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(value)) return undefined;
  return Number(value);
}
