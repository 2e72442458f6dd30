"""Makes Fixtures/stable/divergences.json: how far the standard symmetric stable law is from a shifted copy, rigorously.

    python3 Fixtures/generate/stable_divergences.py Fixtures/stable

With p and q the densities of the law and of its copy shifted by d > 0:

    kullbackLeibler  int p log(p/q),   jensenShannon  int p log(2p/(p + q)),   totalVariation  (1/2) int |p - q|.

The first two are symmetric in p and q because the law is. Two methods, each with a proved bound for everything it leaves out; their
balls must overlap:

  halves      The integrals folded at the middle d/2, where p - q changes sign: for u from -d/2 on, with p = f(u) and q = f(u + d), of
              (p - q) log(p/q) and p log(2p/(p + q)) + q log(2q/(p + q)). Gauss-Legendre on panels of u and, beyond 16, of log |u|; the
              nodes by contour integrals. A panel's error is at most 8 M rho^(1 - 2n)/(rho - 1) half widths, M the largest modulus on the
              ellipse with semi-axis sum rho. What lies beyond the last panel is at most d^2 sup|f'|^2/inf f there. Total variation
              is 1 - 2 S(d/2), S by the contour.
  expansions  The integrals over the whole line, not folded, by FLINT's adaptive integration. Near zero f comes from its Taylor series at
              multiples of 1/4, the rest bounded by |f^(n)| <= Gamma((n + 1)/alpha)/(pi alpha) on the real line; further out from the series at
              infinity with its remainder. Beyond the ends the logarithm of p/q is at most d sup|f'/f|. Total variation is
              2 int_0^(d/2) f, since f decreases.

Logarithms are principal branches of balls off the negative axis, so that they are analytic wherever they are used: f is
entire, and where its image of a closed curve stays off the negative axis it has no zero inside. At alpha = 1 and 2 the densities are
elementary, and the first divergence is log(1 + d^2/4) and d^2/4.
"""

import math
import sys
import time
from multiprocessing import Pool

from flint import acb, arb, ctx

import stable_oracle as oracle
from stable_fixtures import pair, write
from stable_information import Series, best_terms, derivative, series_around

PREC = 116
NAMES = ("kullbackLeibler", "jensenShannon", "totalVariation")
NAN = acb(arb("nan"), arb("nan"))


def elementary(alpha):
    return alpha == 1 or alpha == 2


def closed(alpha, x):
    """The Cauchy or normal density and its logarithm."""
    if alpha == 1:
        f = 1 / (arb.pi() * (1 + x * x))
        return f, principal(f)
    exponent, size = -x * x / 4, 2 * arb.pi().sqrt()
    return exponent.exp() / size, exponent - size.log()


def principal(z):
    """The logarithm where it is analytic, else nothing."""
    return z.log() if z.real > 0 or z.imag > 0 or z.imag < 0 else NAN


def middle(larger, smaller):
    """log((p + q)/2) from the logarithms of p and q."""
    return larger + principal((1 + (smaller - larger).exp()) / 2)


def outer_start(alpha):
    """From where on the series at infinity is good to a hundred bits."""
    if elementary(alpha):
        return 16
    for start in (16, 20, 24, 28, 32, 40):
        reach = start * (arb.pi() / (2 * alpha)).sin()
        series = Series(alpha, best_terms(alpha, reach))
        leading = series.value[0] * arb(start) ** (-alpha - 1)
        if series.remainders(reach, arb(9))[0] < leading * arb(2) ** -104:
            return start
    raise SystemExit("no start for the series at infinity at %r" % float(alpha))


class Far:
    """Bounds of the densities of index below two from x on: f >= floor x^(-a - 1), |f'| <= slope x^(-a - 2), f <= ceiling x^(-a - 1)."""

    def __init__(self, alpha, x):
        sine = (arb.pi() / (2 * alpha)).sin()
        constant = (alpha + 1).gamma() * (arb.pi() * alpha / 2).sin() / arb.pi()
        second = (2 * alpha + 1).gamma() / (2 * arb.pi() * sine ** (2 * alpha + 1)) * x ** (-alpha)
        assert second < constant / 2, (alpha, x)
        self.floor = constant / 2
        self.ceiling = (alpha + 1).gamma() / (arb.pi() * sine ** (alpha + 1))
        self.slope = (alpha + 2).gamma() / (arb.pi() * sine ** (alpha + 2))


def padded(value, error):
    return value + acb(arb(0, error.upper()), arb(0, error.upper())) if isinstance(value, acb) else value + arb(0, error.upper())


# --- halves


def folded(p, log_p, q, log_q):
    """The two folded integrands."""
    log_middle = middle(log_p, log_q)
    return [(p - q) * (log_p - log_q), p * (log_p - log_middle) + q * (log_q - log_middle)]


class Halves:
    NODES = 24
    RHO = 4

    def __init__(self, alpha):
        self.alpha, self.shift = alpha, None
        # The first copy is the same for all shifts.
        self.kept = {}
        self.rule = [arb.legendre_p_root(self.NODES, k, weight=True) for k in range(self.NODES)]

    def keep(self, x, function):
        key = tuple(part.man_exp() for part in (x.real.mid(), x.real.rad(), x.imag.mid(), x.imag.rad()))
        if key not in self.kept:
            self.kept[key] = function(x)
        return self.kept[key]

    def density(self, x):
        """f and its logarithm at a real ball."""
        if elementary(self.alpha):
            return closed(self.alpha, x)
        x = x.real
        f = acb(oracle.contour(self.alpha, abs(x), c=0.3 if abs(x) < 2 else 0.55 if abs(x) < 16 else 0.8))
        return f, principal(f)

    def around(self, x):
        """f and its logarithm on a complex ball; what the logarithm cannot follow is not a number."""
        if elementary(self.alpha):
            return closed(self.alpha, x)
        if x.real.mid() < 0:
            x = -x
        if x.real.lower() > 14:
            f = series_around(self.alpha, x)[0]
        else:
            centre = acb(x.real.mid(), x.imag.mid())
            f = derivative(self.alpha, centre, bits=30) + derivative(self.alpha, x, 1, bits=24) * (x - centre)
        return f, principal(f)

    def bound(self, middle, half, change):
        """The largest moduli of the integrands on the ellipse around a panel; None when they are not analytic there, as far as seen."""
        rho = arb(self.RHO)
        old = ctx.prec
        ctx.prec = 64
        try:
            for arcs in (16, 64):
                bounds = [arb(0)] * 2
                for k in range(arcs):
                    theta = arb.pi() * arb(arb(2 * k + 1) / (2 * arcs), arb(0.5) / arcs + arb(2) ** -50)
                    z = acb(middle + half * (rho + 1 / rho) / 2 * theta.cos(), half * (rho - 1 / rho) / 2 * theta.sin())
                    u, jacobian = change(z)
                    values = folded(*self.keep(u, self.around), *self.around(u + self.shift))
                    bounds = [b.max(abs(v * jacobian).upper()) for b, v in zip(bounds, values)]
                    if not all(b.is_finite() for b in bounds):
                        break
                else:
                    return bounds
        finally:
            ctx.prec = old

    def panel(self, lower, upper, change, depth=0):
        middle, half = (lower + upper) / 2, (upper - lower) / 2
        bounds = self.bound(middle, half, change)
        if bounds is None or max(float(b) for b in bounds) > 100:
            assert depth < 8, (self.alpha, self.shift, lower)
            parts = [self.panel(a, b, change, depth + 1) for a, b in ((lower, middle), (middle, upper))]
            return [a + b for a, b in zip(*parts)]
        totals = [arb(0)] * 2
        for node, weight in self.rule:
            u, jacobian = change(acb(middle + half * node))
            values = folded(*self.keep(u, self.density), *self.density(u + self.shift))
            totals = [t + weight * half * (jacobian * v).real for t, v in zip(totals, values)]
        rho = arb(self.RHO)
        factor = 8 * rho ** (1 - 2 * self.NODES) / (rho - 1) * half
        return [t + arb(0, (b * factor).upper()) for t, b in zip(totals, bounds)]

    def beyond(self, u):
        """At least the two integrals from u on."""
        if self.alpha == 2:
            # (p - q) log(p/q) <= p d (2u + d)/4, and the other integrand is below (p - q)^2/(p + q) <= (p - q) log(p/q)/2.
            return self.shift * closed(self.alpha, acb(u))[0].real * (1 + self.shift / (2 * u))
        # p - q and log(p/q) by the mean value theorem; the other integrand is below (p - q)^2/(p + q).
        far = Far(self.alpha, u)
        return self.shift ** 2 * far.slope ** 2 / far.floor * u ** (-self.alpha - 2) / (self.alpha + 2)

    def integrals(self):
        alpha, start, left = self.alpha, arb(16).log(), -self.shift / 2
        panels = []
        if left < -16:
            length = (-left).log() - start
            count = math.ceil(float(length) / 0.5)
            panels += [(start + length * k / count, start + length * (k + 1) / count, lambda z: (-z.exp(), z.exp())) for k in range(count)]
            left = arb(-16)
        edges = [left] + [arb(k) / 2 for k in range(-32, 33) if arb(k) / 2 > left]
        panels += [(a, b, lambda z: (z, 1)) for a, b in zip(edges, edges[1:])]
        size = math.log(max(1.0, float(self.shift)))
        count = 2 if alpha == 2 else math.ceil(2 * ((58 + 2 * size) / (float(alpha) + 2) - float(start)))
        panels += [(start + arb(k) / 2, start + arb(k + 1) / 2, lambda z: (z.exp(), z.exp())) for k in range(count)]
        totals = [arb(0)] * 2
        for lower, upper, change in panels:
            totals = [t + p for t, p in zip(totals, self.panel(lower, upper, change))]
        rest = self.beyond(panels[-1][1].exp())
        return [t + arb(0, rest.upper()) for t in totals]

    def values(self, shift):
        self.shift = shift
        half = self.shift / 2
        if elementary(self.alpha):
            tail = (1 / half).atan() / arb.pi() if self.alpha == 1 else (half / 2).erfc() / 2
        else:
            tail = oracle.contour(self.alpha, half, tail=True)
        return self.integrals() + [1 - 2 * tail]


# --- expansions


class Expansions:
    SPACING = 4

    def __init__(self, alpha):
        self.alpha = alpha
        self.start = outer_start(alpha)
        self.kept = {}
        self.series = {}
        # As many terms as the distance 1/8 of the real line from the next centre asks for.
        self.terms = next(n for n in range(8, 200) if self.coefficient_bound(n) < arb(8) ** n * arb(2) ** -(PREC - 16))
        # From there on successive bounds fall by less and less (Gautschi).
        self.ratio = ((self.terms + 1) / alpha + 1) ** (1 / alpha) / (self.terms + 1)

    def coefficient_bound(self, n):
        """At least |f^(n)|/n! on the real line."""
        return ((n + 1) / self.alpha).gamma() / (arb.pi() * self.alpha * arb(n + 1).gamma())

    def taylor(self, index):
        if index not in self.kept:
            old = ctx.prec
            ctx.prec = PREC
            centre, fact, coefficients = arb(index) / self.SPACING, arb(1), []
            for n in range(self.terms):
                fact = fact * max(n, 1)
                coefficients.append(derivative(self.alpha, centre, n) / fact)
            self.kept[index] = coefficients
            ctx.prec = old
        return self.kept[index]

    def density(self, x):
        """f and its logarithm on a complex ball; what cannot be had is not a number."""
        if elementary(self.alpha):
            return closed(self.alpha, x)
        if not x.is_finite():
            return NAN, NAN
        if x.real.mid() < 0:
            x = -x
        f = self.far(x) if float(x.real.mid()) > self.start else self.near(x)
        return f, principal(f)

    def near(self, x):
        index = round(float(x.real.mid()) * self.SPACING)
        offset = x - arb(index) / self.SPACING
        modulus = abs(offset).upper()
        if not modulus * self.ratio < 0.7:
            return NAN
        total = acb(0)
        for coefficient in reversed(self.taylor(index)):
            total = total * offset + coefficient
        return padded(total, self.coefficient_bound(self.terms) * modulus ** self.terms / (1 - modulus * self.ratio))

    def far(self, x):
        phi = arb.pi() / (2 * self.alpha)
        # Both the ray and its mirror image serve.
        reach = (x.real * phi.sin() - abs(x.imag) * phi.cos()).lower()
        if not reach > 2:
            return NAN
        terms = best_terms(self.alpha, reach)
        if terms not in self.series:
            self.series[terms] = Series(self.alpha, terms)
        series = self.series[terms]
        u, total = x ** (-self.alpha), acb(0)
        for value in reversed(series.value):
            total = total * u + value
        return padded(total * u / x, series.remainders(reach, abs(arb(reach).log()) + 2)[0])

    def integrand(self, which, shift, change):
        def function(z, _):
            x, jacobian = change(z)
            f, log_f = self.density(x)
            if which == 2:
                return f * jacobian
            log_g = self.density(x - shift)[1]
            if which == 0:
                return f * jacobian * (log_f - log_g)
            # The ball meets the real line, where both orders give the same.
            return f * jacobian * (log_f - middle(*((log_f, log_g) if log_f.real.mid() > log_g.real.mid() else (log_g, log_f))))

        return function

    def integral(self, which, shift, lower, upper, change):
        value = acb.integral(self.integrand(which, shift, change), lower, upper, rel_tol=arb(2) ** -(PREC - 10), abs_tol=arb(2) ** -(PREC - 6))
        assert value.is_finite(), (self.alpha, which, shift, lower)
        return value.real

    def straight(self, which, shift, lower, upper):
        """Pieces short enough for the expansions."""
        change = lambda z: (z, 1)
        count = max(1, math.ceil(float(upper - lower) * 4))
        return sum((self.integral(which, shift, lower + (upper - lower) * k / count, lower + (upper - lower) * (k + 1) / count, change)
                    for k in range(count)), arb(0))

    def divergence(self, which, shift):
        start = arb(self.start) + 1
        end = arb(math.log(64 + float(shift))) if self.alpha == 2 else arb(math.ceil(90 / (float(self.alpha) + 1)))
        log_start = start.log()
        pieces = [(log_start, end, lambda z: (-z.exp(), z.exp())), (log_start, end, lambda z: (shift + z.exp(), z.exp()))]
        if shift > 2 * start + 2:
            log_half = (shift / 2).log()
            pieces += [(log_start, log_half, lambda z: (z.exp(), z.exp())), (log_start, log_half, lambda z: (shift - z.exp(), z.exp()))]
            total = self.straight(which, shift, -start, start) + self.straight(which, shift, shift - start, shift + start)
        else:
            total = self.straight(which, shift, -start, shift + start)
        for lower, upper, change in pieces:
            total = total + self.integral(which, shift, lower, upper, change)
        # The logarithm of 2p/(p + q) is at most that of p/q in size.
        return total + arb(0, self.beyond(shift, end.exp()).upper())

    def beyond(self, shift, x):
        """At least both integrals over |x| beyond this and beyond shift + this."""
        if self.alpha == 2:
            # |log(p/q)| = d |2x - d|/4, below d (x + d)/2.
            return shift * closed(self.alpha, acb(x))[0].real * (2 + 2 * shift / x)
        far = Far(self.alpha, x)
        return 2 * shift * far.ceiling * far.slope / far.floor * x ** (-self.alpha - 1) / (self.alpha + 1)

    def distance(self, shift):
        half, start = shift / 2, arb(self.start)
        if half < start:
            return 2 * self.straight(2, shift, arb(0), half)
        outer = self.integral(2, shift, start.log(), half.log(), lambda z: (z.exp(), z.exp()))
        return 2 * (self.straight(2, shift, arb(0), start) + outer)

    def values(self, shift):
        return [self.divergence(0, shift), self.divergence(1, shift), self.distance(shift)]


# --- the file


def task(job):
    alpha, shifts, method = job
    ctx.prec = PREC
    began = time.process_time()
    law = (Halves if method == "halves" else Expansions)(arb(alpha))
    found = [law.values(arb(shift)) for shift in shifts]
    # Balls travel between processes as decimal enclosures.
    return [(alpha, shift, method, [value.str(45) for value in values]) for shift, values in zip(shifts, found)], \
        time.process_time() - began


def main(folder):
    alphas = [1.0, 1.01, 1.1, 1.5, 1.9, 1.99, 2.0]
    shifts = {alpha: [2.0 ** -6, 2.0, 10.0] + ([1000.0] if alpha < 2 else []) for alpha in alphas}
    jobs = [(alpha, shifts[alpha], method) for alpha in alphas for method in ("halves", "expansions")]
    found = {}
    with Pool(2) as pool:
        for results, seconds in pool.imap_unordered(task, jobs):
            for alpha, shift, method, values in results:
                print(alpha, shift, method, "%.0f s" % seconds, values, flush=True)
                found[alpha, shift, method] = [arb(value) for value in values]
    ctx.prec = PREC + 20
    rows = []
    for alpha in alphas:
        for shift in shifts[alpha]:
            row = {"alpha": alpha.hex(), "shift": shift.hex()}
            for k, name in enumerate(NAMES):
                balls = [(method, found[alpha, shift, method][k]) for method in ("halves", "expansions")]
                if k == 0 and elementary(alpha):
                    square = arb(shift) ** 2 / 4
                    balls.append(("closed", (1 + square).log() if alpha == 1 else square))
                row[name] = pair(balls)
            rows.append(row)
    write(folder, "divergences.json", {"divergences": rows}, __file__, PREC)


if __name__ == "__main__":
    main(sys.argv[1])
