"""Makes Fixtures/stable/values.json: rigorous enclosures for the symmetric stable law, and its VERSIONS.json.

    python3 Fixtures/generate/stable_fixtures.py Fixtures/stable

Every value: v (nearest binary64, hex), r (residual, hex), e (bound of |true - (v + r)|, hex), dec (decimal ball). Tail
index, argument and probability are exact binary64 numbers, also in hex. Each density and tail is computed by at least two
methods (closed form, contour integral, series at zero, series at infinity; a second angle of the contour where neither series
reaches); all balls must overlap. The narrowest is stored, and beside it under "second" the name of the best independent one with
d (its centre minus v + r) and e (its radius), so that a reader can check the overlap: |d| <= e + e. Quantiles come from interval
Newton steps on the tail by the contour; the second method brackets them by the signs of tail - q at x(1 -+ delta).
"""

import hashlib
import json
import os
import random
import sys
from multiprocessing import Pool

import flint
from flint import arb, ctx

import stable_oracle as oracle

PREC = 220
ctx.prec = PREC


def enclose(ball):
    """The stored form of a ball."""
    mid = ball.mid()
    v = float(mid)
    r = float(mid - arb(v))
    err = abs(ball - arb(v) - arb(r)).upper()
    e = float(err) * (1 + 2.0 ** -50) + 5e-324
    return {"v": v.hex(), "r": r.hex(), "e": e.hex(), "dec": ball.str(30)}


FAMILY = {"contour2": "contour", "ray2": "ray"}


def pair(found):
    """The stored form of a list of (method, ball), which must overlap: the narrowest, and the best of another family."""
    for i, (n1, b1) in enumerate(found):
        for n2, b2 in found[:i]:
            assert b1.overlaps(b2), (n1, n2, b1, b2)
    found = sorted(found, key=lambda nb: -nb[1].rel_accuracy_bits())
    name, best = found[0]
    family = FAMILY.get(name, name)
    others = [nb for nb in found[1:] if FAMILY.get(nb[0], nb[0]) != family] or found[1:]
    other, ball = others[0]
    entry = enclose(best)
    entry["method"] = name
    entry["second"] = second(entry, other, ball)
    return entry


def second(entry, name, ball):
    offset = ball - arb(float.fromhex(entry["v"])) - arb(float.fromhex(entry["r"]))
    d = float(offset.mid())
    e = float(abs(offset - arb(d)).upper()) * (1 + 2.0 ** -50) + 5e-324
    return {"method": name, "d": d.hex(), "e": e.hex()}


def gaussian(x, tail):
    return (x / 2).erfc() / 2 if tail else (-x * x / 4).exp() / (2 * arb.pi().sqrt())


def methods(alpha, x, tail):
    """Balls by all methods that know at least sixty bits."""
    x = arb(x)
    if x == 0:
        if tail:
            return [("symmetry", arb(1) / 2), ("maclaurin", oracle.maclaurin(max(alpha, 1.5), 0, tail=True))]
        return [("closed", (1 / arb(alpha) + 1).gamma() / arb.pi()), ("contour", oracle.contour(alpha, x))]
    found = []
    if alpha == 2:
        # The contour cancels like exp(-x^2/4).
        ctx.prec = PREC + int(float(x) ** 2)
        found.append(("closed", gaussian(x, tail)))
    if alpha == 1:
        found.append(("closed", (1 / x).atan() / arb.pi() if tail else 1 / (arb.pi() * (1 + x * x))))
    found.append(("contour", oracle.contour(alpha, x, tail=tail)))
    if alpha > 1:
        found.append(("maclaurin", oracle.maclaurin(alpha, x, tail=tail)))
    if float(x) > 1 and alpha < 2:
        found.append(("series", oracle.tail_series(alpha, x, tail=tail)))
    found = [(n, b) for n, b in found if b is not None and b.rel_accuracy_bits() > 60]
    if len(found) < 2:
        found.append(("contour2", oracle.contour(alpha, x, tail=tail, c=0.71)))
    ctx.prec = PREC
    return found


def point(task):
    alpha, x = task
    densities, tails = methods(alpha, x, False), methods(alpha, x, True)
    f = max(densities, key=lambda nb: nb[1].rel_accuracy_bits())[1]
    s = max(tails, key=lambda nb: nb[1].rel_accuracy_bits())[1]
    return {"alpha": alpha.hex(), "x": float(x).hex(), "density": pair(densities), "tail": pair(tails),
            "logDensity": enclose(f.log()), "logTail": enclose(s.log())}


def bracket(alpha, q, x, candidates):
    """The narrowest x(1 -+ delta) at whose ends one of the candidates proves tail > q > tail, with the method's name."""
    for name, function in candidates:
        for bits in (100, 80, 60, 40):
            delta = arb(2) ** -bits
            below, above = function(x * (1 - delta)), function(x * (1 + delta))
            if below is None or above is None:
                break
            assert not below < q and not above > q, (alpha, q, name)
            if below > q and above < q:
                return name, x + arb(0, abs(x * delta).upper())
    raise SystemExit("no second method for the quantile at %r %r" % (alpha, q))


def quantile(task):
    """Interval Newton: the image of the ball must contract into itself, which proves existence and uniqueness."""
    alpha, q = task
    qb = arb(q)
    lo, hi = 1e-12, 1e14
    for _ in range(110):
        mid = (lo * hi) ** 0.5
        if oracle.tail(alpha, mid) > qb:
            lo = mid
        else:
            hi = mid
    x = arb((lo * hi) ** 0.5)
    for _ in range(6):
        x = (x + (oracle.contour(alpha, x, tail=True) - qb) / oracle.density(alpha, x)).mid()
    box = x + arb(0, abs(float(x)) * 2.0 ** -110)
    image = x + (oracle.contour(alpha, x, tail=True) - qb) / oracle.contour(alpha, box)
    assert box.contains_interior(image) if hasattr(box, "contains_interior") else box.contains(image), (alpha, q)
    candidates = [("closed", lambda z: (1 / z).atan() / arb.pi())] if alpha == 1 else []
    candidates += [("series", lambda z: oracle.tail_series(alpha, z, tail=True) if z > 1 else None),
                   ("maclaurin", lambda z: oracle.maclaurin(alpha, z, tail=True)),
                   ("contour2", lambda z: oracle.contour(alpha, z, tail=True, c=0.71))]
    name, ball = bracket(alpha, qb, x, candidates)
    assert ball.overlaps(image), (alpha, q)
    entry = enclose(image)
    entry["method"] = "newton"
    entry["second"] = second(entry, "bracket-" + name, ball)
    return {"alpha": alpha.hex(), "q": q.hex(), "x": entry}


def main(folder):
    os.makedirs(folder, exist_ok=True)
    rng = random.Random(20240612)
    alphas = [1.0, 1.01, 1.05, 1.1, 1.25, 1.3, 1.5, 1.7, 1.75, 1.9, 1.95, 1.99, 1.9999, 2 - 2.0 ** -30, 2 - 2.0 ** -50, 2.0]
    xs = [0.0, 1e-12, 1e-3, 0.1, 0.124, 0.126, 0.5, 1.0, 1.7, 2.0, 2.9999, 3.0, 4.1, 5.0, 7.3, 9.9, 12.0, 15.9, 16.0,
          17.3, 25.0, 50.0, 1e3, 1e6, 1e8]
    points = [(a, x) for a in alphas for x in xs if not (a == 2.0 and x > 50)]
    for _ in range(500):
        a = 1 + rng.random()
        x = 2.0 ** rng.uniform(-6, 6) if rng.random() < 0.8 else 10.0 ** rng.uniform(-3, 8)
        points.append((a, x))
    qs = [0.49999, 0.45, 0.3, 0.25, 0.2, 0.05, 0.01, 1e-3, 1e-6, 1e-10]
    quantiles = [(a, q) for a in alphas if a < 2 for q in qs]
    for _ in range(100):
        a = 1 + rng.random()
        quantiles.append((a, 0.5 * rng.random() if rng.random() < 0.7 else 10.0 ** rng.uniform(-10, -1)))
    with Pool(2) as pool:
        payload = {
            "points": pool.map(point, points, chunksize=4),
            "quantiles": pool.map(quantile, quantiles, chunksize=2),
        }
    write(folder, "values.json", payload, __file__, PREC)


def write(folder, name, payload, script, precision):
    """Writes a payload, and what made it into VERSIONS.json; `precision` is that of the ball arithmetic, in bits."""
    path = os.path.join(folder, name)
    with open(path, "w") as out:
        out.write(json.dumps(payload, sort_keys=True, separators=(",", ":")).replace('},{"alpha"', '},\n{"alpha"') + "\n")
    here = os.path.dirname(os.path.abspath(__file__))
    script = os.path.basename(script)
    manifest_path = os.path.join(folder, "VERSIONS.json")
    manifest = json.load(open(manifest_path)) if os.path.exists(manifest_path) else {"files": []}
    sha = lambda p: hashlib.sha256(open(p, "rb").read()).hexdigest()
    entry = {
        "name": name,
        "sha256": sha(path),
        "script": "Fixtures/generate/" + script,
        "scriptSha256": sha(os.path.join(here, script)),
        "oracleSha256": sha(os.path.join(here, "stable_oracle.py")),
        "versions": {"python-flint": flint.__version__, "FLINT": flint.__FLINT_VERSION__},
        "precisionBits": precision,
    }
    manifest["files"] = [f for f in manifest["files"] if f["name"] != name] + [entry]
    with open(manifest_path, "w") as out:
        json.dump(manifest, out, indent=1, sort_keys=True)
        out.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
