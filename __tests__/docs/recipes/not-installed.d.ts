// The little that the recipes use of packages that this repository does not install.

declare module 'mongoose' {
  type Condition<T> = T | { $in: T[] } | { $ne: T };
  type Filter<T> = { [K in keyof T]?: Condition<T[K]> };
  interface Update<T> {
    $set?: Partial<T>;
    $push?: { [K in keyof T]?: T[K] extends (infer E)[] ? { $each: E[] } : never };
  }
  export interface Model<T> {
    findOne(filter: Filter<T>): PromiseLike<T | null>;
    exists(filter: Filter<T>): PromiseLike<{ _id: unknown } | null>;
    updateOne(filter: Filter<T>, update: Update<T>): PromiseLike<{ modifiedCount: number }>;
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
