import type { ErrorRequestHandler, RequestHandler } from 'express';

const TEXTS: Partial<Record<number, { title: string; text: string }>> = {
  403: {
    title: 'این فرم دیگر معتبر نیست',
    text: 'شاید صفحه مدتی باز مانده باشد. به صفحهٔ پیش برگردید، آن را از نو باز کنید و دوباره بفرستید.',
  },
  404: {
    title: 'صفحه‌ای با این نشانی پیدا نشد',
    text: 'ممکن است نشانی نادرست باشد یا این سفارش متعلق به حساب دیگری باشد.',
  },
};

const BAD_REQUEST = {
  title: 'درخواست شما قابل پردازش نبود',
  text: 'اطلاعات ارسالی نادرست بود. دوباره تلاش کنید.',
};
const OUR_FAULT = {
  title: 'مشکلی پیش آمد',
  text: 'این مشکل از سمت ماست. اگر پرداخت کرده‌اید، دوباره پرداخت نکنید و نتیجه را در «سفارش‌های من» ببینید.',
};

export const notFound: RequestHandler = (_req, res) => {
  res.status(404).render('error', TEXTS[404]);
};

/** Shows messages that a buyer can act on; the details go to the log only. */
export const showError: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  const status = statusOf(error);
  if (status >= 500) console.error(error);
  if (res.headersSent) {
    next(error);
    return;
  }
  res.status(status).render('error', TEXTS[status] ?? (status < 500 ? BAD_REQUEST : OUR_FAULT));
};

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
