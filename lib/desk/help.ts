/** The text of `--help`. */
export const HELP = `Usage: atipay-payments <command> [options]

Where is the money of an order? What waits for a person? Reads the shop's payments
table; only resolve and sweep change anything.

Commands
  show <number>            an order's id, an invoice number or a receipt: where the
                           money is, the facts and the history behind it
  list                     payments, newest first
  resolve <invoice> paid|failed --note <why>
                           decides a payment in review, for good
  sweep --config <file>    does what is due now, with the shop's own hooks

Where the payments are (show, list, resolve)
  --database <url>         postgres://..., mysql://... or the path of a SQLite file
                           (default: the environment's DATABASE_URL, which other
                           users of the machine cannot see)
  --knexfile <file>        the shop's knexfile instead
  --env <name>             which part of it (default: NODE_ENV, or development)
  --table <name>           default atipay_payments
  --schema <name>          the table's schema, if it is not the connection's own
  --account <name>         this AtiPay account only (default: all)

list
  --status <status>        created, pending, received, verifying, paid, failed or
                           review; several with commas
  --order <id>  --reference <receipt>  --trace <number>
  --card <digits>          the last four digits of the card
  --since <when>  --until <when>
                           2026-01-31 or 2026-01-31T14:30, local time; a date
                           includes its whole day
  --limit <number>         default 20

resolve
  --note <why>             what AtiPay said and who was asked; stays in the history
  --by <name>              who decides (default: the user of the system)
  --yes                    do not ask

sweep
  --config <file>          a module of the shop's whose export is its atipayRouter

  --json                   for programs
  --help, --version

Ends with 0 when done, 1 when not (not found, refused, not answered with yes, no
database), 2 when the command is wrong.`;
