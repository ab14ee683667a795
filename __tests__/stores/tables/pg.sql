create table if not exists "shop"."payments" (
  "invoice_number" text collate "C" not null,
  "account" text collate "C" not null,
  "order_id" text collate "C" not null,
  "status" text not null,
  "version" integer not null,
  "amount" bigint not null,
  "currency" text not null,
  "cell_number" text,
  "description" text,
  "metadata" text,
  "settlement" text,
  "return_key" text not null,
  "token" text,
  "reference_number" text collate "C",
  "order_key" text collate "C",
  "trace_number" text,
  "terminal_id" text,
  "rrn" text,
  "masked_pan" text,
  "failure_reason" text,
  "created_at" bigint not null,
  "updated_at" bigint not null,
  "received_at" bigint,
  "verified_at" bigint,
  "due_at" bigint,
  "ask_at" bigint,
  "asks" integer not null,
  "hook_attempts" integer not null,
  "handled_at" bigint,
  "applied_at" bigint,
  "history" text not null,
  primary key ("invoice_number")
);

create unique index if not exists "payments_receipt"
  on "shop"."payments" ("account", "reference_number") where reference_number is not null;

create unique index if not exists "payments_order"
  on "shop"."payments" ("account", "order_key") where order_key is not null;

create index if not exists "payments_attempts"
  on "shop"."payments" ("account", "order_id");

create index if not exists "payments_due"
  on "shop"."payments" ("account", "due_at", "invoice_number") where due_at is not null;

create index if not exists "payments_review"
  on "shop"."payments" ("account", "created_at", "invoice_number") where status = 'review';
