/*
 * e^x and log(1 + x), two at a time: the algorithms of core/stats/elementary.ts (fdlibm), with the branches turned into
 * selections. Only + − × ÷ and bit access, so the bits are the same everywhere.
 */

const LN2_HIGH: f64 = 6.9314718036912381649e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const LOG2_E: f64 = 1.4426950408889634;
/** 1.5·2⁵²: adding it leaves the nearest whole number in the low bits. */
const ROUNDER: f64 = 6755399441055744;
/** Bits of √½ and of 1. */
const SQRT_HALF: i64 = 0x3fe6a09e667f3bcd;
const ONE: i64 = 0x3ff0000000000000;

@inline
function n(value: f64): v128 {
  return f64x2.splat(value);
}
@inline
function multiplyAdd(a: v128, b: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(a, b), n(c));
}

/** e^x for x ≤ 0. Below −708 it stays at e^−708 ≈ 3e-308, so that no result is subnormal. */
@inline
export function exp(x: v128): v128 {
  const bounded = f64x2.pmax(x, n(-708));
  const rounded = multiplyAdd(bounded, n(LOG2_E), ROUNDER);
  const k = f64x2.sub(rounded, n(ROUNDER));
  const high = f64x2.sub(bounded, f64x2.mul(k, n(LN2_HIGH)));
  const low = f64x2.mul(k, n(LN2_LOW));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let series = multiplyAdd(t, n(4.13813679705723846039e-8), -1.6533902205465251539e-6);
  series = multiplyAdd(t, series, 6.61375632143793436117e-5);
  series = multiplyAdd(t, series, -2.77777777770155933842e-3);
  series = multiplyAdd(t, series, 1.66666666666666019037e-1);
  const c = f64x2.sub(r, f64x2.mul(t, series));
  const correction = f64x2.div(f64x2.mul(r, c), f64x2.sub(n(2), c));
  const y = f64x2.sub(n(1), f64x2.sub(f64x2.sub(low, correction), high));
  return f64x2.mul(y, i64x2.shl(i64x2.add(rounded, i64x2.splat(1023)), 52));
}

/** log(1 + x) for x ≥ 0. */
@inline
export function log1p(x: v128): v128 {
  // 1 + x = 2^k·m with m in [√½, √2): the exponent field of (bits − bits of √½ + bits of 1) is k, the rest gives m.
  const shifted = i64x2.add(f64x2.add(n(1), x), i64x2.splat(ONE - SQRT_HALF));
  const field = i64x2.shr_u(shifted, 52);
  const k = f64x2.sub(v128.or(field, i64x2.splat(0x4330000000000000)), n(4503599627370496 + 1023));
  const m = i64x2.add(v128.and(shifted, i64x2.splat(0x000fffffffffffff)), i64x2.splat(SQRT_HALF));
  // Where k is 0 x itself is exact, 1 + x − 1 is not.
  const f = v128.bitselect(x, f64x2.sub(m, n(1)), f64x2.eq(k, n(0)));
  const s = f64x2.div(f, f64x2.add(n(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let even = multiplyAdd(w, n(0.1531383769920937332), 0.2222219843214978396);
  even = f64x2.mul(w, multiplyAdd(w, even, 0.3999999999940941908));
  let odd = multiplyAdd(w, n(0.1479819860511658591), 0.1818357216161805012);
  odd = multiplyAdd(w, odd, 0.2857142874366239149);
  odd = f64x2.mul(z, multiplyAdd(w, odd, 0.666666666666673513));
  const half = f64x2.mul(f64x2.mul(n(0.5), f), f);
  const rest = f64x2.add(f64x2.mul(s, f64x2.add(f64x2.add(half, even), odd)), f64x2.mul(k, n(LN2_LOW)));
  return f64x2.sub(f64x2.mul(k, n(LN2_HIGH)), f64x2.sub(f64x2.sub(half, rest), f));
}
