import { askByAxios } from './ask';
import { expressSide } from './express';
import { handSide } from './hand-side';
import { openDriver } from './hand-stores';
import { monopaySide } from './monopay';
import { openDriverStore, ourSide } from './ours';
import type { Rival, ShopPlan } from './plan';
import { serveShop } from './serve';
import type { Side } from './side';
import { textbookSide } from './textbook';

const RIVALS: Partial<Record<Rival, (plan: ShopPlan) => Side | Promise<Side>>> = {
  ours: (plan) => ourSide(plan, openDriverStore),
  textbook: textbookSide,
  'by hand': async (plan) => handSide(plan, askByAxios, await openDriver(plan)),
  monopay: monopaySide,
  express: expressSide,
};

void serveShop((plan) => {
  const open = RIVALS[plan.rival];
  if (!open) throw new Error(`This process has no shop that is ${plan.rival}.`);
  return open(plan);
});
