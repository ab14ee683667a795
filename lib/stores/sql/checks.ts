import type { SqlSender } from './client';
import { storeError } from './errors';

/** Milliseconds for which a locked SQLite file may stop the event loop. */
const LONGEST_BUSY = 1_000;

/** Looks once at settings of the shop's connection that would damage payments. @throws AtipayError `ERR_ATIPAY_STORE` */
export async function checkSettings(client: SqlSender): Promise<void> {
  if (client.dialect === 'mysql') await checkMysql(client);
  if (client.dialect === 'sqlite') await checkSqlite(client);
}

async function checkMysql(client: SqlSender): Promise<void> {
  const [row] = await client.query(
    'select @@sql_mode as modes, @@character_set_client as sent, @@character_set_results as answered',
    [],
  );
  const { modes, sent, answered } = row ?? {};
  for (const charset of [sent, answered]) {
    if (charset !== 'utf8mb4') {
      throw storeError(
        `The MySQL connection uses the character set ${String(charset)}: set "charset" of the connection to utf8mb4.`,
      );
    }
  }
  if (!client.bindsOnServer && String(modes).includes('NO_BACKSLASH_ESCAPES')) {
    throw storeError(
      'sql_mode contains NO_BACKSLASH_ESCAPES, and this client escapes values with backslashes: remove the mode, ' +
        'or use a client that binds values on the server (mysql2).',
    );
  }
}

async function checkSqlite(client: SqlSender): Promise<void> {
  const [row] = await client.query('pragma busy_timeout', []);
  if (Number(row?.['timeout'] ?? 0) <= LONGEST_BUSY) return;
  process.emitWarning('A locked SQLite file stops the event loop for as long as its busy timeout.', {
    type: 'AtipayWarning',
    code: 'ATIPAY_SQLITE_BUSY_TIMEOUT',
    detail: `Set the connection's busy timeout to ${LONGEST_BUSY} ms or less; the store tries again by itself.`,
  });
}
