import { findProduct, products, type Product } from './products';

/** Quantities by product id, as kept in the session. */
export type Cart = Record<string, number>;

export interface CartLine {
  product: Product;
  quantity: number;
  /** Tomans. */
  total: number;
}

export const MOST = 9;

/** The cart with more or less of a product; undefined for a product that is not sold. */
export function changed(cart: Cart, id: string, by: number): Cart | undefined {
  const product = findProduct(id);
  if (!product) return undefined;
  const quantity = Math.min(MOST, (cart[product.id] ?? 0) + by);
  const rest = Object.entries(cart).filter(([other]) => other !== product.id);
  return Object.fromEntries(quantity > 0 ? [...rest, [product.id, quantity]] : rest);
}

/** The cart's contents at today's prices. */
export const linesOf = (cart: Cart): CartLine[] =>
  products.flatMap((product) => {
    const quantity = cart[product.id] ?? 0;
    return quantity > 0 ? [{ product, quantity, total: quantity * product.price }] : [];
  });

export const totalOf = (lines: readonly { total: number }[]): number =>
  lines.reduce((sum, { total }) => sum + total, 0);
