export { atipayDesk, type DeskOptions } from './router';
export type { DeskAct } from './view';
