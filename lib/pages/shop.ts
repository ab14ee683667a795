/** The shop as pages name it. */
export type ShopView = {
  /** Where "back to the shop" leads. */
  url: string;
  name?: string | undefined;
  /** Address of the logo: a path or an http(s) URL. */
  logo?: string | undefined;
  /** As the shop writes it. */
  phone?: string | undefined;
};
