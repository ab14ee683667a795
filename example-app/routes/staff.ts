import { hash, timingSafeEqual } from 'node:crypto';
import { Router, type RequestHandler } from 'express';
import { field } from '../forms';

/** Lets staff alone through; others are asked to log in. */
export const requireStaff: RequestHandler = (req, res, next) => {
  if (req.session.staffName !== undefined) next();
  else res.redirect(303, '/staff');
};

/** The login of the shop's staff: any name, and the password that `npm start` prints. */
export function staffRoutes(password: string): Router {
  const router = Router();

  router.get('/staff', (_req, res) => {
    res.render('staff', { problem: undefined });
  });

  router.post('/staff', (req, res, next) => {
    const staffName = field(req, 'name').slice(0, 40).trim();
    if (staffName === '' || !isEqual(field(req, 'password'), password)) {
      res.status(422).render('staff', { problem: 'نام یا گذرواژه درست نیست.' });
      return;
    }
    const { buyerId, cart, mobile, userName } = req.session;
    req.session.regenerate((error?: unknown) => {
      if (error) {
        next(error);
        return;
      }
      Object.assign(req.session, { staffName, buyerId, cart, mobile, userName });
      res.redirect(303, '/desk');
    });
  });

  return router;
}

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
const isEqual = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
