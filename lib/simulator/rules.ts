import type { Ledger } from './ledger';
import type { Settings, SimulatorMerchant } from './options';
import type { Entry } from './payment';
import { refusals, type Refusal } from './refusals';

/** A JSON body or a form, as it came. */
export type Fields = Record<string, unknown>;

/** A get-token request that keeps every rule. Rials. */
export interface TokenOrder {
  invoiceNumber: string;
  amount: number;
  redirectUrl: string;
  cellNumber?: string;
  description?: string;
  settlement?: { iban: string; amount: number }[];
}

interface Asked {
  fields: Fields;
  merchant: SimulatorMerchant;
  ip: string;
  settings: Settings;
  ledger: Ledger;
}

type Rule = (asked: Asked) => Refusal | undefined;

const INVOICE_LENGTH = 40;
const CELL_NUMBER = /^(?:\+98|98|0)9\d{9}$/;
const IBAN = /^IR\d{24}$/;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isRials = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
const isAbsent = (value: unknown): value is undefined | null | '' =>
  value === undefined || value === null || value === '';

const fromRegisteredAddress: Rule = ({ merchant, ip }) =>
  merchant.registeredIp === undefined || merchant.registeredIp === ip ? undefined : refusals.address(ip);

const amount: Rule = ({ fields }) => {
  if (isAbsent(fields['amount'])) return refusals.missing('amount');
  return isRials(fields['amount'])
    ? undefined
    : refusals.invalid('مبلغ (amount) باید عدد صحیح و مثبت و به ریال باشد.');
};

const invoiceNumber: Rule = ({ fields, merchant, ledger }) => {
  const invoice = fields['invoiceNumber'];
  if (isAbsent(invoice)) return refusals.missing('invoiceNumber');
  if (!isText(invoice)) return refusals.invalid('شناسهٔ خرید (invoiceNumber) باید رشته باشد.');
  if (invoice.length > INVOICE_LENGTH) {
    return refusals.invalid(`شناسهٔ خرید (invoiceNumber) نباید بیش از ${INVOICE_LENGTH} نویسه باشد.`);
  }
  return ledger.byInvoice(merchant, invoice) === undefined ? undefined : refusals.duplicate(invoice);
};

const redirectUrl: Rule = ({ fields, merchant }) => {
  const text = fields['redirectUrl'];
  if (isAbsent(text)) return refusals.missing('redirectUrl');
  const url = isText(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return refusals.invalid('نشانی بازگشت (redirectUrl) باید نشانی کامل http یا https باشد.');
  }
  const domain = merchant.registeredDomain?.toLowerCase();
  return domain === undefined || url.hostname === domain
    ? undefined
    : refusals.invalid(`دامنهٔ نشانی بازگشت (redirectUrl) باید ${domain} باشد.`);
};

const cellNumber: Rule = ({ fields, settings }) => {
  const cell = fields['cellNumber'];
  if (isAbsent(cell)) return settings.cellNumberRequired ? refusals.missing('cellNumber') : undefined;
  return isText(cell) && CELL_NUMBER.test(cell)
    ? undefined
    : refusals.invalid('شمارهٔ همراه خریدار (cellNumber) نامعتبر است.');
};

const description: Rule = ({ fields }) =>
  isAbsent(fields['description']) || isText(fields['description'])
    ? undefined
    : refusals.invalid('توضیحات (description) باید رشته باشد.');

const settlement: Rule = ({ fields, merchant }) => {
  const items = fields['scatteredSettlementItems'];
  if (items === undefined || items === null) {
    return merchant.dynamicSettlement === true ? refusals.missing('scatteredSettlementItems') : undefined;
  }
  if (merchant.dynamicSettlement === false) {
    return refusals.invalid('تسهیم پویا (scatteredSettlementItems) برای این پذیرنده فعال نیست.');
  }
  const shares = readShares(items);
  if (shares === undefined) {
    return refusals.invalid('هر سهم باید شبا (IR و ۲۴ رقم) و مبلغی صحیح و مثبت داشته باشد.');
  }
  return misshared(shares, fields['amount'], merchant);
};

function readShares(items: unknown): { iban: string; amount: number }[] | undefined {
  if (!Array.isArray(items) || items.length === 0) return undefined;
  const shares = items.map((item: unknown) => {
    const { iban, amount: share } = Object(item) as Fields;
    return isText(iban) && IBAN.test(iban) && isRials(share) ? { iban, amount: share } : undefined;
  });
  return shares.every((share) => share !== undefined) ? shares : undefined;
}

function misshared(
  shares: { iban: string; amount: number }[],
  whole: unknown,
  merchant: SimulatorMerchant,
): Refusal | undefined {
  const ibans = shares.map((share) => share.iban);
  if (new Set(ibans).size < ibans.length) return refusals.invalid('یک شبا بیش از یک بار آمده است.');
  const foreign = ibans.find((iban) => merchant.registeredIbans?.includes(iban) === false);
  if (foreign !== undefined) return refusals.invalid(`شبای ${foreign} برای این پذیرنده ثبت نشده است.`);
  const sum = shares.reduce((total, share) => total + share.amount, 0);
  return sum === whole ? undefined : refusals.invalid('جمع سهم‌ها با مبلغ (amount) برابر نیست.');
}

const TOKEN_RULES: readonly Rule[] = [
  fromRegisteredAddress,
  amount,
  cellNumber,
  description,
  invoiceNumber,
  redirectUrl,
  settlement,
];

/** The account a call's `apiKey` belongs to, or why there is none. */
export function findMerchant(fields: Fields, settings: Settings): SimulatorMerchant | Refusal {
  const { apiKey } = fields;
  if (isAbsent(apiKey)) return refusals.missing('apiKey');
  return settings.merchants.find((merchant) => merchant.apiKey === apiKey) ?? refusals.apiKey();
}

/** Holds a get-token call against every rule; the first broken one is reported. */
export function judgeToken(asked: Asked): TokenOrder | Refusal {
  for (const rule of TOKEN_RULES) {
    const refusal = rule(asked);
    if (refusal !== undefined) return refusal;
  }
  return readOrder(asked.fields);
}

function readOrder(fields: Fields): TokenOrder {
  const { cellNumber: cell, description: text } = fields;
  const shares = readShares(fields['scatteredSettlementItems']);
  return {
    invoiceNumber: String(fields['invoiceNumber']),
    amount: Number(fields['amount']),
    redirectUrl: String(fields['redirectUrl']),
    ...(isText(cell) && { cellNumber: cell }),
    ...(isText(text) && { description: text }),
    ...(shares !== undefined && { settlement: shares }),
  };
}

/** The taken payment a verify-payment call means, or why it is refused. */
export function judgeVerify({ fields, merchant, ip, ledger }: Omit<Asked, 'settings'>): Entry | Refusal {
  const { referenceNumber, terminalId } = fields;
  if (merchant.registeredIp !== undefined && merchant.registeredIp !== ip) return refusals.address(ip);
  if (isAbsent(referenceNumber)) return refusals.missing('referenceNumber');
  if (!isText(referenceNumber)) return refusals.invalid('رسید (referenceNumber) باید رشته باشد.');
  const entry = ledger.byReference(referenceNumber);
  if (entry?.merchant !== merchant) return refusals.receipt();
  if (!isAbsent(terminalId) && terminalId !== entry.terminalId) return refusals.terminal();
  return entry.status === 'returned' ? refusals.returned() : entry;
}

export const isRefusal = (value: object): value is Refusal => 'code' in value;
