export { atipayDesk, type DeskOptions } from './router';
export type { ActName } from '../acts';
export type { DeskAct } from './view';
