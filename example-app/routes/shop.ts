import { Router } from 'express';
import { changed, linesOf, MOST, totalOf } from '../cart';
import { field } from '../forms';
import { products } from '../products';

/** The products and the cart. */
export function shopRoutes(): Router {
  const router = Router();

  router.get('/', (_req, res) => {
    res.render('home', { products });
  });

  router.get('/cart', (req, res) => {
    const lines = linesOf(req.session.cart ?? {});
    res.render('cart', { lines, total: totalOf(lines), most: MOST });
  });

  router.post('/cart', (req, res, next) => {
    const by = field(req, 'change') === '-1' ? -1 : 1;
    const cart = changed(req.session.cart ?? {}, field(req, 'product'), by);
    if (!cart) {
      next();
      return;
    }
    req.session.cart = cart;
    res.redirect(303, '/cart');
  });

  return router;
}
