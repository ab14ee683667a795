#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AtipayError } from '../errors';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator';

const HELP = `Usage: atipay-simulator [options]

A double of the AtiPay payment gateway for your own machine. No money moves.

  --port <number>            port to listen on (default 4400; 0: any free one)
  --host <name>              address to listen on (default 127.0.0.1)
  --api-key <key>            the merchant's API key (default test-api-key)
  --terminal <number>        the merchant's terminal (default 10000001)
  --merchant-name <text>     what the buyer's page calls the shop
  --registered-ip <address>  refuse web service calls from any other address
  --registered-domain <name> refuse a redirectUrl on any other host
  --no-cell-number           get-token does not demand cellNumber
  --token-ttl <ms>           how long the buyer has (default 900000)
  --return-after <ms>        when unverified money goes back (default 1800000)
  --callback-delay <ms>      how long the bank keeps the buyer after the payment (default 0)
  --token-refusal <form>     how get-token refuses: code (default) or message
  --verify-refusal <form>    how verify-payment refuses: code (default) or amount
  --cert <file> --key <file> speak TLS with this certificate and key (PEM)
  --control-token <token>    opens the control routes where --host is more than loopback (default random)
  --allow-production         start even with NODE_ENV=production
  --help                     print this text
  --version                  print the version`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

function readArguments() {
  return parseArgs({
    options: {
      port: { ...text, default: '4400' },
      host: text,
      'api-key': text,
      terminal: text,
      'merchant-name': text,
      'registered-ip': text,
      'registered-domain': text,
      'no-cell-number': flag,
      'token-ttl': text,
      'return-after': text,
      'callback-delay': text,
      'token-refusal': text,
      'verify-refusal': text,
      cert: text,
      key: text,
      'control-token': text,
      'allow-production': flag,
      help: flag,
      version: flag,
    },
  }).values;
}

type Arguments = ReturnType<typeof readArguments>;

function toOptions(args: Arguments): SimulatorOptions {
  const given = {
    port: toNumber('port', args.port),
    host: args.host,
    apiKey: args['api-key'],
    terminalId: args.terminal,
    name: args['merchant-name'],
    registeredIp: args['registered-ip'],
    registeredDomain: args['registered-domain'],
    cellNumberRequired: !args['no-cell-number'],
    tokenTtlMs: toNumber('token-ttl', args['token-ttl']),
    returnAfterMs: toNumber('return-after', args['return-after']),
    callbackDelayMs: toNumber('callback-delay', args['callback-delay']),
    tokenRefusal: args['token-refusal'],
    verifyRefusal: args['verify-refusal'],
    controlToken: args['control-token'],
    allowProduction: args['allow-production'],
    https: readCertificate(args),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function toNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  throw new Error(`--${name} takes a whole number, not "${value}".`);
}

function readCertificate({ cert, key }: Arguments): SimulatorOptions['https'] {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new Error('--cert and --key go together.');
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

function version(): string {
  const manifest = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

const welcome = (simulator: Simulator): string => `AtiPay simulator: no money moves.

  gateway URL   ${simulator.url}
  API key       ${simulator.apiKey}
  terminal      ${simulator.terminalId}
  control page  ${simulator.controlUrl}

Set the shop's gatewayUrl and apiKey to the first two. Stop with Ctrl+C.`;

async function main(): Promise<void> {
  const args = readArguments();
  if (args.help || args.version) {
    print(args.help ? HELP : version());
    return;
  }
  const simulator = await startSimulator(toOptions(args));
  print(welcome(simulator));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
}

function print(message: string): void {
  process.stdout.write(`${message}\n`);
}

main().catch((error: unknown) => {
  const hint = error instanceof AtipayError ? '' : '\nTry atipay-simulator --help.';
  process.stderr.write(
    `atipay-simulator: ${error instanceof Error ? error.message : String(error)}${hint}\n`,
  );
  process.exitCode = 1;
});
