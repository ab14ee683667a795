import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { EVERY } from '../../../lib/core/statuses';
import { describeInBrowser, launchBrowser } from '../../support/browser';
import { makePayments, type Made } from './payments';
import { QUESTIONS } from './questions';
import { Scene } from './scene';
import { Trial } from './trial';
import { CommandVisit, DeskVisit } from './visits';

const MOST_STEPS = 3;
const PAGE = readFileSync(join(__dirname, '../../../docs/maintaining/desk-questions.md'), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'atipay-desk-'));
let trial: Trial;
let made: Made[];
let scene: Scene;
beforeAll(async () => {
  trial = await Trial.open();
  made = await makePayments(trial);
});
afterAll(async () => {
  await trial.close();
  rmSync(folder, { recursive: true });
});

test('500 payments stand as their cases say, in every status', async () => {
  const records = await trial.records();
  const wrong = made.flatMap(({ orderId, name, made: { status, reason = null, payments = 1 } }) => {
    const stored = records.filter((record) => record.orderId === orderId);
    const fits = stored.some((record) => record.status === status && record.failureReason === reason);
    const seen = stored.map((record) => `${record.status} ${record.failureReason}`);
    return fits && stored.length === payments ? [] : [`${orderId} ${name}: ${seen.join(', ')}`];
  });
  expect(wrong).toEqual([]);
  expect(records.length).toBe(500);
  expect(new Set(records.map(({ status }) => status))).toEqual(new Set(EVERY));
});

test('the questions are those of the page for maintainers', () => {
  const rows = [...PAGE.matchAll(/^\| (.+?) +\|.*\|.*\|$/gm)].map(([, question]) => question);
  expect(QUESTIONS.map(({ asks }) => asks)).toEqual(rows.slice(2));
});

describeInBrowser('within three steps', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    scene = new Scene(trial, made, join(folder, 'report.csv'));
    await scene.writeReport();
  });
  afterAll(() => browser.close());

  describe.each(QUESTIONS)('$asks', ({ answer, desk, command }) => {
    test('at the desk', async () => {
      const visit = await DeskVisit.open(browser, trial.shop.origin);
      await desk(visit, scene);
      const said = await visit.answer();
      for (const part of answer(scene, 0)) expect(said).toContain(part);
      expect(visit.steps).toBeLessThanOrEqual(MOST_STEPS);
      await visit.close();
    });

    test('with the command', async () => {
      const visit = new CommandVisit(trial.place);
      await command(visit, scene);
      const said = visit.answer();
      for (const part of answer(scene, 1)) expect(said).toContain(part);
      expect(visit.steps).toBeLessThanOrEqual(MOST_STEPS);
    });
  });
});
