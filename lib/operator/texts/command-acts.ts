import type { Locale } from '../../texts';

/** Acts on the command line, before and after they are done. */
interface ActTexts {
  payment: (invoice: string, order: string) => string;
  /** Asked at a terminal: what will be done. */
  asks: {
    paid: (who: string, amount: string) => string;
    failed: (who: string, amount: string) => string;
    giveBack: (who: string, amount: string, reference: string) => string;
  };
  goOn: string;
  /** What was done to a payment. */
  done: {
    resolve: (payment: string, status: string, who: string) => string;
    giveBack: (payment: string) => string;
    note: (payment: string) => string;
    retry: (payment: string, status: string) => string;
  };
  /** The hook is called later. */
  later: (hook: string) => string;
}

export const ACT_TEXTS: Record<Locale, ActTexts> = {
  en: {
    payment: (invoice, order) => `Payment ${invoice} of order ${order}`,
    asks: {
      paid: (who, amount) =>
        `${who} records ${amount} as paid: the shop fulfils the order. This cannot be undone.`,
      failed: (who, amount) =>
        `${who} records ${amount} as not paid: the shop learns that the payment failed. This cannot be undone.`,
      giveBack: (who, amount, reference) =>
        `${who} records that ${amount} were given back (${reference}). No money moves by this.`,
    },
    goOn: 'Go on? [y/N]',
    done: {
      resolve: (payment, status, who) => `${payment} is ${status}, decided by ${who}.`,
      giveBack: (payment) => `${payment}: the give-back is recorded.`,
      note: (payment) => `${payment}: the note is recorded.`,
      retry: (payment, status) => `${payment} is ${status}.`,
    },
    later: (hook) =>
      `The shop's next sweep calls its ${hook}, within half a minute if it runs; else use sweep --app.`,
  },
  fa: {
    payment: (invoice, order) => `پرداخت ${invoice} از سفارش ${order}`,
    asks: {
      paid: (who, amount) =>
        `${who} مبلغ ${amount} را پرداخت‌شده ثبت می‌کند و فروشگاه سفارش را انجام می‌دهد. این تصمیم بازگشت ندارد.`,
      failed: (who, amount) =>
        `${who} مبلغ ${amount} را پرداخت‌نشده ثبت می‌کند و ناموفق بودن به فروشگاه اعلام می‌شود. این تصمیم بازگشت ندارد.`,
      giveBack: (who, amount, reference) =>
        `${who} بازگرداندن ${amount} (${reference}) را ثبت می‌کند؛ با این کار پولی جابه‌جا نمی‌شود.`,
    },
    goOn: 'ادامه می‌دهید؟ [y/N]',
    done: {
      resolve: (payment, status, who) => `${payment}: وضعیت «${status}» به تصمیم ${who} ثبت شد.`,
      giveBack: (payment) => `${payment}: بازگشت وجه ثبت شد.`,
      note: (payment) => `${payment}: یادداشت ثبت شد.`,
      retry: (payment, status) => `${payment}: وضعیت اکنون «${status}» است.`,
    },
    later: (hook) =>
      `بازبینی دوره‌ای بعدی فروشگاه ${hook} را اجرا می‌کند: اگر روشن باشد تا نیم دقیقه دیگر؛ وگرنه sweep --app را اجرا کنید.`,
  },
};
