import { dependencies } from '../../package.json';
import { Project } from '../docs/project';
import { nodeIn, type CommandResult } from '../support/desk';

/** Runs `atipay-payments` in a shop's folder. */
const commandIn = (project: Project, ...args: string[]): Promise<CommandResult> =>
  nodeIn(project.folder, [project.command('atipay-payments'), ...args]);

const missing = (name: string): CommandResult => ({
  code: 1,
  out: '',
  error: `atipay-payments: ${name} is not installed here: run npm install ${name}.\n`,
});

/** A shop without Knex whose only driver is this one, and the database and the table of its payments. */
export function opensThrough(driver: string, place: () => { url: string; table: string }): void {
  let project: Project;
  beforeAll(() => void (project = new Project([...Object.keys(dependencies), 'express'])));
  afterAll(() => project.remove());

  test('--database names the driver that is missing', async () => {
    expect(await commandIn(project, 'list', '--database', place().url)).toEqual(missing(driver));
  });

  describe('with the driver', () => {
    beforeAll(() => project.add(driver));

    test('--database lists payments', async () => {
      const { url, table } = place();
      const listed = await commandIn(project, 'list', '--database', url, '--table', table, '--json');
      expect(listed).toMatchObject({ code: 0, error: '' });
      expect(JSON.parse(listed.out)).toEqual({ payments: [], next: null });
    });

    test('--database is checked against the contract', async () => {
      const checked = await commandIn(project, 'check', '--database', place().url);
      expect(checked).toMatchObject({ code: 0, error: '' });
      expect(checked.out).toMatch(/^The store keeps the contract: \d+ cases/);
    });

    test('--knexfile says that Knex is missing', async () => {
      project.write('knexfile.cjs', `module.exports = { client: '${driver}', connection: {} };`);
      expect(await commandIn(project, 'list', '--knexfile', 'knexfile.cjs')).toEqual(missing('knex'));
    });
  });
}
