import { lookup as systemLookup } from 'node:dns';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { join } from 'node:path';
import { getAdapter, type AxiosAdapter } from 'axios';

/** PEM texts of a self-signed certificate and its key. */
export interface Certificate {
  key: string;
  cert: string;
}

/** Reads one file's two PEM texts, which say where each begins and ends. */
function certificateIn(name: string): Certificate {
  const pem = readFileSync(join(__dirname, 'certificates', `${name}.pem`), 'utf8');
  return { key: pem, cert: pem };
}

/** Valid until 2100 for 127.0.0.1, localhost, shop.example, shop.test, mipg.test and bank.test. */
export const CERTIFICATE = certificateIn('one');

/** Another one for the same names. */
export const ANOTHER_CERTIFICATE = certificateIn('another');

/** Every `.test` name is this machine, by the browser's settings too. */
const lookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname.endsWith('.test') ? '127.0.0.1' : hostname, options, callback);
};

/** Reaches `.test` hosts that show this certificate, as a shop's server reaches the gateway. */
export const trustingAgent = ({ cert }: Certificate): Agent =>
  new Agent({ ca: cert, keepAlive: true, lookup });

/** An axios adapter that calls with such an agent. */
export const trustingAdapter =
  (httpsAgent: Agent): AxiosAdapter =>
  (config) =>
    getAdapter('http')({ ...config, httpsAgent });
