"""Makes Sources/StableLaws/SymmetricStableTables.swift: the coefficients of density and tail for 1 <= alpha <= 2.

    python3 Fixtures/generate/stable_tables.py Sources/StableLaws/SymmetricStableTables.swift

Layout (all binary64, little-endian, base64; see SymmetricStableCoefficients.swift, which reads it):
  alpha is cut in quarters [1 + q/4, 1 + (q+1)/4]; a = 8 (alpha - centre) in [-1, 1] carries Chebyshev polynomials.
  x in [0, 16) is cut in 40 pieces: eighths of [0, 1), then eighths of each octave [1,2), [2,4), [4,8), [8,16).
  In a piece with centre c and half width w the local variable is t = (x - c)/w with 12 monomials; piece 0 uses
  t = (8 x)^2 instead, so that derivatives at zero keep full relative accuracy.
  x >= 16 is one piece in v = (16/x)^alpha with 14 monomials.
Functions: density f; centre C = F - 1/2 (pieces 1...7; C/x in piece 0) then tail S = 1 - F; beyond 16 f x^(alpha+1)
  and S x^alpha. In the last quarter, from x = 3 on, the tables hold (f - g)/(2 - alpha) and (S - s)/(2 - alpha), where
  g and s belong to alpha = 2: relative accuracy then survives alpha -> 2.
  Last come erfcx(x/2)/2 on the pieces from x = 3 on and x erfcx(x/2)/2 in v = (16/x)^2.
Of monomial i only the first `profile[i]` Chebyshev coefficients in alpha are kept (the rest are below 2^-60 of the
piece's leading coefficient).
"""

import base64
import hashlib
import struct
import sys
from multiprocessing import Pool

from flint import arb, arb_mat, ctx

import stable_oracle as oracle

ctx.prec = 150
NX, NV, NA = 12, 14, 20
PIECES, SPLIT = 40, 20


def piece(j):
    """Lower end and width of piece j."""
    if j < 8:
        return arb(j) / 8, arb(1) / 8
    octave, part = divmod(j - 8, 8)
    return arb(2) ** octave * (1 + arb(part) / 8), arb(2) ** octave / 8


def chebyshev_nodes(n):
    return [arb.cos_pi(arb(2 * k + 1) / (2 * n)) for k in range(n)]


def interpolate(nodes, values):
    """Monomial coefficients of the interpolating polynomial (Newton's divided differences, in balls)."""
    n = len(nodes)
    d = list(values)
    for level in range(1, n):
        for i in range(n - 1, level - 1, -1):
            d[i] = (d[i] - d[i - 1]) / (nodes[i] - nodes[i - level])
    poly = [d[n - 1]]
    for i in range(n - 2, -1, -1):
        shifted = [arb(0)] + poly
        for k, c in enumerate(poly):
            shifted[k] = shifted[k] - nodes[i] * c
        shifted[0] = shifted[0] + d[i]
        poly = shifted
    return poly


def gauss_density(x):
    return (-x * x / 4).exp() / (2 * arb.pi().sqrt())


def gauss_tail(x):
    return (x / 2).erfc() / 2


def column(task):
    """All monomial coefficients at one alpha node: list of rows (density then tail, pieces 0...40)."""
    q, k = task
    ctx.prec = 150
    a = arb.cos_pi(arb(2 * k + 1) / (2 * NA))
    alpha = 1 + arb(2 * q + 1) / 8 + a / 8
    rows = []
    for which in (0, 1):
        for j in range(PIECES):
            lo, width = piece(j)
            values, nodes = [], []
            n = NX if j else 9
            for node in chebyshev_nodes(n):
                if j == 0:
                    t = (1 + node) / 2
                    x = t.sqrt() / 8
                else:
                    t = node
                    x = lo + width * (1 + t) / 2
                v = oracle.tail(alpha, x) if which else oracle.density(alpha, x)
                if which and j < 8:
                    v = arb(1) / 2 - v
                    if j == 0:
                        v = v / x
                if q == 3 and j >= SPLIT:
                    v = (v - (gauss_tail(x) if which else gauss_density(x))) / (2 - alpha)
                nodes.append(t)
                values.append(v)
            p = interpolate(nodes, values)
            rows.append(p + [arb(0)] * (NX - len(p)))
        nodes, values = [], []
        for node in chebyshev_nodes(NV):
            v = (1 + node) / 2
            x = 16 * v ** (-1 / alpha)
            y = oracle.tail(alpha, x) if which else oracle.density(alpha, x)
            if q == 3:
                y = (y - (gauss_tail(x) if which else gauss_density(x))) / (2 - alpha)
            nodes.append(v)
            values.append(y * x ** alpha * (1 if which else x))
        rows.append(interpolate(nodes, values))
    worst = min(c.rad() and (-(c.rad() / (abs(r[0]))).log() / arb(2).log()).mid() or arb(999) for r in rows for c in r[:1])
    return task, [[c.mid().str(45, radius=False) for c in r] for r in rows], float(worst)


def main(path):
    tasks = [(q, k) for q in range(4) for k in range(NA)]
    columns = {}
    worst = 999.0
    with Pool(2) as pool:
        for task, rows, bits in pool.imap_unordered(column, tasks):
            columns[task] = rows
            worst = min(worst, bits)
            print("\r%d/%d  least accurate leading coefficient: %.0f bits" % (len(columns), len(tasks), worst),
                  end="", file=sys.stderr)
    print(file=sys.stderr)

    cosines = [[arb.cos_pi(arb(m * (2 * k + 1)) / (2 * NA)) for k in range(NA)] for m in range(NA)]
    rows_per = 2 * (PIECES + 1)
    table = {}
    profile_x, profile_v = [1] * NX, [1] * NV
    for q in range(4):
        for r in range(rows_per):
            last = r % (PIECES + 1) == PIECES
            for i in range(NV if last else NX):
                values = [arb(columns[(q, k)][r][i]) for k in range(NA)]
                coefficients = []
                for m in range(NA):
                    s = sum((v * c for v, c in zip(values, cosines[m])), arb(0)) * 2 / NA
                    coefficients.append(s / 2 if m == 0 else s)
                table[(q, r, i)] = coefficients
                scale = abs(float(table[(q, r, 0)][0]))
                for m in range(NA):
                    if abs(float(coefficients[m])) > 2.0 ** -60 * scale:
                        p = profile_v if last else profile_x
                        p[i] = max(p[i], m + 1)
    print("profile", profile_x, profile_v, file=sys.stderr)
    data = []
    for q in range(4):
        for r in range(rows_per):
            last = r % (PIECES + 1) == PIECES
            for i, n in enumerate(profile_v if last else profile_x):
                data += [float(c) for c in table[(q, r, i)][:n]]
    # alpha = 2: scaled complementary error function.
    ctx.prec = 300
    for j in range(SPLIT, PIECES):
        lo, width = piece(j)
        nodes = chebyshev_nodes(NX)
        values = [(x * x / 4).exp() * (x / 2).erfc() / 2 for x in (lo + width * (1 + t) / 2 for t in nodes)]
        data += [float(c) for c in interpolate(nodes, values)]
    nodes = [(1 + t) / 2 for t in chebyshev_nodes(NV)]
    values = []
    for v in nodes:
        x = 16 / v.sqrt()
        ctx.prec = 300 + int(float(x) ** 2)
        values.append(x * (x * x / 4).exp() * (x / 2).erfc() / 2)
        ctx.prec = 300
    data += [float(c) for c in interpolate(nodes, values)]

    raw = struct.pack("<%dd" % len(data), *data)
    text = base64.b64encode(raw).decode()
    lines = [text[i:i + 108] for i in range(0, len(text), 108)]
    with open(path, "w") as out:
        out.write("// Generated by Fixtures/generate/stable_tables.py; do not edit by hand.\n// swift-format-ignore-file\n\n")
        out.write("/// Chebyshev-by-Taylor coefficients of the symmetric stable density and tail, %d binary64 numbers in base64.\n" % len(data))
        out.write("///\n/// Made from ball arithmetic at 150 bits; every leading coefficient was known to at least %d bits.\n" % worst)
        out.write("/// SHA-256 of the bytes: %s\n" % hashlib.sha256(raw).hexdigest())
        out.write("enum SymmetricStableTables {\n")
        out.write("  static let alphaDegreesInside: [Int] = %s\n" % profile_x)
        out.write("  static let alphaDegreesOutside: [Int] = %s\n" % profile_v)
        out.write("  static let count = %d\n" % len(data))
        out.write('  static let base64: StaticString = """\n')
        for line in lines:
            out.write("    %s\n" % line)
        out.write('    """\n}\n')


if __name__ == "__main__":
    main(sys.argv[1])
