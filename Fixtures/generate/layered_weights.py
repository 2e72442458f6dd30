"""Weights and hidden states of layered, two-way and gate-by-gate modules in PyTorch, for the readers of the audit.

    python layered_weights.py [folder]        needs torch, numpy and safetensors

Stacks are trained for a few steps. The states of layer k are those of a module with k + 1 layers and the same weights, so
that PyTorch computes all of them. The gate-by-gate modules have the names of the paper's published code; their
recurrences are written out from the paper's appendix B.
"""

import json
import pathlib
import sys

import numpy
import safetensors
import safetensors.torch
import torch

INPUTS, UNITS, STEPS = 3, 4, 9


def train(model, inputs):
    """Five steps of RMSprop on the sum of the inputs two steps ago, read by a linear map."""
    readout = torch.nn.Linear(UNITS * (2 if model.bidirectional else 1), 1)
    optimizer = torch.optim.RMSprop([*model.parameters(), *readout.parameters()], lr=0.02)
    target = inputs.roll(2, 0).sum(-1, keepdim=True)
    for _ in range(5):
        optimizer.zero_grad()
        ((readout(model(inputs)[0]) - target) ** 2).mean().backward()
        optimizer.step()
    return torch.nn.ModuleDict({"rnn": model, "out": readout})


def first_layers(model, count):
    """The same module with its first layers only."""
    part = type(model)(INPUTS, UNITS, num_layers=count)
    part.load_state_dict({name: value for name, value in model.state_dict().items() if name in part.state_dict()})
    return part


def linear(inputs, outputs, bias):
    return torch.nn.Linear(inputs, outputs, bias=bias)


class ByGate(torch.nn.Module):
    """One linear map a gate, layer norm in the candidate."""

    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        gates = {"const": "", "shared": "s", "diag": "s", "gru": "zrh", "lstm": "ifog"}[kind]
        for gate in gates:
            width = 1 if kind == "shared" else UNITS
            setattr(self, "W" + gate, linear(INPUTS, width, True))
            setattr(self, "U" + gate, linear(UNITS, width, False))
        if kind in ("const", "shared", "diag"):
            self.Wx, self.Wh = linear(INPUTS, UNITS, True), linear(UNITS, UNITS, False)
        if kind == "const":
            self.register_buffer("s_const", torch.tensor(0.3))
        self.norm = {"const": "ln", "lstm": "ln_cand"}.get(kind, "ln_h")
        norm = torch.nn.LayerNorm(UNITS)
        torch.nn.init.uniform_(norm.weight, 0.5, 1.5)
        torch.nn.init.uniform_(norm.bias, -0.5, 0.5)
        setattr(self, self.norm, norm)
        self.out = linear(UNITS, 1, True)

    def gate(self, letter, x, h):
        return torch.sigmoid(getattr(self, "W" + letter)(x) + getattr(self, "U" + letter)(h))

    def candidate(self, driven):
        return torch.tanh(getattr(self, self.norm)(driven))

    def step(self, x, h, c):
        if self.kind == "lstm":
            i, f, o = (self.gate(letter, x, h) for letter in "ifo")
            c = f * c + i * self.candidate(self.Wg(x) + self.Ug(h))
            return o * torch.tanh(c), c
        if self.kind == "gru":
            opening, reset = self.gate("z", x, h), self.gate("r", x, h)
            candidate = self.candidate(self.Wh(x) + self.Uh(reset * h))
        else:
            opening = self.s_const if self.kind == "const" else self.gate("s", x, h)
            candidate = self.candidate(self.Wx(x) + self.Wh(h))
        return (1 - opening) * h + opening * candidate, c

    def states(self, inputs):
        h = c = torch.zeros(UNITS)
        rows = []
        for x in inputs:
            h, c = self.step(x, h, c)
            rows.append(h)
        return torch.stack(rows)


def main(folder):
    torch.manual_seed(20251207)
    torch.set_default_dtype(torch.float64)
    folder.mkdir(parents=True, exist_ok=True)
    inputs = torch.randn(STEPS, INPUTS)
    recorded = {"inputs": inputs}
    for name, make, layers in (("gru-layers", torch.nn.GRU, 3), ("lstm-layers", torch.nn.LSTM, 2)):
        model = train(make(INPUTS, UNITS, num_layers=layers), inputs)
        safetensors.torch.save_file(model.state_dict(), folder / f"{name}.safetensors")
        for layer in range(layers):
            recorded[f"{name}-{layer}"] = first_layers(model["rnn"], layer + 1)(inputs)[0]
    both = train(torch.nn.GRU(INPUTS, UNITS, num_layers=2, bidirectional=True), inputs)
    numpy.savez(folder / "gru-two-ways.npz", **{name: value.numpy() for name, value in both.state_dict().items()})
    one = torch.nn.GRU(INPUTS, UNITS, bidirectional=True)
    one.load_state_dict({name: both["rnn"].state_dict()[name] for name in one.state_dict()})
    recorded["gru-two-ways-0"] = one(inputs)[0][:, :UNITS]
    for kind in ("const", "shared", "diag", "gru", "lstm"):
        model = ByGate(kind)
        safetensors.torch.save_file(model.state_dict(), folder / f"gates-{kind}.safetensors")
        recorded[f"gates-{kind}"] = model.states(inputs)
    numpy.savez(folder / "states.npz", **{name: value.detach().numpy() for name, value in recorded.items()})
    versions = {
        "generator": "generate/layered_weights.py", "torch": torch.__version__, "numpy": numpy.__version__,
        "safetensors": safetensors.__version__,
    }
    (folder / "VERSIONS.json").write_text(json.dumps(versions) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1] / "layers"))
