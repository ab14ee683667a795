import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Download, Page } from 'playwright-core';
import { command, commandProcess, type CommandResult } from '../../support/desk';

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** A member of staff at the desk, without JavaScript. A page that is opened is a step; the start is none. */
export class DeskVisit {
  steps = -1;
  /** The file that was sent instead of a page. */
  #file: string | undefined;

  static async open(browser: Browser, origin: string): Promise<DeskVisit> {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const visit = new DeskVisit(context, await context.newPage());
    await visit.page.goto(`${origin}/desk/`);
    return visit;
  }

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.steps += 1;
    });
  }

  /** The text of the page, or of the file that was downloaded. */
  async answer(): Promise<string> {
    return oneLine(this.#file ?? (await this.page.innerText('main')));
  }

  async find(text: string): Promise<void> {
    await this.page.getByRole('searchbox').fill(text);
    await this.presses('Find');
  }

  async goes(menu: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: menu }).click();
  }

  async fills(fields: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) {
      await this.page.locator(`[name=${name}]:visible`).first().fill(value);
    }
  }

  async chooses(name: string, value: string): Promise<void> {
    await this.page.locator(`select[name=${name}]:visible`).selectOption(value);
  }

  async unfolds(title: string): Promise<void> {
    await this.page.locator('summary', { hasText: title }).click();
  }

  async follows(text: string): Promise<void> {
    await this.page.getByRole('main').getByRole('link').filter({ hasText: text }).first().click();
  }

  /** Follows the link of an item of "needs you". */
  async opens(text: string): Promise<void> {
    await this.page.locator('li.item', { hasText: text }).getByRole('link').click();
  }

  async presses(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  /** Presses a button that sends a file instead of a page. */
  async downloads(button: string): Promise<void> {
    const download: Promise<Download> = this.page.waitForEvent('download');
    await this.presses(button);
    this.#file = readFileSync(await (await download).path(), 'utf8');
    this.steps += 1;
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** A member of staff at a terminal. A command is a step. */
export class CommandVisit {
  steps = 0;
  #out = '';

  constructor(private readonly place: { database: string[]; app: string[] }) {}

  async runs(name: string, ...args: string[]): Promise<void> {
    this.#took(await command([name, ...this.place.database, ...args]));
  }

  /** Runs with the shop's own router. */
  async runsWithShop(...args: string[]): Promise<void> {
    this.#took(await commandProcess([...args, ...this.place.app]));
  }

  answer(): string {
    return oneLine(this.#out);
  }

  #took({ out, error }: CommandResult): void {
    this.steps += 1;
    this.#out = out + error;
  }
}
