import type { DialectName, Row } from './client';
import { placed, type Dialect } from './dialect';
import type { Statement } from './statements';
import type { TableName } from './table';

/** One row a column of a unique key, in the key's order: `name` of the key and `part`. */
const CATALOGUE: Readonly<Record<DialectName, string>> = {
  sqlite:
    'select list.name as name, info.name as part from pragma_index_list(?) as list, pragma_index_info(list.name) as info ' +
    "where list.[unique] = 1 and ? = '' order by list.name, info.seqno",
  postgresql:
    'select key.relname as name, field.attname as part from pg_index as index ' +
    'join pg_class as key on key.oid = index.indexrelid ' +
    'join pg_class as kept on kept.oid = index.indrelid ' +
    'join pg_namespace as space on space.oid = kept.relnamespace ' +
    'join pg_attribute as field on field.attrelid = key.oid ' +
    'where index.indisunique and index.indisvalid and kept.relname = ? ' +
    "and space.nspname = coalesce(nullif(?, ''), current_schema()) order by key.relname, field.attnum",
  mysql:
    'select index_name as name, column_name as part from information_schema.statistics ' +
    "where non_unique = 0 and table_name = ? and table_schema = coalesce(nullif(?, ''), database()) " +
    'order by index_name, seq_in_index',
};

/** Asks the database's catalogue for the unique keys of a table. */
export const uniqueKeysStatement = (dialect: Dialect, { schema = '', table }: TableName): Statement => ({
  sql: placed(dialect, CATALOGUE[dialect.name]),
  // SQLite's schemas are other files: there the keys of the main one are looked at.
  values: [table, dialect.name === 'sqlite' ? '' : schema],
});

/** The columns of each key. MySQL may answer with column names in capitals. */
export function toUniqueKeys(rows: readonly Row[]): string[][] {
  const keys = new Map<string, string[]>();
  for (const row of rows) {
    const name = String(row['name'] ?? row['NAME']);
    keys.set(name, [...(keys.get(name) ?? []), String(row['part'] ?? row['PART'])]);
  }
  return [...keys.values()];
}
