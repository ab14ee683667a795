export interface Product {
  /** Also the name of its picture in `public/products`. */
  id: string;
  name: string;
  note: string;
  /** Tomans. */
  price: number;
}

export const products: readonly Product[] = [
  { id: 'saffron', name: 'زعفران سرگل قائنات', note: 'یک مثقال، برداشت امسال', price: 890_000 },
  { id: 'pistachio', name: 'پستهٔ اکبری دامغان', note: 'نیم کیلو، شور و بوداده', price: 640_000 },
  { id: 'gaz', name: 'گز آردی بلداجی', note: 'جعبهٔ ۴۵۰ گرمی، چهل درصد پسته', price: 285_000 },
  { id: 'rosewater', name: 'گلاب دوآتشهٔ قمصر', note: 'شیشهٔ یک لیتری', price: 198_000 },
  { id: 'tea', name: 'چای بهارهٔ لاهیجان', note: 'بستهٔ ۴۵۰ گرمی، دم‌کشیدهٔ خوش‌رنگ', price: 320_000 },
  { id: 'honey', name: 'عسل گون سبلان', note: 'یک کیلو، خام و طبیعی', price: 540_000 },
];

export const findProduct = (id: string): Product | undefined => products.find((product) => product.id === id);
