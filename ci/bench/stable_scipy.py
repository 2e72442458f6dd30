"""Compares the stable laws of this package with scipy in one run and prints a Markdown table.

    swift build -c release --product learnability
    python3 ci/bench/stable_scipy.py .build/release/learnability > ci/bench/stable_speed.md

Needs scipy (a development tool only). Speeds are medians on one thread; accuracy is the largest relative error against the
rigorous enclosures of Fixtures/stable/values.json, which carry over 100 bits.
"""

import datetime
import json
import os
import platform
import subprocess
import sys
import time
from fractions import Fraction

import numpy
import scipy
from scipy.stats import levy_stable


def median_time(body, rounds=5):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        body()
        times.append(time.perf_counter() - start)
    return sorted(times)[rounds // 2]


def scipy_speed(alpha):
    rng = numpy.random.default_rng(1)
    points = levy_stable.rvs(alpha, 0, size=500, random_state=rng)
    probabilities = rng.random(40)
    result = {
        "density": median_time(lambda: levy_stable.pdf(points, alpha, 0), 3) / len(points),
        "tail": median_time(lambda: levy_stable.sf(points, alpha, 0), 3) / len(points),
        "quantile": median_time(lambda: levy_stable.ppf(probabilities, alpha, 0), 3) / len(probabilities),
        "sampler": median_time(lambda: levy_stable.rvs(alpha, 0, size=100000, random_state=rng)) / 100000,
    }
    result["density, any α"] = median_time(lambda: levy_stable.pdf(points[0], alpha, 0))
    result["tail, any α"] = median_time(lambda: levy_stable.sf(points[0], alpha, 0))
    return {name: value * 1e9 for name, value in result.items()}


def scipy_accuracy():
    """Largest relative error of scipy by function and range of x, with the place."""
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "../../Fixtures/stable/values.json")) as file:
        points = json.load(file)["points"]
    worst = {}
    for point in points[:400]:
        alpha, x = float.fromhex(point["alpha"]), float.fromhex(point["x"])
        if alpha in (1.0, 2.0):
            continue
        band = "|x| < 0.1" if x < 0.1 else "0.1 ≤ |x| ≤ 10" if x <= 10 else "|x| > 10"
        for name, function in (("density", levy_stable.pdf), ("tail", levy_stable.sf)):
            truth = Fraction(float.fromhex(point[name]["v"])) + Fraction(float.fromhex(point[name]["r"]))
            value = float(function(x, alpha, 0))
            error = float(abs(Fraction(value) - truth) / truth) if value == value else float("inf")
            key = (name, band)
            if key not in worst or error > worst[key][0]:
                worst[key] = (error, alpha, x)
    return worst


def main(binary):
    text = subprocess.run(
        [binary, "bench", "stable", "--runs", "201", "--json", "-"], check=True, capture_output=True, text=True).stdout
    ours = [
        (row["name"], row["setting"], row["unit"], "%.4g" % row["value"]["median"])
        for row in json.loads(text)["groups"][0]["measurements"]
    ]
    model = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "unknown") \
        if os.path.exists("/proc/cpuinfo") else platform.processor()
    print("# Speed and accuracy of the stable laws\n")
    print("Made by `python3 ci/bench/stable_scipy.py .build/release/learnability` (release build, baseline x86-64, one thread; %s, %d processors; %s; scipy %s, numpy %s).\n"
          % (model, os.cpu_count(), datetime.date.today().isoformat(), scipy.__version__, numpy.__version__))
    print("| function | α | ours, ns | scipy, ns | ratio |\n|---|---|---|---|---|")
    for alpha in ("1.1", "1.5", "1.9"):
        theirs = scipy_speed(float(alpha))
        for name, a, unit, value in ours:
            if a == alpha and unit == "ns":
                peer = theirs.get(name)
                print("| %s | %s | %s | %s | %s |" % (
                    name, alpha, value, "%.0f" % peer if peer else "", "%.0f" % (peer / float(value)) if peer else ""))
    print("\nFits of 100 000 values, milliseconds:\n\n| method | α = 1.1 | 1.5 | 1.9 |\n|---|---|---|---|")
    for method in dict.fromkeys(n for n, a, u, _ in ours if u == "ms" and "values" not in a):
        row = [v for n, a, u, v in ours if n == method and u == "ms"]
        print("| %s | %s |" % (method, " | ".join(row)))
    print("\nA hundred million values through the accumulator, and a fit of what it holds:\n\n| quantity | value |\n|---|---|")
    for name, setting, unit, value in ours:
        if "values" in setting:
            print("| %s (α = %s) | %s %s |" % (name, setting, value, unit))
    print("\nLargest relative error of scipy against the enclosures (ours: below 10⁻¹⁵ everywhere, asserted by `EnclosureTests`):\n")
    print("| function | range | scipy | at |\n|---|---|---|---|")
    for (name, band), (error, alpha, x) in sorted(scipy_accuracy().items()):
        print("| %s | %s | %.1e | α = %.6g, x = %.6g |" % (name, band, error, alpha, x))


if __name__ == "__main__":
    main(sys.argv[1])
