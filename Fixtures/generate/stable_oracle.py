"""Rigorous enclosures of the standard symmetric alpha-stable law (c.f. exp(-|t|^alpha), 1 <= alpha <= 2).

Three independent methods, each a ball with a proved truncation bound:

  contour   f(x) = (1/pi) Re int_0^oo exp(i x t - t^alpha) dt on the ray t = exp(v + i phi), 0 < phi <= pi/(2 alpha).
            In v the integrand is entire, so FLINT's ball integration needs no branch handling. The two ends are cut at
            V0 and V1; on the ray |exp(i x t)| = exp(-x s sin phi) and |exp(-t^alpha)| = exp(-s^alpha cos(alpha phi)).
  maclaurin f(x) = (1/(pi alpha)) sum (-1)^k Gamma((2k+1)/alpha)/(2k)! x^(2k); by Gautschi's inequality the ratio of
            successive terms is at most rho_k = ((2k+1)/alpha + 1)^(2/alpha) x^2/((2k+1)(2k+2)), decreasing in k.
  tail      f(x) = (1/pi) sum_{1<=k<n} (-1)^(k+1) Gamma(k alpha+1)/k! sin(k pi alpha/2) x^(-k alpha-1) + R_n with
            |R_n| <= Gamma(n alpha+1)/(pi n! (x sin(pi/(2 alpha)))^(n alpha+1)): rotate to phi = pi/(2 alpha), where
            exp(-t^alpha) is a Taylor polynomial in a purely imaginary argument.

`alpha` and `x` are taken as exact binary64 numbers or balls. Needs python-flint (MIT).
"""

import math

from flint import acb, arb, ctx

PREC = 200


def contour_pieces(alpha, x, c):
    """Angle, V0, V1 and the two cut-off balls for t^power weights are worked out by the callers."""
    phi = arb.pi() / (2 * alpha) * arb(c)
    a = x * phi.sin()
    b = (alpha * phi).cos()
    return phi, a, b


def right_cut(alpha, a, b, bits):
    """A point S with a S + b S^alpha > bits log 2 + margin, and its logarithm."""
    target = 0.6932 * bits + 25.0
    af, bf, alf = float(a), max(float(b), 0.0), float(alpha)
    lo, hi = 1e-30, 1e30
    for _ in range(300):
        mid = (lo * hi) ** 0.5
        if af * mid + bf * mid ** alf < target:
            lo = mid
        else:
            hi = mid
    return arb(hi)


def contour(alpha, x, order=0, tail=False, c=None, bits=None):
    """Enclosure of f^(order)(x), or of the tail function when `tail`. x > 0."""
    bits = bits or ctx.prec
    alpha, x = arb(alpha), arb(x)
    if c is None:
        # Small angles for small x keep cos(alpha phi) away from zero, large angles for large x give early decay.
        xf = float(x)
        c = 0.4 if xf < 4 else (0.6 if xf < 20 else 0.85)
    phi, a, b = contour_pieces(alpha, x, c)
    s_right = right_cut(alpha, a, b, bits)
    v1 = s_right.log()
    v1 = arb(v1.mid())
    s1 = v1.exp()
    direction = acb(0, phi).exp()
    turn = acb(0, alpha * phi).exp()
    n = order
    if tail:
        v0 = arb(-int(0.6932 * bits) - 20 - max(0, int(float(x.log()))))
        left = x * v0.exp() + (alpha * v0).exp() / alpha
        power = 0
    else:
        v0 = arb(-int((0.6932 * bits + 20) / (n + 1)) - 1)
        left = ((n + 1) * v0).exp() / (n + 1)
        power = n + 1

    def integrand(v, _):
        s = v.exp()
        z = acb(0, 1) * x * s * direction - (alpha * v).exp() * turn
        return (z + power * v).exp()

    value = acb.integral(integrand, v0, v1, rel_tol=arb(2) ** (-bits), abs_tol=arb(2) ** (-bits - 40))
    # int_{s1}^oo s^(power-1) exp(-a s - b s^alpha) ds <= int s^n exp(-a s) <= s1^n e^{-a s1 - b s1^alpha}/(a - n/s1).
    slope = a + b * alpha * s1 ** (alpha - 1) - (power - 1 if power > 1 else 0) / s1
    assert slope > 0
    right = (-a * s1 - b * s1 ** alpha).exp() * s1 ** (power - 1 if power > 1 else 0) / slope
    if power == 0:
        right = right / s1
    err = left + right
    if tail:
        # The full contour adds the small arc at zero, which contributes the angle phi.
        result = arb(1) / 2 - phi / arb.pi() - value.imag / arb.pi()
    else:
        rot = direction ** (n + 1) * acb(0, 1) ** n
        result = (value * rot).real / arb.pi()
    e = err / arb.pi()
    return result + arb(0, e.upper() if hasattr(e, "upper") else e)


def maclaurin(alpha, x, tail=False, bits=None):
    """Enclosure of f(x) or of the tail function by the series at zero; alpha > 1. None when it would be too long."""
    bits = bits or ctx.prec
    alpha, x = arb(alpha), arb(x)
    if not alpha > 1:
        return None
    af, xf = float(alpha), float(x)
    # The largest terms are near N* = x^(alpha/(alpha-1)): give up when the cancellation is too deep.
    n_star = math.exp(min(20.0, af / (af - 1) * math.log(xf))) if xf > 1 else 1.0
    if n_star > 1200:
        return None
    old = ctx.prec
    ctx.prec = bits + int(3 * n_star) + 60
    try:
        total = arb(0)
        k = 0
        x2 = x * x
        fact = arb(1)
        xp = arb(1)
        while True:
            g = ((2 * k + 1) / alpha).gamma() if True else None
            term = g / fact * xp
            if tail:
                term = term * x / (2 * k + 1)
            total = total + (term if k % 2 == 0 else -term)
            fact = fact * (2 * k + 1) * (2 * k + 2)
            xp = xp * x2
            rho = ((2 * k + 1) / alpha + 1) ** (2 / alpha) * x2 / ((2 * k + 1) * (2 * k + 2))
            k += 1
            if rho < 0.5 and term < arb(2) ** (-bits - 30):
                bound = term * rho / (1 - rho)
                break
            if k > 3000:
                return None
        total = (total + arb(0, bound.upper())) / (arb.pi() * alpha)
        return arb(1) / 2 - total if tail else total
    finally:
        ctx.prec = old


def tail_series(alpha, x, tail=False, rel=None):
    """Enclosure by the expansion at infinity; None when its remainder cannot be made small."""
    alpha, x = arb(alpha), arb(x)
    s = (arb.pi() / (2 * alpha)).sin()
    best = None
    total = arb(0)
    xs = x * s
    goal = arb(2) ** (-(rel or ctx.prec))
    fact = arb(1)
    first = None
    for k in range(1, 400):
        fact = fact * k
        if tail:
            bound = (k * alpha).gamma() / (arb.pi() * fact * s * xs ** (k * alpha))
        else:
            bound = (k * alpha + 1).gamma() / (arb.pi() * fact * xs ** (k * alpha + 1))
        if first is not None:
            if best is None or bound < best[0]:
                best = (bound, total)
            elif bound > best[0] * 1000:
                break
            if bound < abs(first) * goal:
                break
        sine = arb.sin_pi(k * alpha / 2)
        if tail:
            term = (k * alpha).gamma() / fact * sine * x ** (-k * alpha)
        else:
            term = (k * alpha + 1).gamma() / fact * sine * x ** (-k * alpha - 1)
        term = term / arb.pi()
        if first is None:
            first = term
        total = total + (term if k % 2 == 1 else -term)
    bound, partial = best
    return partial + arb(0, bound.upper())


def density(alpha, x):
    """The best of the methods, for building tables (not the overlap test)."""
    return _best(alpha, x, False)


def tail(alpha, x):
    return _best(alpha, x, True)


def _best(alpha, x, is_tail):
    alpha, x = arb(alpha), arb(x)
    xf, af = float(x), float(alpha)
    candidate = None
    if xf > 1:
        candidate = tail_series(alpha, x, tail=is_tail)
        if candidate.rel_accuracy_bits() > 110:
            return candidate
    if af > 1 and (xf < 1 or af / (af - 1) * math.log(xf) < 4.1):
        m = maclaurin(alpha, x, tail=is_tail)
        if m is not None and m.rel_accuracy_bits() > 110:
            return m
    return contour(alpha, x, tail=is_tail)


if __name__ == "__main__":
    import time

    ctx.prec = PREC
    for al in (1.01, 1.1, 1.5, 1.9, 1.99):
        for xx in (0.001, 0.1, 1.0, 3.0, 10.0, 30.0, 1000.0):
            row = []
            for t in (False, True):
                t0 = time.time()
                a = contour(al, xx, tail=t)
                t1 = time.time() - t0
                others = [maclaurin(al, xx, tail=t), tail_series(al, xx, tail=t)]
                b = contour(al, xx, tail=t, c=0.73)
                others.append(b)
                ok = all(o is None or o.overlaps(a) for o in others)
                row.append((a.rel_accuracy_bits(), [None if o is None else o.rel_accuracy_bits() for o in others], ok, round(t1 * 1e3, 1)))
            print(al, xx, row)
