/** Settings from the environment. All are optional. */
export interface Settings {
  port: number;
  simulatorPort: number;
  publicUrl: string;
  sessionSecret: string | undefined;
  /** With which staff log in to the desk; one is made up when there is none. */
  staffPassword: string | undefined;
  /** The real gateway; without it, the simulator. */
  gateway: { apiKey: string; terminalId: string | undefined } | undefined;
}

/** Reads PORT, SIMULATOR_PORT, PUBLIC_URL, ATIPAY_API_KEY, ATIPAY_TERMINAL_ID, SESSION_SECRET and STAFF_PASSWORD. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = readPort(env, 'PORT', 3000);
  const apiKey = env['ATIPAY_API_KEY']?.trim();
  const publicUrl = env['PUBLIC_URL']?.trim();
  if (apiKey && !publicUrl) {
    throw new Error(
      'ATIPAY_API_KEY is set, PUBLIC_URL is not: the gateway has to know where buyers come back to.',
    );
  }
  return {
    port,
    simulatorPort: readPort(env, 'SIMULATOR_PORT', 4400),
    publicUrl: readUrl(publicUrl || `http://localhost:${port}`),
    sessionSecret: env['SESSION_SECRET'] || undefined,
    staffPassword: env['STAFF_PASSWORD'] || undefined,
    gateway: apiKey ? { apiKey, terminalId: env['ATIPAY_TERMINAL_ID']?.trim() || undefined } : undefined,
  };
}

function readPort(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name]?.trim() || String(fallback);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new Error(`${name} is "${text}": write a port number, for example ${name}=${fallback}.`);
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url.origin;
  throw new Error(
    `PUBLIC_URL is "${text}": write the shop's address alone, for example https://shop.example.`,
  );
}
