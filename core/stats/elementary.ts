/*
 * `Math.log`, `**` and similar functions may differ in the last bit between engines and processors. The functions here use
 * only + − × ÷ and bit access, which IEEE 754 defines exactly, so models, tables and hashes are the same on every machine.
 */

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** Natural logarithm, within 1 ulp (the algorithm of fdlibm's `e_log.c`, Sun Microsystems 1993). log(0) = −∞, log(x < 0) = NaN. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  let exponent = 0;
  float[0] = x;
  if (words[HIGH]! < 0x00100000) {
    exponent = -54;
    float[0] = x * 0x40000000000000;
  }
  const high = words[HIGH]!;
  exponent += (high >>> 20) - 1023;
  const mantissa = high & 0xfffff;
  const carry = (mantissa + 0x95f64) & 0x100000;
  words[HIGH] = mantissa | (carry ^ 0x3ff00000);
  exponent += carry >>> 20;
  const f = float[0]! - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332));
  const odd =
    z * (0.666666666666673513 + w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591)));
  const halfSquare = 0.5 * f * f;
  return exponent * LN2_HIGH - (halfSquare - (s * (halfSquare + even + odd) + exponent * LN2_LOW) - f);
}

/** e^x, within 1 ulp (fdlibm's `e_exp.c`). */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  const k = Math.round(x * Math.LOG2E);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  return timesPowerOfTwo(y, k);
}

/** y·2^k without overflow or double rounding on the way; k in [−1075, 1024]. */
function timesPowerOfTwo(y: number, k: number): number {
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  if (k < -1021) return y * powerOfTwo(k + 54) * 5.551115123125783e-17;
  return y * powerOfTwo(k);
}

/** 2^k, exactly, for a whole k in [−1022, 1023]. */
export function powerOfTwo(k: number): number {
  words[HIGH] = (k + 1023) << 20;
  words[1 - HIGH] = 0;
  return float[0]!;
}

/** x², as one multiplication: `x ** 2` may depend on the engine. */
export function square(x: number): number {
  return x * x;
}

/** log(1 + x), accurate for small x (Kahan's correction of the rounding in 1 + x). */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  return u === Number.POSITIVE_INFINITY ? u : (log(u) * x) / (u - 1);
}

/** x^y for x ≥ 0 as exp(y·log x): relative error about |y·log x| ulp, enough for generated data and densities. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  return x === 0 ? (y > 0 ? 0 : Number.POSITIVE_INFINITY) : exp(y * log(x));
}

const HALF_PI_HIGH = 1.57079632673412561417;
const HALF_PI_LOW = 6.07710050650619224932e-11;

/** sin x in radians for |x| ≤ 10⁶ (fdlibm's kernels); absolute error below 1e-14 there. */
export function sin(x: number): number {
  const turns = Math.round(x / (HALF_PI_HIGH + HALF_PI_LOW));
  return quarter(x - turns * HALF_PI_HIGH - turns * HALF_PI_LOW, turns);
}

/** cos x in radians for |x| ≤ 10⁶; absolute error below 1e-14 there. */
export function cos(x: number): number {
  const turns = Math.round(x / (HALF_PI_HIGH + HALF_PI_LOW));
  return quarter(x - turns * HALF_PI_HIGH - turns * HALF_PI_LOW, turns + 1);
}

/** sin(r + quarters·π/2), |r| ≤ π/4. */
function quarter(r: number, quarters: number): number {
  const phase = ((quarters % 4) + 4) % 4;
  const value = phase % 2 === 0 ? sineKernel(r) : cosineKernel(r);
  return phase < 2 ? value : -value;
}

function sineKernel(x: number): number {
  const z = x * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x + z * x * (-1.66666666666666324348e-1 + z * r);
}

function cosineKernel(x: number): number {
  const z = x * x;
  const r =
    4.16666666666666019037e-2 +
    z *
      (-1.38888888888741095749e-3 +
        z *
          (2.48015872894767294178e-5 +
            z * (-2.75573143513906633035e-7 + z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11))));
  return 1 - (0.5 * z - z * z * r);
}
