/** A state of Table 1: how the gateway says a payment ended (protocol §3). */
export type SimulatorState =
  | 'OK'
  | 'CanceledByUser'
  | 'Failed'
  | 'SessionIsNull'
  | 'InvalidParameters'
  | 'MerchantIpAddressIsInvalid'
  | 'TokenNotFound'
  | 'TokenRequired'
  | 'TerminalNotFound';

/** Table 1 of the protocol: the states and their numbers. */
export const STATES: Readonly<Record<SimulatorState, string>> = {
  OK: '2',
  CanceledByUser: '1',
  Failed: '3',
  SessionIsNull: '4',
  InvalidParameters: '5',
  MerchantIpAddressIsInvalid: '8',
  TokenNotFound: '10',
  TokenRequired: '11',
  TerminalNotFound: '12',
};

export function isState(value: unknown): value is SimulatorState {
  return typeof value === 'string' && Object.hasOwn(STATES, value);
}
