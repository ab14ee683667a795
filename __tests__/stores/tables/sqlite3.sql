create table if not exists `shop`.`payments` (
  `invoice_number` text not null,
  `account` text not null,
  `order_id` text not null,
  `status` text not null,
  `version` integer not null,
  `amount` bigint not null,
  `currency` text not null,
  `cell_number` text,
  `description` text,
  `metadata` text,
  `settlement` text,
  `return_key` text not null,
  `token` text,
  `reference_number` text,
  `order_key` text,
  `trace_number` text,
  `terminal_id` text,
  `rrn` text,
  `masked_pan` text,
  `failure_reason` text,
  `created_at` bigint not null,
  `updated_at` bigint not null,
  `received_at` bigint,
  `verified_at` bigint,
  `due_at` bigint,
  `ask_at` bigint,
  `asks` integer not null,
  `hook_attempts` integer not null,
  `handled_at` bigint,
  `applied_at` bigint,
  `history` text not null,
  primary key (`invoice_number`)
);

create unique index if not exists `shop`.`payments_receipt`
  on `payments` (`account`, `reference_number`) where reference_number is not null;

create unique index if not exists `shop`.`payments_order`
  on `payments` (`account`, `order_key`) where order_key is not null;

create index if not exists `shop`.`payments_attempts`
  on `payments` (`account`, `order_id`);

create index if not exists `shop`.`payments_due`
  on `payments` (`account`, `due_at`, `invoice_number`) where due_at is not null;

create index if not exists `shop`.`payments_review`
  on `payments` (`account`, `created_at`, `invoice_number`) where status = 'review';
