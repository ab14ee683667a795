/** The table of durable by hand: the columns and the keys that the promises need. */
export const handTable = (table: string): string[] => [
  `create table ${table} (
    invoice_number text primary key, order_id text not null, amount bigint not null, status text not null,
    return_key text not null, token text, reference_number text, order_key text, trace_number text,
    terminal_id text, rrn text, masked_pan text, verified_at bigint, handled_at bigint, due_at bigint
  )`,
  `create unique index ${table}_receipt on ${table} (reference_number) where reference_number is not null`,
  `create unique index ${table}_order on ${table} (order_key) where order_key is not null`,
  `create index ${table}_attempts on ${table} (order_id)`,
  `create index ${table}_due on ${table} (due_at) where due_at is not null`,
];

/** Its statements; `$1`, `$2` … for PostgreSQL. */
export const handStatements = (table: string) => ({
  taken: `select 1 as taken from ${table} where order_id = $1 and status in ('verifying', 'paid') limit 1`,
  insert: `insert into ${table} (invoice_number, order_id, amount, status, return_key, due_at)
    values ($1, $2, $3, $4, $5, $6)`,
  pend: `update ${table} set status = 'pending', token = $1, due_at = $2
    where invoice_number = $3 and status = 'created'`,
  find: `select invoice_number, order_id, amount, status, return_key, due_at from ${table}
    where invoice_number = $1`,
  claim: `update ${table} set status = 'verifying', reference_number = $1, order_key = $2, trace_number = $3,
    terminal_id = $4, rrn = $5, masked_pan = $6, due_at = $7 where invoice_number = $8 and status = 'pending'`,
  paid: `update ${table} set status = 'paid', verified_at = $1, due_at = $2
    where invoice_number = $3 and status = 'verifying'`,
  handled: `update ${table} set handled_at = $1, due_at = null
    where invoice_number = $2 and status = 'paid' and handled_at is null`,
});

/** Inserts columns of values at once; PostgreSQL alone has and needs it. */
export const insertColumns = (table: string): string =>
  `insert into ${table} (invoice_number, order_id, amount, status, return_key, due_at)
    select * from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[])`;
