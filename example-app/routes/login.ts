import { Router } from 'express';
import { field } from '../forms';

/** A login that believes every name: it is there to show that the payment does not log anybody out. */
export function loginRoutes(): Router {
  const router = Router();

  router.get('/login', (_req, res) => {
    res.render('login');
  });

  router.post('/login', (req, res, next) => {
    const userName = field(req, 'name').slice(0, 40);
    if (userName === '') {
      res.redirect(303, '/login');
      return;
    }
    const { buyerId, cart, mobile } = req.session;
    req.session.regenerate((error?: unknown) => {
      if (error) {
        next(error);
        return;
      }
      Object.assign(req.session, { userName, buyerId, cart, mobile });
      res.redirect(303, '/');
    });
  });

  router.post('/logout', (req, res, next) => {
    req.session.destroy((error?: unknown) => {
      if (error) next(error);
      else res.redirect(303, '/');
    });
  });

  return router;
}
