#!/usr/bin/env python3
"""Compares training steps of kernelbench with PyTorch, interleaved in one run.

    swift build -c release --product kernelbench
    python3 ci/bench/compare_training.py .build/release/kernelbench

Needs torch. Each round times every contender once, so that drifts of the machine hit all of them; printed are
medians of the rounds, the ratio PyTorch / Swift, and its spread over the rounds (quartiles). A PyTorch step is
forward, backward, gradient clipping and AdamW. The Swift step is forward and backward: clipping and AdamW add
less than a tenth of a millisecond.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import time

import torch


class Loop(torch.nn.Module):
    """The cells without a fused peer, as a user would write them: one Python iteration a step."""

    def __init__(self, cell, inputs, hidden):
        super().__init__()
        rows = {"const": hidden, "shared": hidden, "diag": hidden, "gru": hidden}[cell]
        gates = {"const": 0, "shared": 1, "diag": hidden, "gru": 2 * hidden}[cell]
        self.cell, self.hidden = cell, hidden
        self.candidate = torch.nn.Linear(inputs + hidden, rows)
        self.gate = torch.nn.Linear(inputs + hidden, gates) if gates else None

    def forward(self, x):
        h = x.new_zeros(x.shape[0], self.hidden)
        out = []
        for t in range(x.shape[1]):
            joined = torch.cat((x[:, t], h), 1)
            if self.cell == "gru":
                z, r = torch.sigmoid(self.gate(joined)).chunk(2, 1)
                a = torch.tanh(self.candidate(torch.cat((x[:, t], r * h), 1)))
                h = (1 - z) * h + z * a
            else:
                s = 0.5 if self.gate is None else torch.sigmoid(self.gate(joined))
                h = (1 - s) * h + s * torch.tanh(self.candidate(joined))
            out.append(h)
        return torch.stack(out, 1)


class Network(torch.nn.Module):
    def __init__(self, cell, inputs, hidden):
        super().__init__()
        fused = torch.nn.LSTM if cell == "lstm" else None
        self.fused = fused is not None
        self.core = fused(inputs, hidden, batch_first=True) if fused else Loop(cell, inputs, hidden)
        self.readout = torch.nn.Linear(hidden, 1)

    def forward(self, x):
        states = self.core(x)
        return self.readout(states[0] if self.fused else states).squeeze(2)


def torch_step(cell, size):
    batch, steps, inputs, hidden = size
    torch.manual_seed(1)
    network = Network(cell, inputs, hidden)
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3)
    x, y = torch.rand(batch, steps, inputs) * 2 - 1, torch.rand(batch, steps) * 2 - 1

    def step():
        optimizer.zero_grad(set_to_none=True)
        torch.nn.functional.mse_loss(network(x), y).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()

    step()
    return step


def torch_time(step):
    start = time.perf_counter()
    step()
    return 1e3 * (time.perf_counter() - start)


def swift_time(binary, cell, size, threads):
    text = subprocess.run(
        [binary, "--threads", str(threads), "--cells", cell, "--sizes", ",".join(map(str, size)), "--seconds", "0"],
        check=True, capture_output=True, text=True).stdout
    return float(re.search(r"([0-9.]+) ms", text.splitlines()[-1]).group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--sizes", default="16,256,16,64/64,256,16,64/64,1024,16,128/512,256,16,128")
    parser.add_argument("--cells", default="const,shared,diag,gru,lstm")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print(f"torch {torch.__version__}, {options.threads} threads, medians of {options.rounds} rounds")
    print("| B,T,D,H | cell | PyTorch ms | Swift ms | ratio (quartiles) |")
    print("|---|---|---|---|---|")
    for text in options.sizes.split("/"):
        size = tuple(int(part) for part in text.split(","))
        for cell in options.cells.split(","):
            step = torch_step(cell, size)
            pairs = [
                (torch_time(step), swift_time(options.binary, cell, size, options.threads))
                for _ in range(options.rounds)
            ]
            ratios = statistics.quantiles([a / b for a, b in pairs], n=4, method="inclusive")
            torch_ms, swift_ms = (statistics.median(column) for column in zip(*pairs))
            print(
                f"| {text} | {cell} | {torch_ms:.2f} | {swift_ms:.2f} | {ratios[1]:.1f}"
                f" ({ratios[0]:.1f}–{ratios[2]:.1f}) |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
