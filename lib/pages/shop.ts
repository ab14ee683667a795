/** The shop as the buyer's pages name it. */
export interface ShopOptions {
  /** The shop's name, at most 80 characters. */
  name: string;
  /**
   * Where "back to the shop" leads: a path, an http(s) address or an app link. Default: a `resultUrl` that is a string,
   * else the root of `publicUrl`'s origin.
   */
  url?: string | undefined;
  /** The logo: a path or an http(s) address. */
  logo?: string | undefined;
  /** The telephone number for questions about a payment. */
  phone?: string | undefined;
}

/** The shop as pages name it. */
export type ShopView = {
  /** Where "back to the shop" leads. */
  url: string;
  /** As buyers know it. */
  name?: string | undefined;
  /** Address of the logo: a path or an http(s) URL. */
  logo?: string | undefined;
  /** As the shop writes it. */
  phone?: string | undefined;
};
