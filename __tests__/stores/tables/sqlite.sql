create table if not exists `shop`.`payments` (
  `invoice_number` text not null,
  `account` text not null,
  `order_id` text not null,
  `origin` text not null,
  `status` text not null,
  `version` bigint not null,
  `amount` bigint not null,
  `currency` text not null,
  `cell_number` text,
  `description` text,
  `metadata` text,
  `settlement` text,
  `return_key` text not null,
  `token` text,
  `reference_number` text,
  `receipt_key` text,
  `order_key` text,
  `trace_number` text,
  `terminal_id` text,
  `rrn` text,
  `masked_pan` text,
  `card_end` text,
  `failure_reason` text,
  `created_at` bigint not null,
  `updated_at` bigint not null,
  `received_at` bigint,
  `verified_at` bigint,
  `due_at` bigint,
  `lease_until` bigint,
  `expires_at` bigint,
  `next_verify_at` bigint,
  `next_hook_at` bigint,
  `verify_attempts` integer not null,
  `shop_refusals` integer not null,
  `hook_attempts` integer not null,
  `hook_applied_at` bigint,
  `hook_delivered_at` bigint,
  `given_back` bigint not null,
  `given_back_at` bigint,
  `history` text not null,
  primary key (`invoice_number`)
);

create unique index if not exists `shop`.`payments_receipt`
  on `payments` (`receipt_key`) where `receipt_key` is not null;

create unique index if not exists `shop`.`payments_order_key`
  on `payments` (`account`, `order_key`) where `order_key` is not null;

create index if not exists `shop`.`payments_order`
  on `payments` (`account`, `order_id`, `created_at`, `invoice_number`, `status`);

create index if not exists `shop`.`payments_due`
  on `payments` (`account`, `origin`, `status`, `due_at`, `invoice_number`) where `due_at` is not null;

create index if not exists `shop`.`payments_status`
  on `payments` (`account`, `status`, `created_at`, `invoice_number`);

create index if not exists `shop`.`payments_begun`
  on `payments` (`account`, `created_at`, `invoice_number`);

create index if not exists `shop`.`payments_verified`
  on `payments` (`account`, `verified_at`, `invoice_number`) where `verified_at` is not null;

create index if not exists `shop`.`payments_given_back`
  on `payments` (`account`, `given_back_at`, `invoice_number`) where `given_back_at` is not null;

create index if not exists `shop`.`payments_trace`
  on `payments` (`account`, `trace_number`, `created_at`, `invoice_number`) where `trace_number` is not null;

create index if not exists `shop`.`payments_rrn`
  on `payments` (`account`, `rrn`, `created_at`, `invoice_number`) where `rrn` is not null;

create index if not exists `shop`.`payments_mobile`
  on `payments` (`account`, `cell_number`, `created_at`, `invoice_number`) where `cell_number` is not null;

create index if not exists `shop`.`payments_card`
  on `payments` (`account`, `card_end`, `created_at`, `invoice_number`) where `card_end` is not null;
