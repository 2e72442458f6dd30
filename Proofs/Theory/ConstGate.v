(** * The constant gate in closed form: where lemma 5.1 breaks, and how sharply

    h_t = (1-s) h_(t-1) + s tanh(...) with self-weight w and slope p of the nonlinearity: a = 1-s, b = rho = s p w.
    First-order transport (1-s)^l (1 + l rho/(1-s)); exact transport of one unit (1-s+rho)^l.
    Livi 2025, Eq. (63), (64), lemma 5.1, appendix A. *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Sums Learnability.Theory.Transport.
Open Scope R_scope.

Definition const_gate (s rho : R) (l : nat) : R := Gamma (fun _ => 1 - s) (fun _ => rho) l.

Theorem const_gate_closed_form : forall s rho l, s <> 1 ->
  const_gate s rho l = (1 - s) ^ l * (1 + INR l * (rho / (1 - s))).
Proof.
  intros s rho l H. unfold const_gate. rewrite first_order_closed_form by (intros; lra).
  unfold gamma, ratio_sum. now rewrite prod_const, sum_const.
Qed.

(** The counterexample to lemma 5.1: s = 1/10 and rho = 3/10 rise from lag one to lag three. *)
Theorem lemma_5_1_counterexample :
  const_gate (1/10) (3/10) 1 < const_gate (1/10) (3/10) 2
  /\ const_gate (1/10) (3/10) 2 < const_gate (1/10) (3/10) 3.
Proof. unfold const_gate, Gamma, gamma; simpl; split; lra. Qed.

(** The same with self-weight 2 in a unit of slope one: rho = 1/5 rises up to lag five. *)
Theorem lemma_5_1_counterexample_self_weight_two :
  const_gate (1/10) (1/5) 0 < const_gate (1/10) (1/5) 1 /\
  const_gate (1/10) (1/5) 1 < const_gate (1/10) (1/5) 2 /\
  const_gate (1/10) (1/5) 2 < const_gate (1/10) (1/5) 3 /\
  const_gate (1/10) (1/5) 3 < const_gate (1/10) (1/5) 4 /\
  const_gate (1/10) (1/5) 4 < const_gate (1/10) (1/5) 5 /\
  const_gate (1/10) (1/5) 6 < const_gate (1/10) (1/5) 5.
Proof. unfold const_gate, Gamma, gamma; simpl; repeat split; lra. Qed.

(** One step, exactly. *)
Theorem const_gate_step_criterion : forall s rho l, 0 < s < 1 ->
  (const_gate s rho (S l) <= const_gate s rho l
   <-> rho * (1 - s) <= s * (1 - s + INR l * rho)).
Proof.
  intros s rho l H. unfold const_gate. rewrite first_order_step_criterion by (intros; lra).
  unfold ratio_sum. rewrite sum_const. replace (1 - (1 - s)) with s by ring.
  replace (s * (1 + INR l * (rho / (1 - s)))) with (s * (1 - s + INR l * rho) / (1 - s)) by (field; lra).
  split; intros H0.
  - apply (Rmult_le_compat_r (1 - s)) in H0; [|lra].
    replace (s * (1 - s + INR l * rho) / (1 - s) * (1 - s)) with (s * (1 - s + INR l * rho)) in H0 by (field; lra). auto.
  - apply Rmult_le_reg_r with (1 - s); [lra|].
    replace (s * (1 - s + INR l * rho) / (1 - s) * (1 - s)) with (s * (1 - s + INR l * rho)) by (field; lra). auto.
Qed.

(** Sharp condition from any starting lag on, for non-negative coupling. *)
Theorem const_gate_sharp : forall s rho l0, 0 < s < 1 -> 0 <= rho ->
  ((forall l, (l0 <= l)%nat -> const_gate s rho (S l) <= const_gate s rho l)
   <-> rho * (1 - s) <= s * (1 - s + INR l0 * rho)).
Proof.
  intros s rho l0 Hs Hr; split; intros H.
  - apply const_gate_step_criterion; auto.
  - intros l L. apply const_gate_step_criterion; auto. apply le_INR in L.
    assert (0 <= s * (INR l - INR l0) * rho) by (apply Rmult_le_pos; nra). nra.
Qed.

(** From lag zero: exactly when rho <= s, that is self-weight times slope at most one. *)
Theorem const_gate_monotone_from_zero : forall s rho, 0 < s < 1 -> 0 <= rho ->
  ((forall l, const_gate s rho (S l) <= const_gate s rho l) <-> rho <= s).
Proof.
  intros s rho Hs Hr. split; intros H.
  - assert (E : rho * (1 - s) <= s * (1 - s + INR 0 * rho)) by (apply const_gate_sharp; auto).
    simpl in E. nra.
  - intros l. apply (const_gate_sharp s rho 0); auto; [simpl; nra|lia].
Qed.

Theorem const_gate_monotone_self_weight : forall s u, 0 < s < 1 -> 0 <= u ->
  ((forall l, const_gate s (s * u) (S l) <= const_gate s (s * u) l) <-> u <= 1).
Proof.
  intros s u Hs Hu. rewrite const_gate_monotone_from_zero by nra. split; intros; nra.
Qed.

(** From lag one, the first lag of the paper. *)
Theorem const_gate_monotone_from_one : forall s rho, 0 < s < 1 -> 0 <= rho ->
  ((forall l, (1 <= l)%nat -> const_gate s rho (S l) <= const_gate s rho l)
   <-> rho * (1 - 2 * s) <= s * (1 - s)).
Proof.
  intros s rho Hs Hr. rewrite (const_gate_sharp s rho 1) by auto. simpl. split; intros; nra.
Qed.

(** A gate of one half or more never violates the lemma at the paper's lags. *)
Theorem const_gate_fast_gate_safe : forall s rho l, 1/2 <= s < 1 -> 0 <= rho -> (1 <= l)%nat ->
  const_gate s rho (S l) <= const_gate s rho l.
Proof.
  intros s rho l Hs Hr L. apply const_gate_monotone_from_one; auto; nra.
Qed.

(** Eventual monotonicity, with the exact lag: (1-s)(1/s - 1/rho). *)
Theorem const_gate_eventually_monotone : forall s rho l, 0 < s < 1 -> 0 < rho ->
  (const_gate s rho (S l) <= const_gate s rho l <-> (1 - s) * (/ s - / rho) <= INR l).
Proof.
  intros s rho l Hs Hr. rewrite const_gate_step_criterion by auto.
  assert (P : 0 < s * rho) by nra.
  replace ((1 - s) * (/ s - / rho)) with ((1 - s) * (rho - s) / (s * rho)) by (field; lra).
  split; intros H.
  - apply Rmult_le_reg_r with (s * rho); auto.
    replace ((1 - s) * (rho - s) / (s * rho) * (s * rho)) with ((1 - s) * (rho - s)) by (field; lra). nra.
  - apply (Rmult_le_compat_r (s * rho)) in H; [|lra].
    replace ((1 - s) * (rho - s) / (s * rho) * (s * rho)) with ((1 - s) * (rho - s)) in H by (field; lra). nra.
Qed.

(** ** Negative coupling rebounds *)

(** After the zero of 1 + l rho/(1-s) the modulus grows again: for every negative rho and s <= 1/2. *)
Theorem negative_coupling_rebounds : forall s rho, 0 < s <= 1/2 -> rho < 0 ->
  exists l, (1 <= l)%nat /\ Rabs (const_gate s rho l) < Rabs (const_gate s rho (S l)).
Proof.
  intros s rho Hs Hr.
  (* x: position of the zero; pick the last lag not beyond it *)
  set (x := (1 - s) / - rho). assert (X : 0 < x) by (apply Rdiv_lt_0_compat; lra).
  assert (E : rho / (1 - s) = - / x) by (unfold x; field; lra).
  assert (F : forall l, const_gate s rho l = (1 - s) ^ l * (1 - INR l / x)).
  { intros l. rewrite const_gate_closed_form by lra. rewrite E. f_equal. field; lra. }
  assert (Step : forall l, 0 <= INR l / x - 1 -> INR l / x - 1 < (1 - s) * (INR l / x + / x - 1) ->
     Rabs (const_gate s rho l) < Rabs (const_gate s rho (S l))).
  { intros l H1 H2. rewrite !F, !Rabs_mult. simpl pow. rewrite Rabs_mult.
    assert (P : 0 < (1 - s) ^ l) by (apply pow_lt; lra).
    rewrite (Rabs_pos_eq ((1 - s) ^ l)), (Rabs_pos_eq (1 - s)) by lra.
    assert (IX : 0 < / x) by now apply Rinv_0_lt_compat.
    rewrite S_INR. replace ((INR l + 1) / x) with (INR l / x + / x) by (field; lra).
    rewrite (Rabs_left1 (1 - INR l / x)) by lra.
    rewrite (Rabs_left1 (1 - (INR l / x + / x))) by lra. nra. }
  (* the first lag at or after the zero has excess d = l/x - 1 < 1/x; one step multiplies by 1-s and adds 1/x *)
  assert (IX : 0 < / x) by now apply Rinv_0_lt_compat.
  pose (n := Z.to_nat (up x)). destruct (archimed x) as [U1 U2].
  assert (UZ : (0 <= up x)%Z) by (apply le_IZR; lra).
  assert (Hn : INR n = IZR (up x)) by (unfold n; rewrite INR_IZR_INZ, Z2Nat.id; auto).
  assert (N1 : (1 <= n)%nat).
  { destruct n as [|n']; [|lia]. simpl in Hn. lra. }
  assert (C : INR n - 1 <= x < INR n) by lra.
  (* two candidates: n - 1 when the zero is a lag, n otherwise *)
  destruct (Req_dec (INR n - 1) x) as [Ez|Nz].
  - exists (n - 1)%nat.
    assert (INR (n - 1) = x) by (rewrite minus_INR by auto; simpl; lra).
    assert (1 <= n - 1)%nat.
    { destruct n as [|[|m]]; try lia. simpl in H. lra. }
    split; auto. apply Step; rewrite H; replace (x / x) with 1 by (field; lra); nra.
  - exists n. split; auto. apply Step.
    + apply Rmult_le_reg_r with x; auto.
      replace ((INR n / x - 1) * x) with (INR n - x) by (field; lra). lra.
    + apply Rmult_lt_reg_r with x; auto.
      replace ((INR n / x - 1) * x) with (INR n - x) by (field; lra).
      replace ((1 - s) * (INR n / x + / x - 1) * x) with ((1 - s) * (INR n - x + 1)) by (field; lra).
      assert (s * (INR n - x) < s * 1) by (apply Rmult_lt_compat_l; lra). nra.
Qed.

(** An orthogonal recurrent weight already does it: one unit, W = [-1], s = 1/10: zero at lag nine, then growth. *)
Theorem orthogonal_weight_rebounds :
  const_gate (1/10) (-1/10) 9 = 0 /\ Rabs (const_gate (1/10) (-1/10) 9) < Rabs (const_gate (1/10) (-1/10) 10).
Proof.
  rewrite !const_gate_closed_form by lra. simpl INR. split.
  - field.
  - replace (1 + (1+1+1+1+1+1+1+1+1) * (-1/10 / (1 - 1/10))) with 0 by field.
    replace (1 + (1+1+1+1+1+1+1+1+1+1) * (-1/10 / (1 - 1/10))) with (-1/9) by field.
    rewrite Rmult_0_r, Rabs_R0. apply Rabs_pos_lt. apply Rmult_integral_contrapositive_currified; [|lra].
    apply pow_nonzero; lra.
Qed.

(** ** Exact transport of one unit, and what the truncation changes *)

Definition exact_const_gate (s rho : R) (l : nat) : R := (1 - s + rho) ^ l.

(** The exact transport does not rebound while |1 - s + rho| <= 1: the rebound is a truncation artefact. *)
Theorem exact_transport_never_rebounds : forall s rho l, Rabs (1 - s + rho) <= 1 ->
  Rabs (exact_const_gate s rho (S l)) <= Rabs (exact_const_gate s rho l).
Proof.
  intros s rho l H. unfold exact_const_gate; simpl. rewrite Rabs_mult.
  pose proof (Rabs_pos ((1 - s + rho) ^ l)); nra.
Qed.

(** First order never exceeds exact for non-negative coupling (Bernoulli). *)
Theorem first_order_below_exact : forall s rho l, 0 < s < 1 -> 0 <= rho ->
  const_gate s rho l <= exact_const_gate s rho l.
Proof.
  intros s rho l Hs Hr. unfold const_gate, exact_const_gate. induction l as [|l IH].
  - unfold Gamma, gamma; simpl; lra.
  - rewrite Gamma_S. simpl pow.
    assert (gamma (fun _ => 1 - s) l <= (1 - s + rho) ^ l).
    { unfold gamma; rewrite prod_const. apply pow_incr; lra. }
    nra.
Qed.

(** First-order transport always dies out, whatever the coupling... *)
Theorem first_order_vanishes : forall s rho eps, 0 < s < 1 -> 0 < eps ->
  exists L, forall l, (L <= l)%nat -> Rabs (const_gate s rho l) < eps.
Proof.
  intros s rho eps Hs He.
  (* with r^2 = 1 - s: |Gamma| <= r^l * ((1 + l C) r^l), and (1 + l C) r^l is bounded *)
  set (r := sqrt (1 - s)).
  assert (R2 : r * r = 1 - s) by (apply sqrt_sqrt; lra).
  assert (R0 : 0 < r) by (apply sqrt_lt_R0; lra).
  assert (R1 : r < 1) by nra.
  set (C := Rabs (rho / (1 - s))). assert (HC : 0 <= C) by apply Rabs_pos.
  set (D := (/ r - 1)). assert (HD : 0 < D).
  { unfold D. assert (1 < / r) by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra). lra. }
  assert (B : forall l, (1 + INR l * C) * r ^ l <= 1 + C / D).
  { intros l. assert (Q : 1 + INR l * D <= (/ r) ^ l).
    { replace (/ r) with (1 + D) by (unfold D; ring). apply poly; auto. }
    assert (RL : 0 < r ^ l) by (apply pow_lt; auto).
    rewrite pow_inv in Q.
    assert (r ^ l * (1 + INR l * D) <= 1).
    { apply (Rmult_le_compat_l (r ^ l)) in Q; [|lra]. rewrite Rinv_r in Q by lra. auto. }
    assert (r ^ l <= 1) by (rewrite <- (pow1 l); apply pow_incr; lra).
    assert (r ^ l * INR l <= / D).
    { apply Rmult_le_reg_r with D; auto. rewrite Rinv_l by lra.
      pose proof (pos_INR l). nra. }
    unfold Rdiv. nra. }
  set (K := 1 + C / D). assert (HK : 0 < K).
  { unfold K. assert (0 <= C / D) by (apply Rmult_le_pos; auto; left; now apply Rinv_0_lt_compat). lra. }
  destruct (pow_lt_1_zero r) with (y := eps / K) as [L HL].
  { rewrite Rabs_pos_eq; lra. }
  { now apply Rdiv_lt_0_compat. }
  exists L; intros l Hl. specialize (HL l Hl). specialize (B l).
  assert (RL : 0 < r ^ l) by (apply pow_lt; auto). rewrite Rabs_pos_eq in HL by lra.
  rewrite const_gate_closed_form by lra. rewrite <- R2, Rpow_mult_distr, !Rabs_mult, !(Rabs_pos_eq (r ^ l)) by lra.
  assert (Rabs (1 + INR l * (rho / (r * r))) <= 1 + INR l * C).
  { eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_R1, Rabs_mult, (Rabs_pos_eq (INR l)) by apply pos_INR.
    rewrite R2. fold C. lra. }
  apply Rle_lt_trans with (r ^ l * K).
  - rewrite Rmult_assoc. apply Rmult_le_compat_l; [lra|]. unfold K. nra.
  - apply (Rmult_lt_compat_r K) in HL; auto. replace (eps / K * K) with eps in HL by (field; lra). lra.
Qed.

(** ... so with coupling above s the truncation turns growth into decay: the regime flips. *)
Theorem truncation_flips_regime : forall s rho, 0 < s < 1 -> s < rho ->
  (forall l, 1 <= exact_const_gate s rho l) /\
  (forall l, exact_const_gate s rho l < exact_const_gate s rho (S l)) /\
  (forall eps, 0 < eps -> exists L, forall l, (L <= l)%nat -> Rabs (const_gate s rho l) < eps).
Proof.
  intros s rho Hs Hr.
  assert (G : forall l, 1 <= exact_const_gate s rho l) by (intros; apply pow_R1_Rle; lra).
  repeat split; auto.
  - intros l. specialize (G l). unfold exact_const_gate in *. simpl. nra.
  - intros; now apply first_order_vanishes.
Qed.
