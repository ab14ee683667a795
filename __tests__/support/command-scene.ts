import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { sqliteFile } from './databases';
import { aMorning, type Morning } from './morning';

/** The ground of the tests of commands: payments in a SQLite file, and a folder for files. */
export interface CommandScene {
  file: ReturnType<typeof sqliteFile>;
  folder: string;
  /** The payments, made anew for each test. */
  morning: Morning;
}

/** Sets a scene for the tests of a file, and removes it after them. */
export function commandScene(): CommandScene {
  const file = sqliteFile();
  const scene = { file, folder: mkdtempSync(join(tmpdir(), 'atipay-command-')) } as CommandScene;
  beforeAll(() => createPaymentsTable(file.knex));
  beforeEach(async () => {
    await file.knex('atipay_payments').delete();
    scene.morning = await aMorning(new KnexPaymentStore(file.knex));
  });
  afterAll(async () => {
    await file.remove();
    rmSync(scene.folder, { recursive: true });
  });
  return scene;
}
