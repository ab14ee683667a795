import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, serveRequests } from '../../__tests__/harness/chaos/world/child-side';
import { AMOUNT } from '../shop/plan';

let delayMs = 0;
let asked = 0;
let heldBack: (() => void)[] | undefined;

/** By the end of the path: AtiPay's two services, and those of the gateway that monopay's driver speaks to. */
const ANSWERS: Record<string, () => string> = {
  'get-token': () => '{"status":"1","token":"0123456789abcdef0123456789abcdef"}',
  'verify-payment': () => `{"amount":${AMOUNT}.0}`,
  request: () => `{"id":"${randomUUID()}","link":"https://bank.test/p"}`,
  verify: () =>
    `{"status":"100","track_id":"10012","id":"1","order_id":"1","amount":"${AMOUNT}","payment":{"track_id":"888001","card_no":"603799******1234"}}`,
};

/** As little as a gateway can do: reads the request, waits, answers. */
function serve(req: IncomingMessage, res: ServerResponse): void {
  const operation = (req.url ?? '').slice((req.url ?? '').lastIndexOf('/') + 1);
  const answer = (): void => {
    const body = ANSWERS[operation]?.() ?? '{}';
    res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
  };
  req.resume().on('end', () => {
    asked += 1;
    if (heldBack) heldBack.push(answer);
    else if (delayMs > 0) setTimeout(answer, delayMs);
    else answer();
  });
}

async function main(): Promise<void> {
  const port = await listen(createServer({ keepAliveTimeout: 600_000 }, serve));
  serveRequests(
    {
      delay: (ms: number) => void (delayMs = ms),
      asked: () => asked,
      waiting: () => heldBack?.length ?? 0,
      hold: () => void (heldBack = []),
      /** Answers those who wait, one every so many milliseconds, and the next at once again. */
      release: (every: number) => {
        heldBack?.forEach((answer, index) => setTimeout(answer, index * every));
        heldBack = undefined;
      },
      cpu: () => process.cpuUsage(),
    },
    port,
  );
}

void main();
