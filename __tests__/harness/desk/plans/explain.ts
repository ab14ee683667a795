import type { Knex } from 'knex';

/** How a database answers one statement. */
export interface Plan {
  sql: string;
  /** Tables that are read from end to end, and sorts of an unbounded number of rows. */
  problems: string[];
  /** Rows that were read, those that a filter then dropped among them; undefined where the database does not say. */
  read: number | undefined;
}

interface Sent {
  sql: string;
  bindings: readonly unknown[];
}

/** Collects the look-ups that a Knex instance sends for a table while work runs. */
export async function statementsOf(
  knex: Knex,
  tableName: string,
  work: () => Promise<unknown>,
): Promise<Sent[]> {
  const sent: Sent[] = [];
  const listener = ({ sql, bindings }: Sent): void => {
    if (/^(?:select|with)\b/i.test(sql) && sql.includes(tableName)) sent.push({ sql, bindings });
  };
  knex.on('query', listener);
  try {
    await work();
  } finally {
    knex.removeListener('query', listener);
  }
  return sent;
}

/** Has the database explain a statement; PostgreSQL runs it for that. */
export async function explain(knex: Knex, { sql, bindings }: Sent): Promise<Plan> {
  const client = knex.client as Knex.Client;
  const connection = (await client.acquireConnection()) as PgConnection & SqliteConnection;
  try {
    if (client.config.client === 'pg') {
      const { rows } = await connection.query(`explain (analyze, format json) ${sql}`, [...bindings]);
      return { sql, ...ofPostgres(rows[0]['QUERY PLAN'][0].Plan) };
    }
    const steps = connection.prepare(`explain query plan ${sql}`).all(...bindings);
    return { sql, ...ofSqlite(steps.map(({ detail }) => detail)) };
  } finally {
    await client.releaseConnection(connection);
  }
}

interface PgConnection {
  query(sql: string, values: unknown[]): Promise<{ rows: [{ 'QUERY PLAN': [{ Plan: PgNode }] }] }>;
}

interface SqliteConnection {
  prepare(sql: string): { all(...values: unknown[]): { detail: string }[] };
}

interface PgNode {
  'Node Type': string;
  /** Of nodes that read a table; a bitmap of an index has none. */
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PgNode[];
}

type Judged = Pick<Plan, 'problems' | 'read'>;

function ofPostgres(plan: PgNode): Judged {
  const nodes = everyNode(plan);
  const scans = nodes.filter((node) => node['Relation Name'] !== undefined);
  const whole = scans.filter((node) => node['Node Type'] === 'Seq Scan');
  return {
    problems: whole.map((node) => `Seq Scan on ${node['Relation Name']}`),
    read: scans.reduce((sum, node) => sum + rowsOf(node), 0),
  };
}

const everyNode = (node: PgNode): PgNode[] => [node, ...(node.Plans ?? []).flatMap(everyNode)];

const rowsOf = (node: PgNode): number =>
  node['Actual Loops'] *
  (node['Actual Rows'] +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0));

/**
 * A search goes into an index, a scan reads a table or an index whole. Only few rows may be sorted: payments of a
 * status or of an account are many.
 */
function ofSqlite(details: readonly string[]): Judged {
  const whole = details.filter((detail) => /^SCAN (?!n$)/.test(detail));
  const many = details.filter((detail) => /^SEARCH .*\((?:account=\?)(?: AND status=\?)?\)$/.test(detail));
  const sorts = details.some((detail) => detail.includes('TEMP B-TREE FOR ORDER BY'));
  return { problems: [...whole, ...(sorts ? many : [])], read: undefined };
}
