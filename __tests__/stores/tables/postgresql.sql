create table if not exists "shop"."payments" (
  "invoice_number" text collate "C" not null,
  "account" text collate "C" not null,
  "order_id" text collate "C" not null,
  "origin" text collate "C" not null,
  "status" text collate "C" not null,
  "version" bigint not null,
  "amount" bigint not null,
  "currency" text collate "C" not null,
  "cell_number" text collate "C",
  "description" text,
  "metadata" text,
  "settlement" text,
  "return_key" text collate "C" not null,
  "token" text,
  "reference_number" text collate "C",
  "receipt_key" text collate "C",
  "order_key" text collate "C",
  "trace_number" text collate "C",
  "terminal_id" text collate "C",
  "rrn" text collate "C",
  "masked_pan" text collate "C",
  "card_end" text collate "C",
  "failure_reason" text collate "C",
  "created_at" bigint not null,
  "updated_at" bigint not null,
  "received_at" bigint,
  "verified_at" bigint,
  "due_at" bigint,
  "lease_until" bigint,
  "expires_at" bigint,
  "next_verify_at" bigint,
  "next_hook_at" bigint,
  "verify_attempts" integer not null,
  "shop_refusals" integer not null,
  "hook_attempts" integer not null,
  "hook_applied_at" bigint,
  "hook_delivered_at" bigint,
  "given_back" bigint not null,
  "given_back_at" bigint,
  "history" text not null,
  primary key ("invoice_number")
);

create unique index if not exists "payments_receipt"
  on "shop"."payments" ("receipt_key") where "receipt_key" is not null;

create unique index if not exists "payments_order_key"
  on "shop"."payments" ("account", "order_key") where "order_key" is not null;

create index if not exists "payments_order"
  on "shop"."payments" ("account", "order_id", "created_at", "invoice_number", "status");

create index if not exists "payments_due"
  on "shop"."payments" ("account", "origin", "status", "due_at", "invoice_number") where "due_at" is not null;

create index if not exists "payments_status"
  on "shop"."payments" ("account", "status", "created_at", "invoice_number");

create index if not exists "payments_begun"
  on "shop"."payments" ("account", "created_at", "invoice_number");

create index if not exists "payments_verified"
  on "shop"."payments" ("account", "verified_at", "invoice_number") where "verified_at" is not null;

create index if not exists "payments_given_back"
  on "shop"."payments" ("account", "given_back_at", "invoice_number") where "given_back_at" is not null;

create index if not exists "payments_trace"
  on "shop"."payments" ("account", "trace_number", "created_at", "invoice_number") where "trace_number" is not null;

create index if not exists "payments_rrn"
  on "shop"."payments" ("account", "rrn", "created_at", "invoice_number") where "rrn" is not null;

create index if not exists "payments_mobile"
  on "shop"."payments" ("account", "cell_number", "created_at", "invoice_number") where "cell_number" is not null;

create index if not exists "payments_card"
  on "shop"."payments" ("account", "card_end", "created_at", "invoice_number") where "card_end" is not null;
