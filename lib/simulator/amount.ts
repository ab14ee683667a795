/** An integer as the live gateway writes it in JSON: Java's double, `10000.0` and, from ten million on, `1.0E7`. */
export function javaDouble(value: number): string {
  if (Math.abs(value) < 1e7) return value.toFixed(1);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e+');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent}`;
}
