"""Exports recurrent weights and recordings from PyTorch for `learnability audit --weights` and `--trace`.

As a library:  save_safetensors(path, module.state_dict())    save_trace(path, retention=..., memory=..., written=...)
By hand:       python export_weights.py [folder]     trains nn.GRU and nn.LSTM for a few steps (needs torch and numpy)
"""

import json
import pathlib
import struct
import sys

import numpy
import torch

TYPES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}

def save_safetensors(path, tensors):
    header, parts, offset = {}, [], 0
    for name, tensor in tensors.items():
        tensor = tensor.detach().contiguous().cpu()
        raw = tensor.view(torch.uint8).numpy().tobytes() if tensor.numel() else b""
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, offset + len(raw)]}
        offset += len(raw)
        parts.append(raw)
    text = json.dumps(header).encode().ljust(-(-len(json.dumps(header)) // 8) * 8)
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def save_trace(path, **arrays):
    """retention (T, H), memory (T+1, H), written (T, H); jacobian (T, H, H), direct and adjoint (T, H) for gradients."""
    numpy.savez_compressed(path, **{name: numpy.asarray(value) for name, value in arrays.items()})


def record(step, inputs, hidden, loss_weights):
    """A recording of h' = retention * h + written, where `step(x, h)` returns the two; loss = sum of weights * h."""
    state = torch.zeros(hidden)
    rows = {"retention": [], "memory": [state], "written": [], "jacobian": []}
    for x in inputs:
        kept, added = (torch.as_tensor(part).expand(hidden) for part in step(x, state))
        rows["jacobian"].append(torch.autograd.functional.jacobian(lambda h: (lambda p: p[0] * h + p[1])(step(x, h)), state))
        state = (kept * state + added).detach()
        for name, value in (("retention", kept), ("written", added), ("memory", state)):
            rows[name].append(value.detach())
    rows, adjoint = {name: torch.stack(values) for name, values in rows.items()}, loss_weights.clone()
    for time in range(len(inputs) - 2, -1, -1):
        adjoint[time] += rows["jacobian"][time + 1].T @ adjoint[time + 1]
    return rows | {"direct": loss_weights, "adjoint": adjoint}


def main(folder):
    torch.manual_seed(20251206)
    torch.set_default_dtype(torch.float64)
    folder.mkdir(parents=True, exist_ok=True)
    versions = {"generator": "generate/export_weights.py", "torch": torch.__version__, "numpy": numpy.__version__}
    (folder / "VERSIONS.json").write_text(json.dumps(versions) + "\n")
    inputs = torch.randn(12, 1, 3)
    for name, make in (("gru", torch.nn.GRU), ("lstm", torch.nn.LSTM)):
        model = torch.nn.ModuleDict({"rnn": make(3, 5), "out": torch.nn.Linear(5, 1)})
        optimizer = torch.optim.RMSprop(model.parameters(), lr=0.01)
        for _ in range(5):
            optimizer.zero_grad()
            ((model["out"](model["rnn"](inputs)[0]) - inputs.roll(2, 0).sum(-1, keepdim=True)) ** 2).mean().backward()
            optimizer.step()
        states = model["rnn"](inputs)[0][:, 0].detach()
        save_safetensors(folder / f"{name}.safetensors", model.state_dict())
        numpy.savez_compressed(folder / f"{name}.npz", **{key: value.numpy() for key, value in model.state_dict().items()})
        numpy.savez(folder / f"{name}-states.npz", inputs=inputs[:, 0].numpy(), states=states.numpy())
    gate, candidate = torch.nn.Linear(5, 2), torch.nn.Linear(5, 2)

    def step(x, h):
        both = torch.cat([x, h])
        opening = torch.sigmoid(gate(both))
        return 1 - opening, opening * torch.tanh(candidate(both))

    save_trace(folder / "trace.npz", **record(step, inputs[:6, 0], 2, torch.randn(6, 2)))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1] / "weights"))
