// The little that the bench uses of packages that `npm ci` does not install; `npm run packages` does.

declare module 'autocannon' {
  interface Result {
    errors: number;
    timeouts: number;
  }
  interface Running {
    on(
      event: 'response',
      listener: (client: object, status: number, bytes: number, ms: number) => void,
    ): Running;
  }
  export default function autocannon(
    options: object,
    done: (error: unknown, result: Result) => void,
  ): Running;
}

declare module 'monopay' {
  interface Driver {
    request(payment: {
      amount: number;
      callbackUrl: string;
    }): Promise<{ referenceId: string | number; getScript(): string }>;
    verify(
      payment: { amount: number },
      fields: Record<string, string>,
    ): Promise<{ transactionId: string | number }>;
  }
  export function getPaymentDriver(
    name: 'idpay',
  ): (options: { apiKey: string; links: { request: string; verify: string } }) => Driver;
}
