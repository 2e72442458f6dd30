"""Makes Fixtures/stable/information.json: location Fisher information of the standard symmetric stable law.

    python3 Fixtures/generate/stable_information.py Fixtures/stable

I = 2 int_0^oo f'^2/f. The integrand is evaluated in ball arithmetic (contour integrals of f and f'), the outer quadrature is
Gauss-Legendre on the pieces of the tables and in log x beyond 16, at two orders. The stored error is the radius plus twice
the difference of the two orders: a sound estimate, not a proof.
"""

import json
import sys
from multiprocessing import Pool

from flint import arb, ctx

import stable_fixtures
import stable_oracle as oracle


def panels():
    edges = [arb(j) / 8 for j in range(8)]
    for octave in range(4):
        edges += [arb(2) ** octave * (1 + arb(p) / 8) for p in range(8)]
    # Halved from 3 on, where the law turns from normal to power near alpha = 2.
    refined = []
    for lower, upper in zip(edges, edges[1:] + [arb(16)]):
        refined += [lower, (lower + upper) / 2] if float(lower) >= 3 else [lower]
    return refined + [arb(16)]


def ratio(alpha, x):
    f = oracle.contour(alpha, x)
    slope = oracle.contour(alpha, x, order=1)
    return slope * slope / f


def quadrature(alpha, order):
    rule = [arb.legendre_p_root(order, k, weight=True) for k in range(order)]
    total = arb(0)
    edges = panels()
    for lower, upper in zip(edges, edges[1:]):
        half = (upper - lower) / 2
        for node, weight in rule:
            total += weight * half * ratio(alpha, (lower + upper) / 2 + half * node)
    start = arb(16).log()
    for k in range(28):
        half = arb(1) / 4
        for node, weight in rule:
            x = (start + k * 2 * half + half + half * node).exp()
            total += weight * half * ratio(alpha, x) * x
    return 2 * total


def task(alpha):
    ctx.prec = 110
    low = quadrature(alpha, 12)
    high = quadrature(alpha, 18)
    value = high + arb(0, abs(high - low).upper() * 2)
    return {"alpha": alpha.hex(), "location": stable_fixtures.enclose(value)}


def main(folder):
    alphas = [1.01, 1.1, 1.25, 1.5, 1.75, 1.9, 1.95, 1.99]
    with Pool(2) as pool:
        entries = pool.map(task, alphas, chunksize=1)
    text = json.dumps({"information": entries}, sort_keys=True, separators=(",", ":")) + "\n"
    stable_fixtures.write(folder, "information.json", text, "stable_information.py")


if __name__ == "__main__":
    main(sys.argv[1])
