// The little that the pages use of packages that `npm ci` does not install.

declare module 'mongoose' {
  import type { ClientSession, Db } from 'mongodb';
  type Condition<T> = T | { $in: T[] };
  type Filter<T> = { [K in keyof T]?: Condition<T[K]> };
  interface Update<T> {
    $set?: Partial<T>;
    $inc?: { [K in keyof T]?: number };
  }
  interface Options {
    session?: ClientSession;
  }
  export interface Model<T> {
    findOne(filter: Filter<T>): PromiseLike<T | null>;
    exists(filter: Filter<T>): PromiseLike<{ _id: unknown } | null>;
    findOneAndUpdate(filter: Filter<T>, update: Update<T>, options?: Options): PromiseLike<T | null>;
    updateOne(
      filter: Filter<T>,
      update: Update<T>,
      options?: Options,
    ): PromiseLike<{ modifiedCount: number }>;
  }
  export interface Connection {
    readonly db: Db | undefined;
  }
}

declare module '@nestjs/common' {
  export interface FactoryProvider<T> {
    provide: symbol | string;
    inject?: (symbol | string)[];
    useFactory: (...dependencies: never[]) => T | Promise<T>;
  }
  export interface INestApplication {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as Nest declares it
    get<T>(token: symbol | string): T;
    use(...middleware: unknown[]): this;
    close(): Promise<void>;
  }
}

declare module 'morgan' {
  import type { Request, RequestHandler } from 'express';
  interface Morgan {
    (format: string): RequestHandler;
    token(name: string, value: (req: Request) => string): unknown;
  }
  const morgan: Morgan;
  export default morgan;
}

declare module 'express-rate-limit' {
  import type { RequestHandler } from 'express';
  export function rateLimit(options: { windowMs: number; limit: number }): RequestHandler;
}
