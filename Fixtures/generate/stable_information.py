"""Makes Fixtures/stable/information.json: Fisher information of the standard symmetric stable law, rigorously.

    python3 Fixtures/generate/stable_information.py Fixtures/stable results.txt

It takes some minutes for each tail index; what is finished is kept in results.txt and not computed again.

With f_a the derivative of the density in alpha and g = f + x f', the entries are the integrals over the half line of

    location 2 f'^2/f,   scale 2 g^2/f,   tailIndex 2 f_a^2/f,   tailIndexScale -2 f_a g/f.

Two methods, each with a proved bound for everything it leaves out; their balls must overlap:

  gauss     Gauss-Legendre on panels of x below 16 and of log x from there to 1024 (the series takes over), all functions by contour
            integrals at real nodes. A panel's error is at most 8 M rho^(1 - 2n)/(rho - 1) half widths, M the integrand's largest modulus on the ellipse
            with semi-axis sum rho (truncated Chebyshev series of degree 2n - 1, integrated exactly).
  taylor    below 16 Taylor coefficients by contour integrals of f^(n)(c)/n!, divided as power series and integrated termwise, the rest
            by Cauchy's estimate on a circle; from 16 on the series at infinity with its remainders, integrated by FLINT in log x.

M is found by ball arithmetic on arcs that cover the ellipse or circle; the integrand is analytic inside because f, an entire
function, has winding number zero along the curve. Beyond e^80 the first term of the series at infinity bounds everything.
"""

import ast
import math
import os
import sys
from multiprocessing import Pool

from flint import acb, arb, arb_series, ctx

from stable_fixtures import pair, write

PREC = 130
TOP = 80
NAMES = ("location", "scale", "tailIndex", "tailIndexScale")


def angle(alpha, x):
    """Small angles for small x keep cos(alpha phi) away from zero, large angles for large x give early decay."""
    size = float(abs(x).mid())
    return arb.pi() / (2 * alpha) * (arb("0.4") if size < 4 else arb("0.6") if size < 16 else arb("0.85"))


def ray(alpha, x, order, in_alpha, bits):
    """int (i t)^order w exp(i x t - t^alpha) dt on the ray of angle phi, w = 1 or -t^alpha log t; x may be a complex ball.

    For |x| >= 8 and w = 1 the integral of (i t)^order exp(i x t) is taken off: over both rays it vanishes, and the rest is small.
    """
    phi = angle(alpha, x)
    reduced = float(abs(x).mid()) >= 8 and order <= 2 and not in_alpha
    # |exp(i x t)| = exp(-a s).
    a = (x.real * phi.sin() + x.imag * phi.cos()).lower()
    b = arb(0) if reduced else (alpha * phi).cos()
    power = order + 1 + (alpha if in_alpha else 0)
    # |log t| <= s from s = 3 on, which raises the power by one.
    top = power + 1 if in_alpha else power
    # Far out everything is as small as |x|^(-alpha - 2).
    target = 0.7 * bits + 25 + 4 * max(0.0, math.log(float(abs(x).mid()) + 1e-300))
    af, bf, alf, tf = float(a), float(b), float(alpha), float(top)
    lo, hi = 3.0, 1e40
    for _ in range(200):
        mid = (lo * hi) ** 0.5
        if af * mid + bf * mid ** alf - tf * math.log(mid) < target:
            lo = mid
        else:
            hi = mid
    v1 = arb(math.log(hi))
    s1 = v1.exp()
    v0 = arb(-int(target / float(power)) - 3)
    unit, turn = acb(0, phi).exp(), acb(0, alpha * phi).exp()
    ix = acb(0, 1) * x * unit

    def integrand(v, _):
        if reduced:
            return (ix * v.exp() + power * v).exp() * (-(alpha * v).exp() * turn).expm1()
        z = (ix * v.exp() - (alpha * v).exp() * turn + power * v).exp()
        return z * (v + acb(0, phi)) if in_alpha else z

    value = acb.integral(integrand, v0, v1, rel_tol=arb(2) ** -bits, abs_tol=arb(2) ** (-bits - 400))
    slope = a + b * alpha * s1 ** (alpha - 1) - (top - 1) / s1
    assert slope > 0
    # |exp(-t^alpha) - 1| <= 2 and, far left, at most 1.
    right = 2 * s1 ** (top - 1) * (-a * s1 - b * s1 ** alpha).exp() / slope
    # exp(|x| s) <= 2 that far left.
    left = 2 * (power * v0).exp() * ((abs(v0) + 2) / power + 1 / power ** 2 if in_alpha else 1 / power)
    error = (left + right).upper()
    value = value + acb(arb(0, error), arb(0, error))
    rotation = unit ** (order + 1) * acb(0, 1) ** order
    return -value * rotation * turn if in_alpha else value * rotation


def derivative(alpha, x, order=0, in_alpha=False, bits=None):
    """f^(order) or its derivative in alpha at a real ball or a complex one."""
    bits = bits or ctx.prec
    if isinstance(x, arb):
        return ray(alpha, acb(x), order, in_alpha, bits).real / arb.pi()
    mirrored = ray(alpha, acb(x.real, -x.imag), order, in_alpha, bits)
    return (ray(alpha, x, order, in_alpha, bits) + acb(mirrored.real, -mirrored.imag)) / (2 * arb.pi())


def entries(f, slope, in_alpha, x):
    """The four integrands; also of power series."""
    g = f + x * slope
    return [2 * slope * slope / f, 2 * g * g / f, 2 * in_alpha * in_alpha / f, -2 * in_alpha * g / f]


def at(alpha, x, bits=None):
    return [derivative(alpha, x, bits=bits), derivative(alpha, x, 1, bits=bits), derivative(alpha, x, 0, True, bits=bits)]


def around(alpha, x):
    """f, f' and f_a on a complex ball: by the series at infinity far out, else by the mean value form."""
    if float(x.real.lower()) >= 14:
        return series_around(alpha, x)
    middle = acb(x.real.mid(), x.imag.mid())
    offset = x - middle
    values = at(alpha, middle, bits=30)
    slopes = [derivative(alpha, x, 1, bits=24), derivative(alpha, x, 2, bits=24), derivative(alpha, x, 1, True, bits=24)]
    return [v + s * offset for v, s in zip(values, slopes)]


class Series:
    """Coefficients of the series at infinity: f = sum value[k] x^(-k alpha - 1), f_a with log[k] - k log x value[k]."""

    def __init__(self, alpha, terms):
        self.alpha, self.terms = alpha, terms
        self.value, self.log, fact = [], [], arb(1)
        for k in range(1, terms):
            fact = fact * k
            sign = 1 if k % 2 else -1
            g = (k * alpha + 1).gamma()
            s, c = arb.sin_pi(k * alpha / 2), arb.cos_pi(k * alpha / 2)
            self.value.append(sign * g / fact * s / arb.pi())
            self.log.append(sign * g / fact * k * ((k * alpha + 1).digamma() * s + arb.pi() / 2 * c) / arb.pi())
        self.fact = fact * terms

    def functions(self, y):
        """x^(alpha + 1) times the truncated f, x f' and f_a at x = exp(y)."""
        alpha, u = self.alpha, (-self.alpha * y).exp()
        f = xf = fa = acb(0)
        for k in range(self.terms - 1, 0, -1):
            f = f * u + self.value[k - 1]
            xf = xf * u - (k * alpha + 1) * self.value[k - 1]
            fa = fa * u + self.log[k - 1] - k * y * self.value[k - 1]
        return f, xf, fa

    def remainders(self, reach, log):
        """Bounds for f, f', f_a where |exp(i x t)| <= exp(-reach |t|) on the ray of angle pi/(2 alpha) and |log t| <= log + |log w|, w = reach |t|."""
        n, alpha = self.terms, self.alpha
        power = reach ** (n * alpha + 1) * arb.pi() * self.fact
        g = (n * alpha + 1).gamma()
        return g / power, (n * alpha + 2).gamma() / (power * reach), n * ((n * alpha + 2).gamma() + 1 + log * g) / power


def best_terms(alpha, reach):
    """Where the remainder is least, at most 120."""
    a, r = float(alpha), math.log(float(reach))
    size = lambda n: math.lgamma(n * a + 2) - math.lgamma(n) - n * a * r
    return min(range(8, 121), key=size)


KEPT = {}


def series_around(alpha, x):
    phi = arb.pi() / (2 * alpha)
    # Both the ray and its mirror image serve.
    reach = (x.real * phi.sin() - abs(x.imag) * phi.cos()).lower()
    assert reach > 1
    terms = best_terms(alpha, reach)
    key = (float(alpha), terms)
    if key not in KEPT:
        KEPT[key] = Series(alpha, terms)
    y = x.log()
    f, xf, fa = KEPT[key].functions(y)
    scale = (-(alpha + 1) * y).exp()
    rf, rs, ra = KEPT[key].remainders(reach, abs(arb(reach).log()) + 2)
    pad = lambda z, r: z + acb(arb(0, r.upper()), arb(0, r.upper()))
    return [pad(f * scale, rf), pad(xf * scale / x, rs), pad(fa * scale, ra)]


def largest(alpha, curve, in_log):
    """Largest moduli of the integrands on a closed curve symmetric about the real line, theta in [0, pi]; None when zeros of f threaten."""
    old = ctx.prec
    ctx.prec = 64
    try:
        for arcs in (24, 96):
            bounds = cover(alpha, curve, in_log, arcs)
            if bounds is not None:
                return bounds
    finally:
        ctx.prec = old


def cover(alpha, curve, in_log, arcs):
    bounds, turned, last = [arb(0)] * 4, arb(0), None
    for k in range(arcs):
        theta = arb.pi() * arb(arb(2 * k + 1) / (2 * arcs), arb(0.5) / arcs + arb(2) ** -50)
        z = curve(theta)
        x = z.exp() if in_log else z
        f, slope, fa = around(alpha, x)
        if not abs(f) > 0:
            return None
        mid = acb(f.real.mid(), f.imag.mid())
        if last is not None:
            turned = turned + (mid / last).arg()
        last = mid
        values = entries(f, slope, fa, x)
        if in_log:
            values = [v * x for v in values]
        bounds = [b.max(abs(v).upper()) for b, v in zip(bounds, values)]
        if not all(b.is_finite() for b in bounds):
            return None
    # Full turns would show as multiples of pi on the half curve.
    return bounds if abs(turned) < 1 else None


def gauss_panel(alpha, lower, upper, in_log, rule, depth=0):
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    rho = arb(4)

    def ellipse(theta):
        return acb(middle + half * (rho + 1 / rho) / 2 * theta.cos(), half * (rho - 1 / rho) / 2 * theta.sin())

    bounds = largest(alpha, ellipse, in_log)
    if bounds is None or max(float(b) for b in bounds) > 1e6:
        assert depth < 6, (alpha, lower)
        parts = [gauss_panel(alpha, a, b, in_log, rule, depth + 1) for a, b in ((lower, middle), (middle, upper))]
        return [p + q for p, q in zip(*parts)]
    totals = [arb(0)] * 4
    for node, weight in rule:
        z = middle + half * node
        x = z.exp() if in_log else z
        values = entries(*at(alpha, x), x)
        totals = [t + weight * half * (v * x if in_log else v) for t, v in zip(totals, values)]
    n = len(rule)
    factor = 8 * rho ** (1 - 2 * n) / (rho - 1) * half
    return [t + arb(0, (b * factor).upper()) for t, b in zip(totals, bounds)]


def beyond(alpha):
    """At least the four integrals from e^TOP on, as balls around zero."""
    length = arb(TOP).exp()
    sine = (arb.pi() / (2 * alpha)).sin()
    constant = (alpha + 1).gamma() * (arb.pi() * alpha / 2).sin() / arb.pi()
    second_term = (2 * alpha + 1).gamma() / (2 * arb.pi() * (length * sine) ** (2 * alpha + 1))
    assert second_term < constant * length ** (-alpha - 1) / 2
    # On the ray phi = pi/(2 alpha): |f^(n)| and |f_a| by int s^(n + alpha) (|log t|) exp(-x s sin phi) ds/pi, f itself at least half its
    # leading term; (8.25 + 2 log x) covers |log t| with its gamma integrals.
    scale = 2 / constant
    slope = (alpha + 2).gamma() / arb.pi() * sine ** (-alpha - 2)
    value = (alpha + 1).gamma() / arb.pi() * sine ** (-alpha - 1)
    ga = value + slope
    fa = sine ** (-alpha - 1) / arb.pi()
    big = 9 + 2 * arb(TOP)
    power = length ** (-alpha)
    logs = big ** 2 / alpha + 4 * big / alpha ** 2 + 8 / alpha ** 3
    location = scale * slope ** 2 * length ** (-alpha - 2) / (alpha + 2)
    return [arb(0, (2 * b).upper()) for b in (location, scale * ga ** 2 * power / alpha, scale * fa ** 2 * power * logs,
                                              scale * fa * ga * power * logs)]


def gauss(alpha):
    rule = [arb.legendre_p_root(24, k, weight=True) for k in range(24)]
    panels = [(arb(k) / 2, arb(k + 1) / 2, False) for k in range(32)]
    start, step = arb(16).log(), arb(2).log() * 3 / 4
    panels += [(start + k * step, start + (k + 1) * step, True) for k in range(8)]
    totals = series_tail(alpha, arb(1024))
    for lower, upper, in_log in panels:
        totals = [t + p for t, p in zip(totals, gauss_panel(alpha, lower, upper, in_log, rule))]
    return totals


TERMS = 46


def taylor_panel(alpha, lower, upper, depth=0):
    centre, half = (lower + upper) / 2, (upper - lower) / 2
    radius = 4 * half
    bounds = largest(alpha, lambda theta: acb(centre + radius * theta.cos(), radius * theta.sin()), False)
    if bounds is None:
        assert depth < 4, (alpha, centre)
        parts = [taylor_panel(alpha, a, b, depth + 1) for a, b in ((lower, centre), (centre, upper))]
        return [p + q for p, q in zip(*parts)]
    fact, f, fa = arb(1), [], []
    for n in range(TERMS + 1):
        fact = fact * max(n, 1)
        f.append(derivative(alpha, centre, n) / fact)
        fa.append(derivative(alpha, centre, n, True) / fact)
    old = ctx.cap
    ctx.cap = TERMS
    series = arb_series(f, prec=TERMS)
    slope = arb_series([(n + 1) * c for n, c in enumerate(f[1:])], prec=TERMS)
    quotients = entries(series, slope, arb_series(fa[:TERMS], prec=TERMS), arb_series([centre, 1], prec=TERMS))
    ctx.cap = old
    totals = []
    for quotient, bound in zip(quotients, bounds):
        total = arb(0)
        for n in range(0, TERMS, 2):
            total = total + quotient[n] * 2 * half ** (n + 1) / (n + 1)
        rest = 2 * half * bound * (half / radius) ** TERMS / (1 - half / radius) / (TERMS + 1)
        totals.append(total + arb(0, rest.upper()))
    return totals


def series_tail(alpha, x0):
    """The integrals over x >= x0: truncated series at infinity, then everything they leave out."""
    sine = (arb.pi() / (2 * alpha)).sin()
    series = Series(alpha, best_terms(alpha, x0 * sine))
    terms, value, logs = series.terms, series.value, series.log

    def integrand(which):
        def function(y, _):
            f, xf, fa = series.functions(y)
            g = f + xf
            if which == 0:
                return 2 * xf * xf / f * (-(alpha + 2) * y).exp()
            top = (2 * g * g, 2 * fa * fa, -2 * fa * g)[which - 1]
            return top / f * (-alpha * y).exp()
        return function

    start = x0.log()
    totals = [acb.integral(integrand(k), start, arb(TOP), rel_tol=arb(2) ** -110, abs_tol=arb(2) ** -140).real for k in range(4)]
    # Remainders times x^(alpha + 1), largest at x0 (they fall like powers of x times a logarithm).
    shape = x0 ** (alpha + 1)
    rf, rs, ra = [shape * r for r in series.remainders(x0 * sine, (x0 * sine).log() + 2)]
    rxf = x0 * rs
    # At least half the leading term, at most the sums of moduli; for f_a per unit of 1 + log x.
    u0 = x0 ** (-alpha)
    floor = value[0] / 2
    rest = sum((abs(value[k]) * u0 ** k for k in range(1, terms - 1)), arb(0))
    assert rest + rf < floor
    f_top = abs(value[0]) + rest
    xf_top = sum((abs(value[k]) * ((k + 1) * alpha + 1) * u0 ** k for k in range(terms - 1)), arb(0))
    fa_top = sum(((abs(logs[k]) + (k + 1) * abs(value[k])) * u0 ** k for k in range(terms - 1)), arb(0))
    tops = [(xf_top, xf_top, rxf, rxf), (f_top + xf_top,) * 2 + (rf + rxf,) * 2, (fa_top, fa_top, ra, ra),
            (fa_top, f_top + xf_top, ra, rf + rxf)]
    # int x^(-alpha - 1) (1 + log x)^2 dx from x0 on.
    big = 1 + start
    mass = x0 ** (-alpha) * (big ** 2 / alpha + 2 * big / alpha ** 2 + 2 / alpha ** 3)
    result = []
    for total, outside, (p, q, rp, rq) in zip(totals, beyond(alpha), tops):
        # (p + rp)(q + rq)/(f + rf) - p q/f, each at its largest.
        change = 2 * ((p * rq + q * rp + rp * rq) / floor + p * q * rf / floor ** 2) * mass
        result.append(total + outside + arb(0, change.upper()))
    return result


def taylor(alpha):
    end = 16 if alpha < 1.8 else 24
    totals = series_tail(alpha, arb(end))
    for k in range(4 * end):
        totals = [t + p for t, p in zip(totals, taylor_panel(alpha, arb(k) / 4, arb(k + 1) / 4))]
    return totals


def task(job):
    alpha, method = job
    ctx.prec = PREC
    # Balls travel between processes as decimal enclosures.
    return job, [t.str(40) for t in (gauss if method == "gauss" else taylor)(arb(alpha))]


def main(folder, kept):
    alphas = [1.01, 1.1, 1.3, 1.5, 1.7, 1.9]
    ctx.prec = PREC + 20
    found = {}
    for line in open(kept) if os.path.exists(kept) else ():
        job, totals = ast.literal_eval(line)
        found[tuple(job)] = [arb(t) for t in totals]
    jobs = [(a, m) for a in alphas for m in ("gauss", "taylor") if (a, m) not in found]
    with Pool(2) as pool, open(kept, "a") as out:
        for job, totals in pool.imap_unordered(task, jobs):
            ctx.prec = PREC + 20
            found[job] = [arb(t) for t in totals]
            print([job, totals], file=out, flush=True)
    rows = []
    for alpha in alphas:
        row = {"alpha": alpha.hex()}
        for k, name in enumerate(NAMES):
            row[name] = pair([(m, found[alpha, m][k]) for m in ("gauss", "taylor")])
        rows.append(row)
    write(folder, "information.json", {"information": rows}, __file__, PREC)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
