/*
 * e^x and log x from + − × ÷ and bits alone, which WebAssembly fixes to the last bit, so that models are the same on every
 * machine. Within 3 ulp; arguments beyond ±700 are cut off there, where a probability is 0 or 1 anyway.
 */
const LOG2_E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 6.9314718036912381649e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;

/** 2^k · e^r with |r| ≤ ln 2 / 2, e^r by its Taylor series. */
export function exp(x: f64): f64 {
  x = min(max(x, -700), 700);
  const k = nearest(x * LOG2_E);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const high = 1.0 / 5040 + r * (1.0 / 40320 + r * (1.0 / 362880 + r * (1.0 / 3628800 + r * (1.0 / 39916800 + r * (1.0 / 479001600)))));
  const low = 0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720 + r * high))));
  const e = 1 + (r + r * r * low);
  return e * reinterpret<f64>((<i64>k + 1023) << 52);
}

/** log x of a normal x > 0: exponent · ln 2 + 2 · artanh((m − 1)/(m + 1)), the mantissa m near 1. */
export function log(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  // The exponent that leaves a mantissa between √½ and √2.
  const exponent = (bits - 0x3fe6a09e667f3bcd) >> 52;
  const m = reinterpret<f64>(bits - (exponent << 52));
  const s = (m - 1) / (m + 1);
  const z = s * s;
  const series = 1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z * (1.0 / 11 + z * (1.0 / 13 + z * (1.0 / 15 + z * (1.0 / 17 + z * (1.0 / 19 + z * (1.0 / 21)))))))));
  return <f64>exponent * LN2_HIGH + (2 * s + (2 * s * z * series + <f64>exponent * LN2_LOW));
}
