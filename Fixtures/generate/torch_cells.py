"""Reference values of the five cells and of the optimizers, from PyTorch autograd in double precision.

Run by hand:  python torch_cells.py [output folder]      (needs torch and mpmath, versions are printed and recorded)

Cells, with sigma the logistic function, LN(a) = gain * (a - mean)/sqrt(var + 1e-5) + bias (biased variance, identity
when the case has no layer norm), flat parameter vector made of row-major blocks in the order given here:

  const   W U b [gain bias]                        h' = (1-s) h + s tanh(LN(W x + U h + b)), s a constant
  shared  W U b [gain bias] Ws(1xD) Us(1xH) bs(1)  the same with s = sigma(Ws x + Us h + bs), one number
  diag    W U b [gain bias] Ws(HxD) Us(HxH) bs(H)  the same with one s for each unit
  gru     Wz Uz bz Wr Ur br Wh Uh bh [gain bias]   g = tanh(LN(Wh x + Uh (r*h) + bh)), h' = (1-z) h + z g
  lstm    Wi Ui bi Wf Uf bf Wo Uo bo Wg Ug bg [gain bias]   c' = f c + i tanh(LN(g)), h' = o tanh(c'); state (h, c)
  then the readout w(H) b(1):  y = w . h' + b;  loss = mean over sequences and steps of (y - target)^2

Every number is checked against a second implementation in 60-digit arithmetic, differentiated there by central
differences with step 1e-20 (truncation about 1e-40); `errorBound` is twice the largest deviation seen for that
quantity, and at least 2^-53. Inputs are short binary fractions, hence exact.
"""

import json
import pathlib
import platform
import sys

import mpmath
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
mpmath.mp.dps = 60
EPS = 1e-5  # the double nearest to 1e-5, in both implementations

KINDS = ["const", "shared", "diag", "gru", "lstm"]


def layout(kind, hidden, inputs, layer_norm):
    """Parameter blocks as (name, rows, columns), in storage order."""
    norm = [("lnGain", hidden, 1), ("lnBias", hidden, 1)] if layer_norm else []

    def affine(name, rows):
        return [("W" + name, rows, inputs), ("U" + name, rows, hidden), ("b" + name, rows, 1)]

    if kind == "const":
        cell = affine("", hidden) + norm
    elif kind in ("shared", "diag"):
        cell = affine("", hidden) + norm + affine("s", 1 if kind == "shared" else hidden)
    elif kind == "gru":
        cell = affine("z", hidden) + affine("r", hidden) + affine("h", hidden) + norm
    else:
        cell = sum((affine(n, hidden) for n in "ifog"), []) + norm
    return cell + [("readoutWeight", hidden, 1), ("readoutBias", 1, 1)]


class Torch:
    """Vector arithmetic on torch tensors."""

    sigmoid = staticmethod(torch.sigmoid)
    tanh = staticmethod(torch.tanh)

    @staticmethod
    def matvec(matrix, vector):
        return matrix @ vector

    @staticmethod
    def normalise(a, gain, bias):
        return torch.nn.functional.layer_norm(a, a.shape, gain, bias, EPS)

    @staticmethod
    def block(flat, offset, rows, columns):
        piece = flat[offset : offset + rows * columns]
        return piece.reshape(rows, columns) if columns > 1 or rows == 1 else piece


class Column(list):
    """A vector of mpmath numbers with entrywise arithmetic."""

    def _with(self, other, f):
        other = other if isinstance(other, list) else [other] * len(self)
        mine = self if len(self) == len(other) else [self[0]] * len(other)
        other = other if len(self) == 1 or len(other) == len(self) else [other[0]] * len(self)
        return Column(f(a, b) for a, b in zip(mine, other))

    def __add__(self, other):
        return self._with(other, lambda a, b: a + b)

    def __mul__(self, other):
        return self._with(other, lambda a, b: a * b)

    def __rsub__(self, number):
        return Column(number - a for a in self)

    __radd__, __rmul__ = __add__, __mul__


class Multiprecision:
    """The same arithmetic in 60 digits, with nothing shared but the formulas of `step`."""

    @staticmethod
    def sigmoid(v):
        return Column(1 / (1 + mpmath.exp(-a)) for a in v)

    @staticmethod
    def tanh(v):
        return Column(mpmath.tanh(a) for a in v)

    @staticmethod
    def matvec(matrix, vector):
        return Column(mpmath.fdot(row, vector) for row in matrix)

    @staticmethod
    def normalise(a, gain, bias):
        mean = mpmath.fsum(a) / len(a)
        variance = mpmath.fsum((x - mean) ** 2 for x in a) / len(a)
        root = mpmath.sqrt(variance + mpmath.mpf(EPS))
        return Column(g * (x - mean) / root + b for x, g, b in zip(a, gain, bias))

    @staticmethod
    def block(flat, offset, rows, columns):
        piece = Column(flat[offset : offset + rows * columns])
        if columns == 1 and rows > 1:
            return piece
        return [piece[r * columns : (r + 1) * columns] for r in range(rows)]


def unpack(ops, blocks, flat):
    named, offset = {}, 0
    for name, rows, columns in blocks:
        named[name] = ops.block(flat, offset, rows, columns)
        offset += rows * columns
    # One-by-one blocks are biases: vectors of length one.
    for name in ("bs", "readoutBias"):
        if name in named and isinstance(named[name], list) and isinstance(named[name][0], list):
            named[name] = Column(named[name][0])
        elif name in named and not isinstance(named[name], list):
            named[name] = named[name].reshape(-1)
    return named


def step(ops, kind, p, layer_norm, gate, x, state):
    """One step; `state` is a tuple of vectors, (h,) or (h, c)."""

    def affine(name, h):
        return ops.matvec(p["W" + name], x) + ops.matvec(p["U" + name], h) + p["b" + name]

    def norm(a):
        return ops.normalise(a, p["lnGain"], p["lnBias"]) if layer_norm else a

    h = state[0]
    if kind == "lstm":
        i, f, o = (ops.sigmoid(affine(n, h)) for n in "ifo")
        c = f * state[1] + i * ops.tanh(norm(affine("g", h)))
        return (o * ops.tanh(c), c)
    if kind == "gru":
        z, r = ops.sigmoid(affine("z", h)), ops.sigmoid(affine("r", h))
        g = ops.tanh(norm(ops.matvec(p["Wh"], x) + ops.matvec(p["Uh"], r * h) + p["bh"]))
        return ((1 - z) * h + z * g,)
    candidate = ops.tanh(norm(affine("", h)))
    if kind == "const":
        return ((1 - gate) * h + gate * candidate,)
    s = ops.sigmoid(affine("s", h))
    return ((1 - s) * h + s * candidate,)


def dyadic(generator, count, scale, bits=8):
    """Normal numbers rounded to multiples of 2^-bits."""
    values = torch.randn(count, generator=generator) * scale
    return torch.round(values * 2**bits) / 2**bits


def hexadecimal(value):
    """Shortest hexadecimal form of a double."""
    mantissa, exponent = float(value).hex().split("p")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return mantissa + "p" + exponent


def hexes(tensor):
    return [hexadecimal(v) for v in torch.as_tensor(tensor).detach().reshape(-1).tolist()]


def make_case(name, kind, layer_norm, hidden, inputs, steps, batch, zero_start, seed):
    generator = torch.Generator().manual_seed(seed)
    blocks = layout(kind, hidden, inputs, layer_norm)
    size = sum(r * c for _, r, c in blocks)
    width = (2 if kind == "lstm" else 1) * hidden
    flat = dyadic(generator, size, 0.7)
    offset = 0
    for block, rows, columns in blocks:  # layer-norm gains scatter around one
        if block == "lnGain":
            flat[offset : offset + rows] = 1 + 0.5 * flat[offset : offset + rows]
        offset += rows * columns
    x = dyadic(generator, batch * steps * inputs, 1.0, 6).reshape(batch, steps, inputs)
    target = dyadic(generator, batch * steps, 1.0, 6).reshape(batch, steps)
    start = dyadic(generator, batch * width, 0.5, 6).reshape(batch, width)
    if zero_start:
        start = torch.zeros_like(start)
    direction = dyadic(generator, size, 1.0, 6)
    gate = 0.1875

    def split(state):
        return tuple(state[k * hidden : (k + 1) * hidden] for k in range(width // hidden))

    def one(theta, sequence, t, state):
        p = unpack(Torch, blocks, theta)
        return torch.cat(step(Torch, kind, p, layer_norm, gate, x[sequence, t], split(state)))

    def run(theta):
        p = unpack(Torch, blocks, theta)
        states, outputs = [], []
        for n in range(batch):
            state = start[n]
            for t in range(steps):
                state = torch.cat(step(Torch, kind, p, layer_norm, gate, x[n, t], split(state)))
                states.append(state)
                outputs.append(p["readoutWeight"] @ state[:hidden] + p["readoutBias"][0])
        states = torch.stack(states).reshape(batch, steps, width)
        outputs = torch.stack(outputs).reshape(batch, steps)
        return states, outputs, ((outputs - target) ** 2).mean()

    theta = flat.clone().requires_grad_(True)
    states, outputs, loss = run(theta)
    (gradient,) = torch.autograd.grad(loss, theta)
    states, outputs, loss = states.detach(), outputs.detach(), loss.detach()

    before = torch.cat([start[0:1], states[0, :-1]])
    jacobians = torch.stack(
        [
            torch.autograd.functional.jacobian(lambda s, t=t: one(flat, 0, t, s), before[t])
            for t in range(steps)
        ]
    )
    immediate = torch.stack(
        [
            torch.func.jvp(lambda th, t=t: one(th, 0, t, before[t]), (flat,), (direction,))[1]
            for t in range(steps)
        ]
    )
    _, (state_tangent, _, loss_derivative) = torch.func.jvp(run, (flat,), (direction,))
    tangent = state_tangent[0]

    if kind == "lstm" and not layer_norm:
        check_against_builtin(unpack(Torch, blocks, flat), x, start, states, hidden)

    # --- the same in 60 digits
    exact_flat = [mpmath.mpf(v) for v in flat.tolist()]
    exact_gate = mpmath.mpf(gate)

    def exact_step(theta_list, sequence, t, state):
        p = unpack(Multiprecision, blocks, theta_list)
        xs = Column(mpmath.mpf(v) for v in x[sequence, t].tolist())
        parts = tuple(Column(s) for s in split(state))
        new = step(Multiprecision, kind, p, layer_norm, exact_gate, xs, parts)
        return [v for part in new for v in part]

    def exact_run(theta_list):
        p = unpack(Multiprecision, blocks, theta_list)
        all_states, total = [], mpmath.mpf(0)
        for n in range(batch):
            state = [mpmath.mpf(v) for v in start[n].tolist()]
            for t in range(steps):
                state = exact_step(theta_list, n, t, state)
                all_states.append(state)
                y = mpmath.fdot(p["readoutWeight"], state[:hidden]) + p["readoutBias"][0]
                total += (y - mpmath.mpf(float(target[n, t]))) ** 2
        return all_states, total / (batch * steps)

    tiny = mpmath.mpf(10) ** -20

    def nudged(values, k, amount):
        return values[:k] + [values[k] + amount] + values[k + 1 :]

    def shifted(amount):
        return [a + amount * mpmath.mpf(d) for a, d in zip(exact_flat, direction.tolist())]

    exact_states, exact_loss = exact_run(exact_flat)
    deviation = {"states": 0, "loss": abs(exact_loss - float(loss)), "gradient": 0, "jacobians": 0, "tangents": 0}
    for row, exact_row in zip(states.reshape(-1, width).tolist(), exact_states):
        for a, b in zip(row, exact_row):
            deviation["states"] = max(deviation["states"], abs(a - b))
    for k in range(size):
        up, down = exact_run(nudged(exact_flat, k, tiny))[1], exact_run(nudged(exact_flat, k, -tiny))[1]
        deviation["gradient"] = max(deviation["gradient"], abs((up - down) / (2 * tiny) - float(gradient[k])))
    plus, minus = exact_run(shifted(tiny)), exact_run(shifted(-tiny))
    slope = (plus[1] - minus[1]) / (2 * tiny)
    deviation["tangents"] = abs(slope - float(loss_derivative))
    previous = [mpmath.mpf(v) for v in start[0].tolist()]
    for t in range(steps):
        for i in range(width):
            exact = (plus[0][t][i] - minus[0][t][i]) / (2 * tiny)
            deviation["tangents"] = max(deviation["tangents"], abs(exact - float(tangent[t, i])))
        up, down = exact_step(shifted(tiny), 0, t, previous), exact_step(shifted(-tiny), 0, t, previous)
        for i in range(width):
            exact = (up[i] - down[i]) / (2 * tiny)
            deviation["tangents"] = max(deviation["tangents"], abs(exact - float(immediate[t, i])))
        for j in range(width):
            up = exact_step(exact_flat, 0, t, nudged(previous, j, tiny))
            down = exact_step(exact_flat, 0, t, nudged(previous, j, -tiny))
            for i in range(width):
                exact = (up[i] - down[i]) / (2 * tiny)
                deviation["jacobians"] = max(deviation["jacobians"], abs(exact - float(jacobians[t, i, j])))
        previous = exact_states[t]
    worst = float(max(deviation.values()))
    # A wrong formula shows at 1e-3; rounding reaches 1e-12 where a layer norm meets nearly equal pre-activations.
    if worst > 1e-11:
        raise SystemExit(f"{name}: the two implementations differ by {worst}: one of them is wrong")

    offsets, table = 0, []
    for block, rows, columns in blocks:
        table.append({"name": block, "rows": rows, "columns": columns, "offset": offsets})
        offsets += rows * columns
    return {
        "name": name, "cell": kind, "layerNorm": layer_norm, "layerNormEpsilon": hexadecimal(EPS),
        "hidden": hidden, "input": inputs, "steps": steps, "sequences": batch, "stateWidth": width,
        "constantGate": hexadecimal(gate) if kind == "const" else None,
        "seed": seed, "blocks": table,
        "shapes": {
            "inputs": "sequence,step,input", "targets": "sequence,step", "initialState": "sequence,state",
            "states": "sequence,step,state", "outputs": "sequence,step", "gradient": "parameter",
            "jacobians": "step,row,column (sequence 0; d new state / d old state)",
            "direction": "parameter",
            "immediateSensitivity": "step,state (sequence 0; one-step derivative along direction, old state fixed)",
            "stateTangent": "step,state (sequence 0; total derivative along direction)",
            "lossDerivative": "scalar (gradient . direction)",
        },
        "parameters": hexes(flat), "inputs": hexes(x), "targets": hexes(target), "initialState": hexes(start),
        "states": hexes(states), "outputs": hexes(outputs), "loss": hexadecimal(loss),
        "gradient": hexes(gradient), "jacobians": hexes(jacobians), "direction": hexes(direction),
        "immediateSensitivity": hexes(immediate), "stateTangent": hexes(tangent),
        "lossDerivative": hexadecimal(loss_derivative),
        "errorBound": {k: hexadecimal(max(2 * float(v), 2.0**-53)) for k, v in deviation.items()},
    }


def check_against_builtin(p, x, start, states, hidden):
    """torch.nn.LSTM orders its gates i f g o and has two biases; it must give the same states."""
    builtin = torch.nn.LSTM(x.shape[2], hidden, batch_first=True)
    with torch.no_grad():
        builtin.weight_ih_l0.copy_(torch.cat([p["W" + n] for n in "ifgo"]))
        builtin.weight_hh_l0.copy_(torch.cat([p["U" + n] for n in "ifgo"]))
        builtin.bias_ih_l0.copy_(torch.cat([p["b" + n] for n in "ifgo"]))
        builtin.bias_hh_l0.zero_()
        out, _ = builtin(x, (start[None, :, :hidden].contiguous(), start[None, :, hidden:].contiguous()))
    if float((out - states[:, :, :hidden]).abs().max()) > 1e-14:
        raise SystemExit("the LSTM disagrees with torch.nn.LSTM")


def optimizer_trace(name, make, settings, clip, seed, steps=8):
    """Feeds a fixed list of gradients to an optimizer and records the parameters after every step.

    Two blocks (3 and 2 numbers) share one global norm. Clipping multiplies by min(1, clip / (norm + 1e-6)).
    """
    generator = torch.Generator().manual_seed(seed)
    blocks = [torch.nn.Parameter(dyadic(generator, n, 1.0)) for n in (3, 2)]
    optimizer = make(blocks)
    start = torch.cat([b.detach().clone() for b in blocks])
    gradients, norms, parameters = [], [], []
    for r in range(steps):
        # Sizes vary over the steps so that clipping is active in some and not in others; one entry is zero once.
        raw = dyadic(generator, 5, [0.25, 2.0, 1.0, 0.125][r % 4])
        if r == 3:
            raw[1] = 0
        gradients.append(raw)
        blocks[0].grad, blocks[1].grad = raw[:3].clone(), raw[3:].clone()
        if clip is not None:
            norms.append(torch.nn.utils.clip_grad_norm_(blocks, clip, foreach=False))
        else:
            norms.append(torch.linalg.vector_norm(raw))
        optimizer.step()
        parameters.append(torch.cat([b.detach().clone() for b in blocks]))
    return {
        "name": name, "settings": {k: hexadecimal(v) for k, v in settings.items()},
        "clip": None if clip is None else hexadecimal(clip), "blockSizes": [3, 2], "steps": steps,
        "start": hexes(start), "gradients": hexes(torch.stack(gradients)), "norms": hexes(torch.stack(norms)),
        "parameters": hexes(torch.stack(parameters)),
        # Eight steps of at most a dozen correctly rounded operations on numbers below 8.
        "errorBound": hexadecimal(8 * 12 * 8 * 2.0**-53),
    }


def optimizer_traces():
    def both(name, make, settings, seed):
        return [
            optimizer_trace(name, make, settings, None, seed),
            optimizer_trace(name + "-clipped", make, settings, 1.0, seed),
        ]

    lr = 0.0625
    options = dict(foreach=False)
    adam = dict(betas=(0.9, 0.999), eps=1e-8)
    return (
        both("sgd", lambda b: torch.optim.SGD(b, lr, **options), {"learningRate": lr}, 1)
        + both("momentum", lambda b: torch.optim.SGD(b, lr, momentum=0.9, **options),
               {"learningRate": lr, "momentum": 0.9}, 2)
        + both("rmsprop", lambda b: torch.optim.RMSprop(b, lr, alpha=0.99, eps=1e-8, **options),
               {"learningRate": lr, "decay": 0.99, "epsilon": 1e-8}, 3)
        + both("adamw", lambda b: torch.optim.AdamW(b, lr, weight_decay=0.0, **adam, **options),
               {"learningRate": lr, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0.0}, 4)
        + both("adamw-decay", lambda b: torch.optim.AdamW(b, lr, weight_decay=0.125, **adam, **options),
               {"learningRate": lr, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0.125}, 5)
    )


def write(path, value):
    """JSON with one key a line and arrays on one line."""
    def entry(item):
        return json.dumps(item, separators=(",", ":"))

    if isinstance(value, list):
        text = "[\n" + ",\n".join(entry(v) for v in value) + "\n]\n"
    else:
        text = "{\n" + ",\n".join(f"{json.dumps(k)}:{entry(v)}" for k, v in value.items()) + "\n}\n"
    path.write_text(text)


def main():
    here = pathlib.Path(__file__).resolve().parent
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "torch"
    out.mkdir(parents=True, exist_ok=True)
    versions = {"generator": "generate/torch_cells.py", "python": platform.python_version(), "torch": torch.__version__, "mpmath": mpmath.__version__}
    for number, kind in enumerate(KINDS):
        shapes = [("plain", False, 3, 2, 4, True), ("norm", True, 4, 2, 4, True), ("norm-start", True, 3, 3, 5, False)]
        for variant, (label, layer_norm, hidden, inputs, steps, zero_start) in enumerate(shapes):
            name = f"{kind}-{label}"
            case = make_case(name, kind, layer_norm, hidden, inputs, steps, 2, zero_start, 100 * number + variant)
            write(out / f"{name}.json", case)
            print(name, {k: float.fromhex(v) for k, v in case["errorBound"].items()}, flush=True)
    write(out / "optimizers.json", optimizer_traces())
    write(out / "VERSIONS.json", versions)
    print(versions)


if __name__ == "__main__":
    main()
