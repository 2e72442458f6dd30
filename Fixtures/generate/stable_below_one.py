"""Makes Fixtures/stable/below-one.json: rigorous enclosures of the standard symmetric stable law with 0 < alpha < 1.

    python3 Fixtures/generate/stable_below_one.py Fixtures/stable

Density, tail, F - 1/2, derivative of the density and quantiles, stored like those of values.json. Every value is known by at least
two of four methods, whose balls must overlap:

  ray         (1/pi) Re int exp(i x t - t^alpha) dt (and its relatives) on t = exp(v + i phi), 0 < phi < pi/2, by FLINT's ball
              integration; the ends are cut where elementary bounds of the modulus leave nothing.
  infinity    Bergstroem's series sum (-1)^(k+1) Gamma(k alpha + 1)/k! sin(k pi alpha/2) x^(-k alpha - 1)/pi, which converges for every
              x > 0; by Gamma(z + alpha) <= Gamma(z) z^alpha (Wendel) the ratio of successive moduli is at most
              (k alpha + 1)^alpha x^(-alpha)/(k + 1), which decreases in k.
  zero        the expansion in powers of x^2, whose remainder is below the first neglected term (that of Taylor's formula for the cosine).
  fresnel     alpha = 1/2: x^(-3/2)/sqrt(2 pi) (sin(z) (1/2 - S(w)) + cos(z) (1/2 - C(w))), z = 1/(4x), w = 1/sqrt(2 pi x).

A quantile is bracketed: the tail at the two ends of a narrow interval lies on the two sides of q, once by each of two methods.
"""

import random
import sys
from multiprocessing import Pool

from flint import acb, arb, ctx

from stable_fixtures import bracket, enclose, pair, second, write

PREC = 200
KINDS = ("density", "tail", "centre", "derivative")


def ray(alpha, x, kind, c=None):
    """Enclosure on the ray of angle phi = c pi/2."""
    alpha, x = arb(alpha), arb(x)
    bits = ctx.prec
    if c is None:
        c = 0.35 if float(x) < 1 else 0.7
    phi = arb.pi() / 2 * arb(c)
    a, b = x * phi.sin(), (alpha * phi).cos()
    power = {"density": 1, "tail": 0, "centre": 0, "derivative": 2}[kind]
    depth = 0.6932 * bits + 40
    af, bf, alf = float(a), float(b), float(alpha)
    lo, hi = -3000.0, 3000.0
    for _ in range(200):
        mid = (lo + hi) / 2
        # a s + b s^alpha against the depth, with v = log s, without overflow.
        value = max(mid + arb(a).log().mid().__float__(), -700.0), max(alf * mid + float(arb(b).log()), -700.0)
        if (2.718281828 ** min(value[0], 600.0) + 2.718281828 ** min(value[1], 600.0)) < depth + 3 * max(mid, 0):
            lo = mid
        else:
            hi = mid
    v1 = arb(hi)
    v0 = -(arb(depth) + 5 + abs(x.log())) / (alpha if power == 0 else power)
    v0 = arb(int(float(v0)) - 1)
    unit = acb(0, phi).exp()
    turn = acb(0, alpha * phi).exp()

    def integrand(v, _):
        s = v.exp()
        return (acb(0, 1) * x * s * unit - (alpha * v).exp() * turn + power * v).exp()

    value = acb.integral(integrand, v0, v1, rel_tol=arb(2) ** (-bits), abs_tol=arb(2) ** (-4 * bits))
    s0, s1 = v0.exp(), v1.exp()
    u1 = s1 ** alpha
    # Right: with u = s^alpha the integrand is at most u^(power/alpha - 1) exp(-b u)/alpha (or the like with a s): a slope bound.
    slope_u = b - (power / alpha - 1) / u1 if power / alpha > 1 else b
    slope_s = a - (power - 1) / s1 if power > 1 else a
    candidates = []
    decay = (-a * s1 - b * u1).exp()
    if slope_u > 0:
        candidates.append(u1 ** (power / alpha - 1) * decay / (alpha * slope_u))
    if slope_s > 0:
        candidates.append(s1 ** (power - 1) * decay / slope_s)
    right = min(candidates, key=lambda ball: float(ball.upper().log()))
    if power == 0:
        # The arc at zero contributes the angle; left of the cut the imaginary part is below x s + s^alpha.
        left = x * s0 + s0 ** alpha / alpha
        result = arb(1) / 2 - phi / arb.pi() - value.imag / arb.pi()
    else:
        left = s0 ** power / power
        rotation = unit ** power * acb(0, 1) ** (power - 1)
        result = (value * rotation).real / arb.pi()
    error = (left + right) / arb.pi()
    result = result + arb(0, error.upper())
    return arb(1) / 2 - result if kind == "centre" else result


def infinity(alpha, x, kind):
    """Enclosure by Bergstroem's series; None when it would need too many digits."""
    af, xf = float(alpha), float(x)
    peak = (af / xf) ** (af / (1 - af)) if (af / (1 - af)) * abs(float((arb(alpha) / arb(x)).log())) < 60 else (0 if xf > af else 1e30)
    if peak > 3000:
        return None
    old = ctx.prec
    ctx.prec = old + int(4 * peak) + 60
    try:
        alpha, x = arb(alpha), arb(x)
        shift = {"density": 1, "tail": 0, "centre": 0, "derivative": 2}[kind]
        total, fact, k = arb(0), arb(1), 0
        step = x ** (-alpha)
        scale = x ** (-shift)
        while True:
            k += 1
            fact = fact * k
            scale = scale * step
            modulus = (k * alpha + shift).gamma() / fact * scale
            term = modulus * arb.sin_pi(k * alpha / 2)
            total = total + (term if k % 2 else -term)
            ratio = (k * alpha + shift) ** alpha * step / (k + 1)
            if ratio < 0.97 and modulus < arb(2) ** (-old - 30) * abs(total):
                break
            if k > 6000:
                return None
        total = (total + arb(0, (modulus * ratio / (1 - ratio)).upper())) / arb.pi()
        if kind == "derivative":
            total = -total
        return arb(1) / 2 - total if kind == "centre" else total
    finally:
        ctx.prec = old


def zero(alpha, x, kind):
    """Enclosure by the expansion at zero, at the term where its remainder is least."""
    alpha, x = arb(alpha), arb(x)
    first = {"density": 1, "tail": 1, "centre": 1, "derivative": 3}[kind]
    odd = {"density": 0, "tail": 1, "centre": 1, "derivative": 1}[kind]
    total, best, k = arb(0), None, 0
    power = x ** odd
    fact = arb(1)
    while k < 600:
        term = ((2 * k + first) / alpha).gamma() / fact * power / (arb.pi() * alpha)
        if best is None or term < best[0]:
            best = (term, total)
        elif term > 1000 * best[0]:
            break
        if k and term < arb(2) ** (-ctx.prec - 10) * abs(total):
            best = (term, total)
            break
        total = total + (term if k % 2 == 0 else -term)
        fact = fact * (2 * k + odd + 1) * (2 * k + odd + 2)
        power = power * x * x
        k += 1
    result = best[1] + arb(0, best[0].upper())
    if kind == "tail":
        return arb(1) / 2 - result
    return -result if kind == "derivative" else result


def fresnel(x):
    old = ctx.prec
    ctx.prec = old + 100
    x = arb(x)
    z, w = 1 / (4 * x), 1 / (2 * arb.pi() * x).sqrt()
    half = arb(1) / 2
    value = (z.sin() * (half - w.fresnel_s()) + z.cos() * (half - w.fresnel_c())) / (x * (2 * arb.pi() * x).sqrt())
    ctx.prec = old
    return value


def methods(alpha, x, kind):
    found = [("ray", ray(alpha, x, kind)), ("infinity", infinity(alpha, x, kind)), ("zero", zero(alpha, x, kind))]
    if alpha == 0.5 and kind == "density":
        found.append(("fresnel", fresnel(x)))
    found = [(n, b) for n, b in found if b is not None and b.rel_accuracy_bits() > 60]
    if len(found) < 2:
        found.append(("ray2", ray(alpha, x, kind, c=0.52)))
    assert len(found) >= 2 and found[0][0] == "ray", (alpha, x, kind, found)
    return found


def point(task):
    alpha, x = task
    ctx.prec = PREC
    return {"alpha": alpha.hex(), "x": x.hex(), **{kind: pair(methods(alpha, x, kind)) for kind in KINDS}}


def quantile(task):
    alpha, q = task
    ctx.prec = PREC
    goal = arb(q)

    def function(x, c=None):
        return ray(alpha, x, "tail", c)

    lo, hi = arb(-60), arb(900)
    for _ in range(30):
        mid = ((lo + hi) / 2).mid()
        if function(mid.exp()) > goal:
            lo = mid
        else:
            hi = mid
    y = ((lo + hi) / 2).mid()
    for _ in range(9):
        x = y.exp()
        tail = function(x)
        slope = x * ray(alpha, x, "density")
        y = (y + (tail / goal).log() * tail / slope).mid()
    x = y.exp().mid()
    first, ball = bracket(alpha, goal, x, [("ray", function)])
    entry = enclose(ball)
    entry["method"] = "bracket-" + first

    def expansion(z):
        ball = zero(alpha, z, "tail")
        # Near one half a tail is worth its absolute error.
        return ball if ball.rad() < arb(2) ** -70 * (arb(1) / 2 - goal) else None

    name, ball = bracket(alpha, goal, x, [
        ("zero", expansion), ("infinity", lambda z: infinity(alpha, z, "tail")),
        ("ray2", lambda z: function(z, c=0.52))])
    entry["second"] = second(entry, "bracket-" + name, ball)
    return {"alpha": alpha.hex(), "q": q.hex(), "x": entry}


def main(folder):
    rng = random.Random(20251205)
    alphas = [1 / 16, 0.1, 0.25, 0.3, 0.5, 2 / 3, 0.7, 0.9, 0.99, 1 - 2.0 ** -30]
    xs = [1e-12, 1e-3, 0.1, 0.5, 1.0, 2.0, 5.0, 17.0, 1e3, 1e8]
    points = [(a, x) for a in alphas for x in xs]
    points += [(rng.uniform(1 / 16, 1), 2.0 ** rng.uniform(-30, 30)) for _ in range(100)]
    qs = [0.49999, 0.4, 0.25, 0.1, 0.01, 1e-6]
    quantiles = [(a, q) for a in alphas for q in qs]
    with Pool(2) as pool:
        payload = {"points": pool.map(point, points, chunksize=4), "quantiles": pool.map(quantile, quantiles, chunksize=2)}
    write(folder, "below-one.json", payload, __file__, PREC)


if __name__ == "__main__":
    main(sys.argv[1])
