/** Table 1 of the protocol: how the gateway says a payment ended. */
export const STATES = {
  OK: '2',
  CanceledByUser: '1',
  Failed: '3',
  SessionIsNull: '4',
  InvalidParameters: '5',
  MerchantIpAddressIsInvalid: '8',
  TokenNotFound: '10',
  TokenRequired: '11',
  TerminalNotFound: '12',
} as const;

/** A state of Table 1. */
export type SimulatorState = keyof typeof STATES;

export function isState(value: unknown): value is SimulatorState {
  return typeof value === 'string' && Object.hasOwn(STATES, value);
}
