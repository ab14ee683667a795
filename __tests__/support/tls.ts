import { lookup as systemLookup } from 'node:dns';
import { Agent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { getAdapter, type AxiosAdapter } from 'axios';
import { generate } from 'selfsigned';

/** PEM texts of a self-signed certificate. */
export interface Certificate {
  key: string;
  cert: string;
}

/** A certificate for these host names and for this machine. */
export async function throwAwayCertificate(...hosts: string[]): Promise<Certificate> {
  const names = [...hosts, 'localhost'].map((value) => ({ type: 2 as const, value }));
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'a throw-away certificate' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [...names, { type: 7, ip: '127.0.0.1' }] }],
  });
  return { key, cert };
}

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
