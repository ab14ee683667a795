/**
 * How sure a sign of a refusal about the shop is: `document`: Table 1 of the merchant document. `SEP`: documented by
 * Saman, whose table AtiPay shares; likely, not certain. `simulator`: written by this package's simulator, after
 * reports of production shops.
 */
type Source = 'document' | 'SEP' | 'simulator';

/** Codes that say that the shop is set up wrongly (key, IP address, terminal), and nothing of the buyer's receipt. */
const CODES: readonly { code: string; source: Source }[] = [
  { code: '8', source: 'document' },
  { code: 'MerchantIpAddressIsInvalid', source: 'document' },
  { code: '11', source: 'document' },
  { code: 'TokenRequired', source: 'document' },
  { code: '12', source: 'document' },
  { code: 'TerminalNotFound', source: 'document' },
  { code: '21', source: 'SEP' },
  { code: 'MultisettlePolicyErrors', source: 'SEP' },
  // Verify: merchant authentication failed; merchant's IP address is invalid.
  { code: '-4', source: 'SEP' },
  { code: '-18', source: 'SEP' },
  // Verify of version 3.3: terminal inactive; terminal not found; IP address not allowed.
  { code: '-104', source: 'SEP' },
  { code: '-105', source: 'SEP' },
  { code: '-106', source: 'SEP' },
  { code: '20', source: 'simulator' },
  // Of an amount that is a code's negative.
  { code: '-8', source: 'simulator' },
  { code: '-12', source: 'simulator' },
  { code: '-20', source: 'simulator' },
];

// 5 (InvalidParameters) and 10 (TokenNotFound) may be about the receipt that was sent: they are not in the list.

const sign = <T>(text: T, source: Source): { text: T; source: Source } => ({ text, source });

/** Texts that say the same without a code. Letters are compared in one form of ي and ك, without ZWNJ. */
const TEXTS = [
  // A name in quotes belongs to a request that the text repeats.
  sign(/\bapi[ _-]?key\b(?!")/, 'document'),
  sign(/\bip\b/, 'document'),
  sign(/(?:server|merchant)(?:'s)? address/, 'document'),
  sign(/\bterminal(?!id")/, 'document'),
  sign(/merchant (?:is )?(?:not found|invalid|inactive|disabled)|invalid merchant/, 'SEP'),
  sign(/آی ?پی/, 'document'),
  sign(/(?:آدرس|نشانی) ?(?:سرور )?(?:پذیرنده|فروشنده)/, 'document'),
  sign(/نشانی ثبت ?شده/, 'simulator'),
  sign(/کلید (?:پذیرنده|فروشنده|دسترسی|نامعتبر|اشتباه)/, 'simulator'),
  sign(/ترمینال|پایانه/, 'document'),
  sign(/(?:پذیرنده|فروشنده) (?:نامعتبر|غیر ?فعال|فعال نیست)/, 'SEP'),
];

const SHOP_CODES = new Set(CODES.map(({ code }) => code.toLowerCase()));

const folded = (text: string): string =>
  text.toLowerCase().replaceAll('ي', 'ی').replaceAll('ك', 'ک').replaceAll('\u200c', ' ');

/** Whether a refusal is about the shop: key, IP address or terminal. Such a call is worth another try later. */
export function isAboutShop(code: string | undefined, description: string | undefined): boolean {
  if (code !== undefined && SHOP_CODES.has(code.toLowerCase())) return true;
  const text = folded(description ?? '');
  return TEXTS.some((known) => known.text.test(text));
}
