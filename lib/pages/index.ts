export { errorPage, type ErrorKind, type ErrorView } from './error';
export { isSafeUrl } from './html';
export type { Page } from './layout';
export { receiptAmounts } from './receipt';
export { renewPage } from './renew';
export { redirectPage } from './redirect';
export { resultPage, type ResultView } from './result';
