import type { DoctorTexts } from './doctor';

/** The doctor in English. */
export const doctorEn: DoctorTexts = {
  storeWorks: () => ['The payments table is there, with its unique keys.', '', ''],
  storeFails: ({ problem }) => [
    `The payments table cannot be read: ${problem}`,
    'Without it nobody can pay, and buyers who are at the bank are not answered.',
    'Run createPaymentsTable, or the migrations of this version, against the database of the shop.',
  ],
  searchMissing: () => [
    'The store has no search.',
    'Staff cannot look payments up.',
    'Give the store search(filter): see PaymentSearch in the documentation of stores.',
  ],
  keysMissing: ({ keys }) => [
    `The payments table lacks unique keys: ${keys}.`,
    'They keep one receipt from paying two orders, and one order from being paid twice.',
    'Create them: paymentsTableSql(dialect) prints the statements.',
  ],
  memoryStore: () => [
    'Payments are kept in memory, in production.',
    'A restart forgets who has paid.',
    'Use a store with a database, for example KnexPaymentStore.',
  ],
  simulator: ({ url }) => [
    `The gateway is on this machine (${url}), in production.`,
    'The simulator confirms payments that nobody has made.',
    'Remove gatewayUrl from the options.',
  ],
  plainHttp: ({ url }) => [
    `publicUrl is ${url}, without TLS.`,
    'The address of each payment holds a secret, and travels in plain text.',
    'Serve the shop over https and change publicUrl.',
  ],
  tlsOff: () => [
    'NODE_TLS_REJECT_UNAUTHORIZED is 0.',
    'Other parts of the shop trust any certificate. Calls to AtiPay stay verified.',
    'Remove the variable from the environment.',
  ],
  sweepsLate: ({ count }) => [
    `${count} payments should have been looked at more than ten minutes ago.`,
    'No sweep is running, or AtiPay does not answer it: paid orders are not fulfilled.',
    'Keep recovery switched on in one process at least, or call atipay.recover() every minute.',
  ],
  hooksFail: ({ count }) => [
    `${count} payments are decided for an hour, and the shop's hook has not returned.`,
    'Buyers have paid and their orders do not know it.',
    'See "Needs you" for the error of each, repair the hook, then call it again.',
  ],
  noReviewHook: () => [
    'There is no onReview.',
    'A payment that needs a person is an error in the log and nothing else.',
    'Give onReview a function that tells your staff, or look at "Needs you" every morning.',
  ],
  serverClocks: ({ seconds }) => [
    `Payments were written by a server whose clock differs by ${seconds} seconds.`,
    'Leases and deadlines are compared between servers.',
    'Switch on NTP on every server.',
  ],
  gatewayWorks: () => ['AtiPay is reached, and its certificate and clock are right.', '', ''],
  gatewayUnreachable: ({ url, problem }) => [
    `AtiPay (${url}) is not reached from this server: ${problem}.`,
    'Nobody can start a payment, and payments made are not confirmed.',
    'Check the firewall, DNS and, if the server has no way out of its own, the option http.proxy.',
  ],
  gatewayTls: ({ url, problem }) => [
    `The certificate of ${url} is not right: ${problem}.`,
    'Something stands between this server and AtiPay, or the system’s certificates are old.',
    'Update the system’s certificates (ca-certificates); ask your network’s administrator for a TLS proxy.',
  ],
  gatewayClock: ({ seconds }) => [
    `This server's clock differs from AtiPay's by ${seconds} seconds.`,
    'Deadlines run too early or too late, and times in the reports do not match.',
    'Switch on NTP on this server.',
  ],
  tokenGiven: () => [
    'AtiPay gave a token for 1,000 Rials: key and address of this server are accepted.',
    '',
    '',
  ],
  tokenRefused: ({ said }) => [
    `AtiPay refused a token: ${said || 'no reason given'}.`,
    'Nobody can start a payment.',
    'Check the API key, and whether this server’s IP address is registered in AtiPay’s panel.',
  ],
  tokenUnanswered: ({ problem }) => [
    `AtiPay gave no usable answer to get-token: ${problem}`,
    'Nobody can start a payment.',
    'Check the way to AtiPay; if it is right, call AtiPay.',
  ],
  callbackWorks: ({ url }) => [`A POST to ${url}/callback reaches the router.`, '', ''],
  callbackUnreachable: ({ url, problem }) => [
    `${url} is not reached from this server: ${problem}.`,
    'If buyers cannot reach it either, they pay and the shop never hears of it.',
    'Check publicUrl, DNS and the proxy. Some servers cannot reach their own public address: try from outside.',
  ],
  callbackRedirect: ({ status, location }) => [
    `A POST to the callback is redirected (${status}) to ${location || 'another address'}.`,
    'A redirect loses the form with the receipt: buyers pay and the shop never hears of it.',
    'Set publicUrl to the final address (https, www), and keep logins off the payment path.',
  ],
  callbackGuarded: ({ status }) => [
    `A POST to the callback is refused with ${status}.`,
    'A login, a CSRF check or a firewall stands before the router: buyers pay and the shop never hears of it.',
    'Mount the router before them, or let its path through.',
  ],
  callbackOther: ({ status }) => [
    `Something other than the router answers a POST to the callback (${status}).`,
    'Buyers pay and the shop never hears of it.',
    'Check that publicUrl is the path at which the router is mounted, and that the proxy passes POST on.',
  ],
  callbackCached: ({ header }) => [
    `The answer to the callback comes from a cache (header ${header}).`,
    'Buyers would see the results of others.',
    'Switch the cache off for the payment path.',
  ],
};
