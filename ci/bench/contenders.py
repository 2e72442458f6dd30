"""Training steps of the cells on PyTorch and JAX, for compare to time."""


class HandWritten:
    """Backpropagation through time without autograd. Rows: candidate first, then the gates (LSTM: input, forget, output;
    GRU: update, reset)."""

    def __init__(self, torch, cell, size):
        self.torch, self.cell = torch, cell
        batch, self.steps, inputs, self.hidden = size
        rows = {"const": 1, "diag": 2, "gru": 3, "lstm": 4}.get(cell, 0) * self.hidden or self.hidden + 1
        scale = (inputs + self.hidden) ** -0.5
        self.w, self.u = scale * torch.randn(rows, inputs), scale * torch.randn(rows, self.hidden)
        self.b, self.v, self.c = torch.zeros(rows), scale * torch.randn(self.hidden), torch.zeros(1)
        self.weights = [self.w, self.u, self.b, self.v, self.c]
        self.x, self.y = torch.randn(self.steps, batch, inputs), torch.randn(self.steps, batch)
        self.states = torch.zeros(self.steps + 1, batch, self.hidden)
        self.cells, self.squashed = torch.zeros_like(self.states), torch.zeros_like(self.states)
        self.resets = torch.zeros(self.steps, batch, self.hidden)
        self.pre = torch.empty(self.steps, batch, rows)

    def gradients(self):
        torch, n, cell = self.torch, self.hidden, self.cell
        torch.addmm(self.b, self.x.flatten(0, 1), self.w.t(), out=self.pre.view(-1, self.w.shape[0]))
        ut = self.u.t().contiguous()
        for t in range(self.steps):
            h, p, new = self.states[t], self.pre[t], self.states[t + 1]
            if cell == "gru":
                p[:, n:].addmm_(h, ut[:, n:]).sigmoid_()
                torch.mul(p[:, 2 * n:], h, out=self.resets[t])
                p[:, :n].addmm_(self.resets[t], ut[:, :n])
            else:
                p.addmm_(h, ut)
                p[:, n:].sigmoid_()
            a = p[:, :n].tanh_()
            if cell == "lstm":
                torch.mul(p[:, 2 * n:3 * n], self.cells[t], out=self.cells[t + 1]).addcmul_(p[:, n:2 * n], a)
                torch.tanh(self.cells[t + 1], out=self.squashed[t + 1])
                torch.mul(p[:, 3 * n:], self.squashed[t + 1], out=new)
            else:
                torch.lerp(h, a, 0.05 if cell == "const" else p[:, n:n + max(1, min(n, p.shape[1] - n))], out=new)
        after = self.states[1:]
        error = (after @ self.v + self.c - self.y) * (2 / self.y.numel())
        d_v, d_c = error.flatten() @ after.flatten(0, 1), error.sum().view(1)
        d_h, d_cell, d_pre = torch.zeros_like(after[0]), torch.zeros_like(after[0]), torch.empty_like(self.pre)
        for t in reversed(range(self.steps)):
            h, p, d = self.states[t], self.pre[t], d_pre[t]
            d_h.addcmul_(error[t].unsqueeze(1), self.v)
            a = p[:, :n]
            slope = 1 - a * a
            if cell == "lstm":
                i, f, o, s = p[:, n:2 * n], p[:, 2 * n:3 * n], p[:, 3 * n:], self.squashed[t + 1]
                d_cell.addcmul_(d_h * o, 1 - s * s)
                d[:, :n] = d_cell * i * slope
                d[:, n:2 * n] = d_cell * a * (i - i * i)
                d[:, 2 * n:3 * n] = d_cell * self.cells[t] * (f - f * f)
                d[:, 3 * n:] = d_h * s * (o - o * o)
                d_cell.mul_(f)
                torch.mm(d, self.u, out=d_h)
                continue
            if cell == "const":
                torch.mul(d_h, 0.05 * slope, out=d)
                d_h = torch.addmm(d_h, d, self.u, beta=0.95)
                continue
            g = p[:, n:n + max(1, min(n, p.shape[1] - n))]
            d[:, :n] = d_h * g * slope
            through = d_h * (a - h)
            if cell == "shared":
                through = through.sum(1, keepdim=True)
            d[:, n:n + g.shape[1]] = through * (g - g * g)
            kept = d_h * (1 - g)
            if cell == "gru":
                r, d_reset = p[:, 2 * n:], d[:, :n] @ self.u[:n]
                d[:, 2 * n:] = d_reset * h * (r - r * r)
                d_h = kept.addcmul_(d_reset, r).addmm_(d[:, n:], self.u[n:])
            else:
                d_h = kept.addmm_(d, self.u)
        flat = d_pre.flatten(0, 1)
        d_w, before = flat.t() @ self.x.flatten(0, 1), self.states[:-1].flatten(0, 1)
        if cell == "gru":
            d_u = torch.cat((flat[:, :n].t() @ self.resets.flatten(0, 1), flat[:, n:].t() @ before))
        else:
            d_u = flat.t() @ before
        return (self.y.numel() / 4) * error.square().sum(), [d_w, d_u, flat.sum(0), d_v, d_c]

    def step(self, optimizer):
        with self.torch.no_grad():
            for weight, gradient in zip(self.weights, self.gradients()[1]):
                weight.grad = gradient
            self.torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
            optimizer.step()


def jax_step(cell, size, layer_norm):
    import jax
    import jax.numpy as jnp

    batch, steps, inputs, hidden = size
    rows = {"const": 1, "diag": 2, "gru": 3, "lstm": 4}.get(cell, 0) * hidden or hidden + 1
    keys = jax.random.split(jax.random.PRNGKey(1), 5)
    x, y = jax.random.normal(keys[0], (steps, batch, inputs)), jax.random.normal(keys[1], (steps, batch))
    scale = (inputs + hidden) ** -0.5
    weights = {
        "w": scale * jax.random.normal(keys[2], (inputs, rows)), "u": scale * jax.random.normal(keys[3], (hidden, rows)),
        "b": jnp.zeros(rows), "v": scale * jax.random.normal(keys[4], (hidden,)), "c": jnp.zeros(())}
    if layer_norm:
        weights |= {"gain": jnp.ones(hidden), "shift": jnp.zeros(hidden)}

    def candidate(p, pre):
        if layer_norm:
            centred = pre - pre.mean(1, keepdims=True)
            pre = p["gain"] * centred / jnp.sqrt((centred ** 2).mean(1, keepdims=True) + 1e-5) + p["shift"]
        return jnp.tanh(pre)

    def loss(p):
        def advance(carry, pre):
            h, c = carry
            if cell == "gru":
                z, r = jnp.split(jax.nn.sigmoid(pre[:, hidden:] + h @ p["u"][:, hidden:]), 2, 1)
                h = h + z * (candidate(p, pre[:, :hidden] + (r * h) @ p["u"][:, :hidden]) - h)
                return (h, c), h
            pre = pre + h @ p["u"]
            a = candidate(p, pre[:, :hidden])
            if cell == "const":
                h = 0.95 * h + 0.05 * a
            elif cell == "lstm":
                i, f, o = jnp.split(jax.nn.sigmoid(pre[:, hidden:]), 3, 1)
                c = f * c + i * a
                h = o * jnp.tanh(c)
            else:
                h = h + jax.nn.sigmoid(pre[:, hidden:]) * (a - h)
            return (h, c), h

        start = (jnp.zeros((batch, hidden)), jnp.zeros((batch, hidden)))
        states = jax.lax.scan(advance, start, x @ p["w"] + p["b"])[1]
        return jnp.mean((states @ p["v"] + p["c"] - y) ** 2)

    def update(p, m, s, count):
        gradient = jax.grad(loss)(p)
        norm = jnp.sqrt(sum(jnp.sum(g * g) for g in gradient.values()))
        gradient = {k: g * jnp.minimum(1.0, 1 / (norm + 1e-6)) for k, g in gradient.items()}
        m = {k: 0.9 * m[k] + 0.1 * gradient[k] for k in p}
        s = {k: 0.999 * s[k] + 0.001 * gradient[k] ** 2 for k in p}
        first, second = 1 - 0.9 ** count, 1 - 0.999 ** count
        p = {k: p[k] * (1 - 1e-5) - 1e-3 * (m[k] / first) / (jnp.sqrt(s[k] / second) + 1e-8) for k in p}
        return p, m, s, count + 1

    state = [weights, jax.tree.map(jnp.zeros_like, weights), jax.tree.map(jnp.zeros_like, weights), jnp.ones(())]
    update = jax.jit(update)

    def step():
        state[:] = jax.block_until_ready(update(*state))

    return step


def torch_step(torch, cell, kind, size, layer_norm):
    batch, steps, inputs, hidden = size
    if kind == "hand":
        network = HandWritten(torch, cell, size)
        by_hand = torch.optim.AdamW(network.weights, lr=1e-3)
        return lambda: network.step(by_hand)

    class Loop(torch.nn.Module):
        """One iteration a step; the gates that the cell has, then the candidate."""

        def __init__(self):
            super().__init__()
            gates = {"const": 0, "shared": 1, "diag": hidden, "gru": 2 * hidden, "lstm": 3 * hidden}[cell]
            self.cell: str = cell
            self.hidden: int = hidden
            self.candidate = torch.nn.Linear(inputs + hidden, hidden)
            self.gate = torch.nn.Linear(inputs + hidden, max(gates, 1))
            self.layered: bool = layer_norm
            self.norm = torch.nn.LayerNorm(hidden)

        def propose(self, joined: torch.Tensor) -> torch.Tensor:
            proposal = self.candidate(joined)
            if self.layered:
                proposal = self.norm(proposal)
            return torch.tanh(proposal)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            h = torch.zeros(x.shape[0], self.hidden)
            c = torch.zeros(x.shape[0], self.hidden)
            out = []
            for t in range(x.shape[1]):
                now = x[:, t]
                joined = torch.cat((now, h), 1)
                if self.cell == "const":
                    h = 0.95 * h + 0.05 * self.propose(joined)
                elif self.cell == "gru":
                    gates = torch.sigmoid(self.gate(joined)).chunk(2, 1)
                    a = self.propose(torch.cat((now, gates[1] * h), 1))
                    h = h + gates[0] * (a - h)
                elif self.cell == "lstm":
                    gates = torch.sigmoid(self.gate(joined)).chunk(3, 1)
                    c = gates[0] * c + gates[1] * self.propose(joined)
                    h = gates[2] * torch.tanh(c)
                else:
                    s = torch.sigmoid(self.gate(joined))
                    h = h + s * (self.propose(joined) - h)
                out.append(h)
            return torch.stack(out, 1)

    class Fused(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.core = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](inputs, hidden, batch_first=True)

        def forward(self, x):
            return self.core(x)[0]

    torch.manual_seed(1)
    core = Fused() if kind == "fused" else Loop()
    if kind == "script":
        core = torch.jit.script(core)
    readout = torch.nn.Linear(hidden, 1)
    # What takes no part (the const cell's gate) gets no gradient, and the optimizer skips it.
    weights = list(core.parameters()) + list(readout.parameters())
    optimizer = torch.optim.AdamW(weights, lr=1e-3)
    x, y = torch.randn(batch, steps, inputs), torch.randn(batch, steps)

    def step():
        optimizer.zero_grad(set_to_none=True)
        torch.nn.functional.mse_loss(readout(core(x)).squeeze(2), y).backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()

    return step


def published_step(torch, checkout, cell, size, layer_norm):
    """The published model of a cell, trained on one batch as the published loop does."""
    import importlib
    import sys

    batch, steps, inputs, hidden = size
    sys.path.insert(0, checkout)
    file, name = {
        "const": ("run_learnability_DGX", "ConstGateRNN"), "shared": ("run_learnability_DGX", "SharedGateRNN"),
        "diag": ("run_learnability_DGX", "DiagGateRNN"), "gru": ("run_learnability_lstm_gru_DGX", "GRUModel"),
        "lstm": ("run_learnability_lstm_gru_DGX", "LSTMModel"),
    }[cell]
    torch.manual_seed(1)
    model = getattr(importlib.import_module(file), name)(inputs, hidden, ln=layer_norm)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    x, y = torch.randn(batch, steps, inputs), torch.randn(batch, steps)

    def step():
        optimizer.zero_grad(set_to_none=True)
        predictions = model.forward_with_intermediates(x, return_intermediates=False)[0]
        torch.nn.functional.mse_loss(predictions, y.view_as(predictions)).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()

    return step
