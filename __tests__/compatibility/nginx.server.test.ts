import { connect as connectHttp2, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import type { Express } from 'express';
import expressSession from 'express-session';
import { texts } from '../../lib/texts';
import { blocksOf } from '../docs/markdown';
import { sessionOf } from '../support/e2e-shop';
import { describeWithNginx, Nginx } from '../support/nginx';
import { closing } from '../support/opened';
import { expectServed, openSurrounded, paymentOf, type Surrounded } from '../support/surrounded';
import { CERTIFICATE } from '../support/tls';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A browser's connection to https://shop.example. */
class Http2Browser {
  #cookie = '';

  constructor(readonly session: ClientHttp2Session) {}

  async request(path: string, form?: URLSearchParams, cookie = this.#cookie): Promise<Answer> {
    const stream = this.session.request({
      ':method': form ? 'POST' : 'GET',
      ':path': path,
      accept: 'text/html',
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(cookie !== '' && { cookie }),
    });
    stream.end(form?.toString());
    const headers = await new Promise<IncomingHttpHeaders & { ':status'?: number }>((resolve, reject) =>
      stream.once('response', resolve).once('error', reject),
    );
    this.#cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? this.#cookie;
    return { status: headers[':status'] ?? 0, headers, body: await text(stream) };
  }
}

const [block] = blocksOf('docs/compatibility.md').filter(({ language }) => language === 'nginx');

async function openNginx(shopPort: string): Promise<{ nginx: Nginx; browser: Http2Browser }> {
  const nginx = await Nginx.open(CERTIFICATE, ({ socket, key, cert, log }) =>
    (block?.code ?? '')
      .replace('listen 443 ', `listen unix:${socket} `)
      .replace('127.0.0.1:3000', `127.0.0.1:${shopPort}`)
      .replace('/etc/ssl/shop.example.pem', cert)
      .replace('/etc/ssl/shop.example.key', key)
      .replace('/var/log/nginx/shop.log', log),
  );
  const session = connectHttp2('https://shop.example', {
    createConnection: () =>
      connectTls({
        path: nginx.socket,
        servername: 'shop.example',
        ca: CERTIFICATE.cert,
        ALPNProtocols: ['h2'],
      }),
  });
  closing({
    close: async () => {
      session.destroy();
      await nginx.close();
    },
  });
  return { nginx, browser: new Http2Browser(session) };
}

/** A shop at https://shop.example; `seen` gets the protocols of its requests. */
const openShopBehindIt = (seen = new Set<string>()): Promise<Surrounded> =>
  openSurrounded(
    (app, router) => {
      app.set('trust proxy', 1);
      app.use((req, _res, next) => {
        seen.add(`HTTP/${req.httpVersion} ${req.protocol}`);
        next();
      });
      app.use(
        expressSession({
          secret: 'a test secret',
          resave: false,
          saveUninitialized: true,
          cookie: { secure: true, sameSite: 'lax' },
        }),
      );
      app.use('/payment', router);
      addPages(app);
    },
    { config: { publicUrl: 'https://shop.example/payment' } },
  );

function addPages(app: Express): void {
  app.get('/login', (req, res) => {
    Object.assign(sessionOf(req) ?? {}, { user: 'Sara' });
    res.send('Welcome');
  });
  app.get('/me', (req, res) => void res.send(sessionOf(req)?.user ?? 'a stranger'));
}

describeWithNginx('behind nginx, configured as documented', () => {
  test('a buyer on HTTP/2 pays, delivers the callback twice at once, and is still logged in', async () => {
    const protocols = new Set<string>();
    const scene = await openShopBehindIt(protocols);
    const { nginx, browser } = await openNginx(new URL(scene.shop.origin).port);
    await browser.request('/login');

    const page = await browser.request('/payment/pay', new URLSearchParams({ orderId: 'h2' }));
    expect(page.status).toBe(200);
    const visit = await scene.simulator.pay(page.body, { deliver: false });
    expect(visit.redirectUrl).toMatch(/^https:\/\/shop\.example\/payment\/callback\//);
    const { pathname } = new URL(visit.redirectUrl);
    const form = new URLSearchParams({ ...visit.callback } as Record<string, string>);
    const backs = await Promise.all([1, 2].map(() => browser.request(pathname, form, 'none=sent')));
    for (const { status, headers } of backs) {
      expect([status, headers.location]).toEqual([303, visit.redirectUrl.replace('callback', 'result')]);
      expect(headers).not.toHaveProperty('set-cookie');
    }
    const result = await browser.request(pathname.replace('callback', 'result'));
    expect([result.status, result.body]).toEqual([
      200,
      expect.stringContaining(texts('en').outcome.paid.title),
    ]);

    const { invoiceNumber, returnKey } = await paymentOf(scene, 'h2');
    await expectServed(scene, invoiceNumber);
    expect((await browser.request('/me')).body).toBe('Sara');
    expect(browser.session.alpnProtocol).toBe('h2');
    expect(protocols).toEqual(new Set(['HTTP/1.1 https']));
    const log = nginx.log().join('\n');
    expect(log).toContain(`"POST /payment/callback/${invoiceNumber}/- HTTP/2.0" 303`);
    expect(log).not.toContain(returnKey);
  });

  test('a buyer whose shop is being restarted gets nginx’s page, and the reload pays', async () => {
    const scene = await openShopBehindIt();
    const away = await openNginx('1');
    const back = await openNginx(new URL(scene.shop.origin).port);
    const record = await scene.shop.started();
    const visit = await scene.simulator.pay(record.token ?? '', { deliver: false });
    const { pathname } = new URL(visit.redirectUrl);
    const form = new URLSearchParams({ ...visit.callback } as Record<string, string>);
    expect((await away.browser.request(pathname, form)).status).toBe(502);
    expect((await back.browser.request(pathname, form)).status).toBe(303);
    await expectServed(scene, record.invoiceNumber);
  });
});
