(** * Claims of the catalogue, each in one statement

    Where a claim joins several theorems, or prints another form of one, this is the claim as the catalogue words it. *)
Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Require Import Learnability.Theory.Sums Learnability.Theory.Rayleigh Learnability.Theory.Kappa Learnability.Theory.Window.
Require Import Learnability.Theory.Floors Learnability.Theory.Laws Learnability.Theory.Transport Learnability.Theory.ConstGate.
Require Import Learnability.Theory.StableAverages Learnability.Theory.Geometric Learnability.Theory.Expansion Learnability.Theory.Matrices.
Require Import Learnability.Theory.Cells Learnability.Theory.Neuron Learnability.Theory.Smoothness Learnability.Theory.Network.
Open Scope R_scope.

(** ** Base rate, exponent, threshold *)

(** EN-03. *)
Theorem base_rate_is_projection : forall (lam b : nat -> R) n, 0 < energy b n ->
  (forall i, lam i * b i = rayleigh lam b n * b i + Rayleigh.residual lam b n i) /\
  sum (fun i => Rayleigh.residual lam b n i * b i) n = 0 /\
  (forall c, energy (fun i => lam i * b i - rayleigh lam b n * b i) n <= energy (fun i => lam i * b i - c * b i) n).
Proof.
  intros lam b n H. repeat split.
  - intros i. unfold Rayleigh.residual. ring.
  - now apply residual_orthogonal.
  - intros c. rewrite !rayleigh_projection by auto. pose proof (pow2_ge_0 (c - rayleigh lam b n)).
    rewrite Rminus_eq_0. assert (0 <= (c - rayleigh lam b n) ^ 2 * energy b n) by (apply Rmult_le_pos; lra). lra.
Qed.

(** WI-01. *)
Theorem concentration_exponent :
  kappa 2 = 2 /\ kappa (3/2) = 3 /\ (forall M, exists d, 0 < d /\ forall a, 1 < a < 1 + d -> M < kappa a) /\
  (forall a, 1 < a -> / a + / kappa a = 1).
Proof. repeat split; [apply kappa_gaussian|apply kappa_three_halves|apply kappa_unbounded|apply kappa_conjugate]. Qed.

Lemma inverse_kappa : forall a, 1 < a -> / kappa a = 1 - / a.
Proof. intros a H. pose proof (kappa_conjugate a H). lra. Qed.

(** WI-02. *)
Theorem signal_to_noise_rate : forall a N, 1 < a -> Rpower N (/ kappa a) = Rpower N (1 - / a).
Proof. intros; now rewrite inverse_kappa. Qed.

(** WI-05. *)
Theorem threshold_samples_and_ratio : forall q sigma mean k f N, 0 < q -> 0 < sigma -> 0 < mean -> 0 < k -> 0 < f -> 0 < N ->
  (threshold (2 * q * sigma / mean) k N <= f <-> 2 * q <= mean * f * Rpower N (/ k) / sigma) /\
  (threshold (2 * q * sigma / mean) k N <= f <-> samples (2 * q * sigma / mean) k f <= N).
Proof.
  intros q sigma mean k f N Hq Hs Hm Hk Hf HN. assert (A : 0 < 2 * q * sigma / mean) by (apply Rdiv_lt_0_compat; nra). split.
  - rewrite signal_to_noise_form by auto.
    replace (mean * f * Rpower N (/ k) / sigma) with (mean / sigma * (f * Rpower N (/ k))) by (field; lra).
    replace (2 * q * sigma / mean) with (2 * q / (mean / sigma)) by (field; lra).
    assert (P : 0 < mean / sigma) by now apply Rdiv_lt_0_compat. split; intros H.
    + apply (Rmult_le_compat_l (mean / sigma)) in H; [|lra]. replace (mean / sigma * (2 * q / (mean / sigma))) with (2 * q) in H by (field; lra). auto.
    + apply Rmult_le_reg_l with (mean / sigma); auto. replace (mean / sigma * (2 * q / (mean / sigma))) with (2 * q) by (field; lra). auto.
  - now apply threshold_inverts_samples.
Qed.

(** WI-10. *)
Theorem window_never_opens_iff_no_signal : forall (f : nat -> R) A k, 0 < A -> 0 < k -> (forall l, (1 <= l)%nat -> 0 <= f l) ->
  ((forall N, 0 < N -> last_lag (fun l => threshold A k N <= f l) 0) <-> (forall l, (1 <= l)%nat -> f l = 0)).
Proof.
  intros f A k HA Hk Hf. rewrite window_always_empty_iff by auto. split; intros H l L.
  - apply Rle_antisym; auto.
  - rewrite H by auto; lra.
Qed.

(** WI-12. *)
Theorem information_rate : (forall N, 0 < N -> Rpower N (2 / kappa 2) = N) /\
  (forall a N, 1 < a < 2 -> 1 < N -> Rpower N (2 / kappa a) < N).
Proof.
  split; [|apply information_rate_sublinear]. intros N H. rewrite kappa_gaussian. replace (2 / 2) with 1 by field. now apply Rpower_1.
Qed.

Lemma samples_printed : forall A k f, 0 < A -> 0 < f -> samples A k f = Rpower A k * Rpower f (- k).
Proof. intros A k f HA Hf. unfold samples. rewrite Rpower_div, Rpower_Ropp by auto. reflexivity. Qed.

(** WI-20, with the constants as printed. *)
Theorem requirement_sandwich_printed : forall A k f s m smin smax mmin mmax, 0 < A -> 0 < k -> 0 < f ->
  0 < smin -> smin <= s <= smax -> 0 < mmin -> mmin <= m <= mmax ->
  Rpower A k * Rpower (smin / mmax) k * Rpower f (- k) <= samples (A * s / m) k f
  <= Rpower A k * Rpower (smax / mmin) k * Rpower f (- k).
Proof.
  intros A k f s m smin smax mmin mmax HA Hk Hf H1 H2 H3 H4.
  assert (P : 0 < smin / mmax) by (apply Rdiv_lt_0_compat; lra). assert (Q : 0 < smax / mmin) by (apply Rdiv_lt_0_compat; lra).
  pose proof (requirement_sandwich A k f s m smin smax mmin mmax HA Hk Hf H1 H2 H3 H4) as S.
  replace (A * smin / mmax) with (A * (smin / mmax)) in S by (field; lra). replace (A * smax / mmin) with (A * (smax / mmin)) in S by (field; lra).
  rewrite (samples_printed (A * (smin / mmax))), (samples_printed (A * (smax / mmin))) in S by (auto; apply Rmult_lt_0_compat; auto).
  rewrite <- !Rpower_mult_distr in S by auto. exact S.
Qed.

(** WI-21, with the constants as printed: c f^(-kappa) on both sides. *)
Theorem window_sandwich_printed : forall (f need : nat -> R) c1 c2 k N H lo hi, 0 < c1 -> 0 < c2 -> 0 < k -> 0 < N ->
  (forall l, (1 <= l)%nat -> 0 < f l) ->
  (forall l, (1 <= l)%nat -> c1 * Rpower (f l) (- k) <= need l <= c2 * Rpower (f l) (- k)) ->
  last_lag (fun l => need l <= N) H ->
  sup_inverse f (Rpower c2 (/ k) * Rpower N (- / k)) lo -> sup_inverse f (Rpower c1 (/ k) * Rpower N (- / k)) hi -> (lo <= H <= hi)%nat.
Proof.
  intros f need c1 c2 k N H lo hi H1 H2 Hk HN Hf B W L U.
  apply (window_sandwich f need (Rpower c1 (/ k)) (Rpower c2 (/ k)) k N); auto using Rpower_pos.
  intros l Hl. rewrite !samples_printed by auto using Rpower_pos.
  assert (E : forall c, 0 < c -> Rpower (Rpower c (/ k)) k = c).
  { intros c Hc. rewrite Rpower_mult. replace (/ k * k) with 1 by (field; lra). now apply Rpower_1. }
  rewrite !E by auto. auto.
Qed.

(** WI-23. *)
Theorem exponential_envelopes : forall c lam A k N, 0 < c -> 0 < lam < 1 -> 0 < A -> 0 < k -> 0 < N ->
  sup_inverse (fun l => c * lam ^ l) (threshold A k N) (floor_lag ((ln N / k + ln (c / A)) / ln (/ lam))) /\
  (forall l, samples A k (c * lam ^ l) = Rpower (A / c) k * Rpower lam (- (k * INR l))).
Proof.
  intros c lam A k N Hc Hl HA Hk HN. split; [now apply exponential_law|]. intros l. assert (P : 0 < lam ^ l) by (apply pow_lt; lra).
  rewrite samples_printed by (auto; nra). rewrite <- Rpower_mult_distr by auto. rewrite <- (Rpower_pow l) by lra. rewrite Rpower_mult.
  rewrite Rpower_div by auto. rewrite (Rpower_Ropp c). replace (INR l * - k) with (- (k * INR l)) by ring. unfold Rdiv; ring.
Qed.

(** WI-24. *)
Theorem polynomial_envelopes : forall c beta A k N, 0 < c -> 0 < beta -> 0 < A -> 0 < k -> 0 < N ->
  sup_inverse (fun l => c * Rpower (INR l) (- beta)) (threshold A k N) (floor_lag (Rpower (c / A) (/ beta) * Rpower N (/ (k * beta)))) /\
  (forall l, samples A k (c * Rpower (INR l) (- beta)) = Rpower (A / c) k * Rpower (INR l) (k * beta)).
Proof.
  intros c beta A k N Hc Hb HA Hk HN. split; [now apply polynomial_law|]. intros l.
  rewrite samples_printed by (auto; apply Rmult_lt_0_compat; auto using Rpower_pos). rewrite <- Rpower_mult_distr by auto using Rpower_pos.
  rewrite Rpower_mult, Rpower_div by auto. rewrite (Rpower_Ropp c). replace (- beta * - k) with (k * beta) by ring. unfold Rdiv; ring.
Qed.

(** SL-06. *)
Theorem mean_of_stable_variables : forall alpha sigma s N, 1 < alpha -> 0 < sigma -> 0 < s -> (1 <= N)%nat ->
  stable_cf alpha sigma (s / INR N) ^ N = stable_cf alpha (sigma * Rpower (INR N) (/ alpha - 1)) s /\ 1 - / alpha = / kappa alpha.
Proof. intros. split; [apply stable_mean_scale; auto; lra|]. now rewrite inverse_kappa. Qed.

(** ** Transport *)

(** TR-05. *)
Theorem first_order_step : forall (a b : nat -> R) l, Gamma a b (S l) - Gamma a b l = b l * gamma a l - (1 - a l) * Gamma a b l.
Proof. intros. rewrite Gamma_S. ring. Qed.

Lemma const_gate_step : forall s rho l, 0 < s < 1 ->
  const_gate s rho (S l) - const_gate s rho l = (1 - s) ^ l * (rho - s * (1 + INR l * (rho / (1 - s)))).
Proof. intros s rho l H. rewrite !const_gate_closed_form by lra. rewrite S_INR. simpl pow. field. lra. Qed.

Lemma turning_lag : forall s rho l, 0 < s < 1 -> rho <> 0 ->
  rho - s * (1 + INR l * (rho / (1 - s))) = rho * s / (1 - s) * ((1 - s) / s - (1 - s) / rho - INR l).
Proof. intros. field. lra. Qed.

(** TR-06: a = 1 - s, b > 0; the peak is the first lag at or after a/(1-a) - a/b. *)
Theorem const_gate_peak : forall s b, 0 < s < 1 -> 0 < b ->
  let turn := (1 - s) / s - (1 - s) / b in
  (forall l, const_gate s b (S l) <= const_gate s b l <-> turn <= INR l) /\
  (forall peak, turn <= INR peak -> (forall l, turn <= INR l -> (peak <= l)%nat) -> forall l, const_gate s b l <= const_gate s b peak).
Proof.
  intros s b Hs Hb turn.
  assert (Step : forall l, const_gate s b (S l) - const_gate s b l = (1 - s) ^ l * (b * s / (1 - s)) * (turn - INR l)).
  { intros l. rewrite const_gate_step, turning_lag by (auto; lra). unfold turn. ring. }
  assert (P : forall l, 0 < (1 - s) ^ l * (b * s / (1 - s))).
  { intros l. apply Rmult_lt_0_compat; [apply pow_lt; lra|apply Rdiv_lt_0_compat; nra]. }
  split.
  - intros l. specialize (Step l). specialize (P l). split; intros H; nra.
  - intros peak H1 H2 l. destruct (le_lt_dec peak l) as [L|L].
    + induction L as [|l L IH]; [lra|]. specialize (Step l). specialize (P l). apply le_INR in L. nra.
    + assert (U : forall j, (j < peak)%nat -> const_gate s b j <= const_gate s b (S j)).
      { intros j Hj. specialize (Step j). specialize (P j). destruct (Rle_or_lt turn (INR j)) as [T|T]; [apply H2 in T; lia|nra]. }
      clear H1 H2. induction peak as [|p IH]; [lia|]. destruct (Nat.eq_dec l p) as [->|E]; [apply U; lia|].
      eapply Rle_trans; [apply IH; [lia|intros; apply U; lia]|apply U; lia].
Qed.

(** TR-08: a = 1 - s, b < 0: the sign changes at - a/b, beyond it the modulus rises up to the first lag at or after a/(1-a) - a/b. *)
Theorem negative_coupling_second_peak : forall s b, 0 < s < 1 -> b < 0 ->
  let zero := - ((1 - s) / b) in let turn := (1 - s) / s - (1 - s) / b in
  (forall l, 0 < const_gate s b l <-> INR l < zero) /\ (forall l, const_gate s b l < 0 <-> zero < INR l) /\
  (forall l, zero <= INR l -> INR l < turn -> Rabs (const_gate s b l) < Rabs (const_gate s b (S l))) /\
  (forall peak, turn <= INR peak -> (forall l, turn <= INR l -> (peak <= l)%nat) ->
     forall l, zero <= INR l -> Rabs (const_gate s b l) <= Rabs (const_gate s b peak)).
Proof.
  intros s b Hs Hb zero turn.
  assert (Step : forall l, const_gate s b (S l) - const_gate s b l = (1 - s) ^ l * (- b * s / (1 - s)) * (INR l - turn)).
  { intros l. rewrite const_gate_step, turning_lag by (auto; lra). unfold turn. field. lra. }
  assert (P : forall l, 0 < (1 - s) ^ l * (- b * s / (1 - s))).
  { intros l. apply Rmult_lt_0_compat; [apply pow_lt; lra|apply Rdiv_lt_0_compat; nra]. }
  assert (V : forall l, const_gate s b l = (1 - s) ^ l * (- b / (1 - s)) * (zero - INR l)).
  { intros l. rewrite const_gate_closed_form by lra. unfold zero. field. lra. }
  assert (Q : forall l, 0 < (1 - s) ^ l * (- b / (1 - s))).
  { intros l. apply Rmult_lt_0_compat; [apply pow_lt; lra|apply Rdiv_lt_0_compat; lra]. }
  assert (N : forall l, zero <= INR l -> Rabs (const_gate s b l) = - const_gate s b l).
  { intros l H. apply Rabs_left1. rewrite V. specialize (Q l). nra. }
  assert (ZT : zero < turn) by (unfold zero, turn; assert (0 < (1 - s) / s) by (apply Rdiv_lt_0_compat; lra); lra).
  repeat split; try (intros H; rewrite V in *; specialize (Q l); nra).
  - intros l H1 H2. rewrite !N by (try rewrite S_INR; lra). specialize (Step l). specialize (P l). nra.
  - intros peak H1 H2 l Hl. rewrite !N by lra. destruct (le_lt_dec peak l) as [L|L].
    + clear Hl. induction L as [|l L IH]; [lra|]. specialize (Step l). specialize (P l). apply le_INR in L. nra.
    + assert (U : forall j, (j < peak)%nat -> - const_gate s b j <= - const_gate s b (S j)).
      { intros j Hj. specialize (Step j). specialize (P j). destruct (Rle_or_lt turn (INR j)) as [T|T]; [apply H2 in T; lia|nra]. }
      clear H1 H2 Hl. induction peak as [|p0 IH]; [lia|]. destruct (Nat.eq_dec l p0) as [->|E]; [apply U; lia|].
      eapply Rle_trans; [apply IH; [lia|intros; apply U; lia]|apply U; lia].
Qed.

(** TR-07. *)
Theorem positive_couplings_decay : forall (a b : nat -> R) top most rho, 0 < rho -> top < 1 ->
  (forall j, 0 < a j <= top) -> (forall j, b j <= most) -> (forall j, rho <= b j / a j) ->
  forall l, (most / (1 - top) - 1) / rho <= INR l -> Gamma a b (S l) <= Gamma a b l.
Proof.
  intros a b top most rho Hr Ht A B R l Hl. apply first_order_step_criterion; [intros; apply A|].
  assert (S : INR l * rho <= ratio_sum a b l) by (unfold ratio_sum; rewrite <- sum_const; apply sum_le; auto).
  apply (Rmult_le_compat_r rho) in Hl; [|lra]. replace ((most / (1 - top) - 1) / rho * rho) with (most / (1 - top) - 1) in Hl by (field; lra).
  assert (M : most <= (1 - top) * (1 + INR l * rho)).
  { apply Rmult_le_reg_l with (/ (1 - top)); [apply Rinv_0_lt_compat; lra|]. rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra.
    unfold Rdiv in Hl. rewrite Rmult_comm. lra. }
  pose proof (A l). pose proof (B l). pose proof (pos_INR l). assert (0 <= INR l * rho) by nra.
  apply Rle_trans with ((1 - top) * (1 + INR l * rho)); [lra|]. apply Rmult_le_compat; lra.
Qed.

(** TR-32: the error of the first order against the exact transport of a constant gate, relative to zeroth order. *)
Theorem first_order_error_of_constant_gate : forall s b l, 0 < s < 1 -> 0 <= b ->
  let r := b / (1 - s) in let pairs := INR l * (INR l - 1) / 2 in
  pairs * r ^ 2 <= exact_const_gate s b l / (1 - s) ^ l - (1 + INR l * r) <= pairs * r ^ 2 * (1 + r) ^ (l - 2).
Proof.
  intros s b l Hs Hb r. assert (R0 : 0 <= r) by (apply Rmult_le_pos; auto; left; apply Rinv_0_lt_compat; lra).
  assert (E : exact_const_gate s b l / (1 - s) ^ l = (1 + r) ^ l).
  { unfold exact_const_gate. replace (1 - s + b) with ((1 - s) * (1 + r)) by (unfold r; field; lra). rewrite Rpow_mult_distr.
    field. apply pow_nonzero; lra. }
  rewrite E. clear E. induction l as [|l [IL IU]]; [simpl; lra|]. rewrite S_INR. change ((1 + r) ^ S l) with ((1 + r) * (1 + r) ^ l).
  assert (P : 1 <= (1 + r) ^ (S l - 2)) by (apply pow_R1_Rle; lra). pose proof (pos_INR l) as L0. pose proof (pow2_ge_0 r) as R2.
  assert (T : (1 + r) * (1 + r) ^ l - (1 + (INR l + 1) * r) = (1 + r) * ((1 + r) ^ l - (1 + INR l * r)) + INR l * r ^ 2) by ring.
  rewrite T. assert (N : 0 <= INR l * (INR l - 1) / 2).
  { destruct l as [|l]; [simpl; lra|]. rewrite S_INR. pose proof (pos_INR l). nra. }
  assert (Q : 0 <= INR l * (INR l - 1) / 2 * r ^ 2) by now apply Rmult_le_pos. split.
  - replace ((INR l + 1) * (INR l + 1 - 1) / 2 * r ^ 2) with (INR l * (INR l - 1) / 2 * r ^ 2 + INR l * r ^ 2) by field. nra.
  - assert (I : 0 <= INR l * r ^ 2) by now apply Rmult_le_pos.
    assert (U : (1 + r) * ((1 + r) ^ l - (1 + INR l * r)) <= INR l * (INR l - 1) / 2 * r ^ 2 * (1 + r) ^ (S l - 2)).
    { destruct l as [|[|l]].
      - simpl. lra.
      - simpl. lra.
      - replace (S (S (S l)) - 2)%nat with (S (S (S l) - 2)) by lia. change ((1 + r) ^ S (S (S l) - 2)) with ((1 + r) * (1 + r) ^ (S (S l) - 2)).
        replace (INR (S (S l)) * (INR (S (S l)) - 1) / 2 * r ^ 2 * ((1 + r) * (1 + r) ^ (S (S l) - 2)))
          with ((1 + r) * (INR (S (S l)) * (INR (S (S l)) - 1) / 2 * r ^ 2 * (1 + r) ^ (S (S l) - 2))) by ring.
        apply Rmult_le_compat_l; [lra|exact IU]. }
    replace ((INR l + 1) * (INR l + 1 - 1) / 2 * r ^ 2 * (1 + r) ^ (S l - 2))
      with (INR l * (INR l - 1) / 2 * r ^ 2 * (1 + r) ^ (S l - 2) + INR l * r ^ 2 * (1 + r) ^ (S l - 2)) by field.
    apply Rplus_le_compat; auto. rewrite <- (Rmult_1_r (INR l * r ^ 2)) at 1. now apply Rmult_le_compat_l.
Qed.

(** TR-11. *)
Theorem frechet_derivative_of_a_product : forall n (A B : nat -> square n) l,
  matrix_derive (fun eps => full A (fun k => multiple eps (B k)) l) 0
    (ring_sum (fun j => mult (mult (stretch A (S j) (l - 1 - j)) (B j)) (stretch A 0 j)) l).
Proof. intros. rewrite <- first_order_insertions. apply product_derivative. Qed.

(** TR-12. *)
Theorem first_order_expansion_of_a_product : forall n (A B : nat -> square n) l,
  (forall eps, Rabs eps <= 1 ->
     row_sum_norm (minus (full A (fun k => multiple eps (B k)) l) (plus (zeroth A l) (multiple eps (first A B l))))
     <= eps ^ 2 * dropped (fun k => row_sum_norm (A k)) (fun k => row_sum_norm (B k)) l) /\
  (forall eps, 0 < eps -> exists delta, 0 < delta /\
     forall (E : nat -> square n) e, (forall k, (k < l)%nat -> row_sum_norm (E k) <= e) -> 0 <= e <= delta ->
     row_sum_norm (minus (full A E l) (plus (zeroth A l) (first A E l))) <= eps * e).
Proof. intros; split; intros; [now apply expansion_remainder_quadratic|now apply first_order_is_frechet_derivative]. Qed.

(** TR-35, for any slopes of the candidate. *)
Theorem constant_gate_in_closed_form : forall s w (slopes : nat -> R) l, s <> 1 ->
  gamma (fun _ => 1 - s) l = (1 - s) ^ l /\
  Gamma (fun _ => 1 - s) (fun t => s * slopes t * w) l = (1 - s) ^ l * (1 + s / (1 - s) * w * sum slopes l) /\
  prod (fun t => 1 - s + s * slopes t * 0) l = (1 - s) ^ l.
Proof.
  intros s w slopes l H. repeat split.
  - unfold gamma. apply prod_const.
  - rewrite first_order_closed_form by (intros; lra). unfold gamma, ratio_sum. rewrite prod_const. do 2 f_equal.
    rewrite <- sum_scal. apply sum_ext; intros. field; lra.
  - rewrite (prod_ext _ (fun _ => 1 - s)) by (intros; ring). apply prod_const.
Qed.

(** TR-37. *)
Theorem slow_envelopes_with_one_unit :
  (forall beta l, gamma (fun k => Rpower (INR (S k) / INR (S (S k))) beta) l = Rpower (INR (S l)) (- beta)) /\
  (forall l, gamma (fun k => ln (INR (k + 2)) / ln (INR (k + 3))) l = ln 2 / ln (INR (l + 2))).
Proof. split; [apply polynomial_gates_realise_power_law|apply logarithmic_gates_realise_log_law]. Qed.

(** TR-38. *)
Theorem gru_published_sum_is_no_transport :
  (forall z r, gru_published z r 0 = 3 /\ gru_exact z 0 = 1) /\
  (forall s K, 1/2 < s < 1 -> exists l, K * gru_exact s l < gru_published s s l).
Proof. split; [apply gru_published_sum_at_zero|apply gru_published_sum_unbounded]. Qed.

(** ** Kernel regime *)

(** KR-06. *)
Theorem memory_polynomials : forall x t, p x (S t) = 1 + x * p x t /\ sum (fun k => x ^ k * p x (t - k)) t = q x t.
Proof. intros; split; [apply p_recursion|apply q_convolution]. Qed.

(** KR-17. *)
Theorem three_regimes :
  (forall x, 0 <= x < 1 -> forall t, p x t <= / (1 - x) /\ q x t <= / (1 - x) ^ 2) /\
  (forall t, p 1 t = INR t /\ q 1 t = INR t * (INR t + 1) / 2) /\
  (forall c r, 0 < c -> 1 < r -> exists t, p 1 t < c * r ^ t) /\
  (forall x, 1 < x -> forall t, x ^ t <= p x (S t)).
Proof.
  repeat split; intros.
  - now apply p_bounded_below_cutoff.
  - now apply q_bounded_below_cutoff.
  - apply p_at_cutoff.
  - apply q_at_cutoff.
  - now apply cutoff_is_not_exponential.
  - now apply p_exponential_above_cutoff.
Qed.

Lemma lipschitz_above : forall s0 s1 X t, 0 <= s1 -> 0 <= X -> s1 * p X t <= lipschitz s0 s1 X t.
Proof.
  intros s0 s1 X t H1 HX. unfold lipschitz. apply Rmult_le_compat_l; auto.
  rewrite <- (sqrt_pow2 (p X t) (p_nonneg X t HX)) at 1. apply sqrt_le_1_alt.
  pose proof (pow2_ge_0 (s0 * p X (pred t))). rewrite Rpow_mult_distr in H. lra.
Qed.

Lemma lipschitz_below : forall s0 s1 X t, 0 <= s1 -> 0 <= X -> lipschitz s0 s1 X t <= s1 * crude s0 * p X t.
Proof.
  intros s0 s1 X t H1 HX. unfold lipschitz. rewrite Rmult_assoc. apply Rmult_le_compat_l; auto.
  assert (P : 0 <= p X (pred t) <= p X t) by (split; [now apply p_nonneg|apply p_monotone; [lra|lia]]).
  assert (Q : 0 <= crude s0 * p X t) by (apply Rmult_le_pos; [apply crude_nonneg|lra]).
  rewrite <- (sqrt_pow2 (crude s0 * p X t)) by auto. apply sqrt_le_1_alt. rewrite Rpow_mult_distr, crude_square.
  assert (p X (pred t) ^ 2 <= p X t ^ 2) by (apply pow_incr; lra). pose proof (pow2_ge_0 s0). nra.
Qed.

(** KR-18: the constants on the ball are bounded uniformly in time exactly for s1 alpha_m < 1, alpha_m = alpha + rho/sqrt m. *)
Theorem constants_bounded_iff_below_cutoff : forall s0 s1 s2 alpha rho m, 0 < s1 -> 0 <= s2 -> 0 <= alpha -> 0 <= rho -> 0 < m ->
  let x := (alpha + rho / sqrt m) * s1 in
  ((exists K, forall t, lipschitz s0 s1 x t <= K /\ smoothness s1 s2 (crude s0) x t <= K) <-> x < 1).
Proof.
  intros s0 s1 s2 alpha rho m H1 H2 Ha Hr Hm x.
  assert (X0 : 0 <= x).
  { unfold x. apply Rmult_le_pos; [|lra]. apply Rplus_le_le_0_compat; auto. apply Rmult_le_pos; auto.
    left; apply Rinv_0_lt_compat, sqrt_lt_R0; auto. }
  split.
  - intros [K HK]. apply Rnot_le_lt. intros L.
    assert (G : forall t, INR t <= p x t) by (intros t; rewrite <- p_at_cutoff; apply p_monotone; [lra|lia]).
    assert (B : forall t, INR t <= K / s1).
    { intros t. destruct (HK t) as [HL _]. pose proof (lipschitz_above s0 s1 x t). specialize (G t).
      apply Rmult_le_reg_r with s1; auto. replace (K / s1 * s1) with K by (field; lra). nra. }
    destruct (floor_lag_spec (K / s1) (B 0%nat)) as [_ F]. specialize (B (S (floor_lag (K / s1)))). rewrite S_INR in B. lra.
  - intros L. set (P := / (1 - x)). set (Q := / (1 - x) ^ 2).
    assert (P0 : 0 < P) by (apply Rinv_0_lt_compat; lra). assert (Q0 : 0 < Q) by (apply Rinv_0_lt_compat, pow_lt; lra).
    pose proof (crude_nonneg s0) as C0.
    exists (Rmax (s1 * crude s0 * P) (s2 * crude s0 ^ 2 * (P * Q) + 2 * s1 ^ 2 * crude s0 * Q)). intros t.
    assert (PB : 0 <= p x t <= P) by (split; [now apply p_nonneg|now apply p_bounded_below_cutoff]).
    assert (QB : forall n, 0 <= q x n <= Q) by (intros; split; [now apply q_nonneg|now apply q_bounded_below_cutoff]).
    split.
    + eapply Rle_trans; [apply lipschitz_below; lra|]. eapply Rle_trans; [|apply Rmax_l].
      apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|lra].
    + eapply Rle_trans; [apply smoothness_closed_form; auto|]. eapply Rle_trans; [|apply Rmax_r].
      apply Rplus_le_compat.
      * apply Rmult_le_compat_l; [apply Rmult_le_pos; auto; apply pow2_ge_0|]. apply Rmult_le_compat; try apply QB; lra.
      * apply Rmult_le_compat_l; [|apply QB]. apply Rmult_le_pos; auto. pose proof (pow2_ge_0 s1). lra.
Qed.

(** KR-19: below the cutoff the total over T steps lies between s1^2 T and a constant times T. *)
Theorem total_constant_grows_with_length : forall s0 s1 x T, 0 <= s1 -> 0 <= x < 1 ->
  let total := sum (fun t => lipschitz s0 s1 x (S t) ^ 2) T in
  INR T * s1 ^ 2 <= total <= INR T * (s1 ^ 2 * (1 + s0 ^ 2) / (1 - x) ^ 2).
Proof.
  intros s0 s1 x T H1 Hx total. unfold total. rewrite <- !sum_const. split; apply sum_le; intros t _.
  - apply pow_incr. split; auto. eapply Rle_trans; [|apply lipschitz_above; lra]. rewrite <- (Rmult_1_r s1) at 1.
    apply Rmult_le_compat_l; auto. rewrite p_recursion. pose proof (p_nonneg x t (proj1 Hx)). assert (0 <= x * p x t) by (apply Rmult_le_pos; lra). lra.
  - apply Rle_trans with ((s1 * crude s0 * / (1 - x)) ^ 2).
    + pose proof (lipschitz_above s0 s1 x (S t) H1 (proj1 Hx)). pose proof (p_nonneg x (S t) (proj1 Hx)). pose proof (crude_nonneg s0).
      apply pow_incr. split; [assert (0 <= s1 * p x (S t)) by (apply Rmult_le_pos; auto); lra|].
      eapply Rle_trans; [apply lipschitz_below; lra|]. apply Rmult_le_compat_l; [apply Rmult_le_pos; auto|now apply p_bounded_below_cutoff].
    + right. rewrite !Rpow_mult_distr, crude_square. unfold Rdiv. rewrite pow_inv. reflexivity.
Qed.

(** KR-03: the gradient recursion is the derivative along every line of parameters. *)
Theorem gradient_recursion : forall (sg dsg : R -> R) d th X, (forall z, is_derive sg z (dsg z)) ->
  (forall y t, is_derive (fun e => neuron sg d (fun k => th k + e * y k) X t) 0 (sum (fun k => y k * neuron_gradient sg dsg d th X t k) (S d))) /\
  (forall t k, neuron_gradient sg dsg d th X (S t) k
     = dsg (th 0%nat * neuron sg d th X t + input_drive d th X t)
       * (match k with O => neuron sg d th X t | S j => X t j end + th 0%nat * neuron_gradient sg dsg d th X t k)).
Proof.
  intros sg dsg d th X D. split.
  - intros y t. rewrite <- neuron_slope_is_inner_product.
    apply (is_derive_ext (fun e => hidden sg (th 0%nat) (y 0%nat) (input_drive d th X) (fun s => sum (fun k => y (S k) * X s k) d) e t)).
    + intros e. rewrite hidden_line. unfold neuron. apply hidden_ext. intros s. unfold input_drive.
      rewrite <- sum_scal, <- sum_plus. apply sum_ext; intros; ring.
    + now apply neuron_derivative.
  - intros t [|j]; simpl neuron_gradient; rewrite hidden_start; fold (neuron sg d th X t).
    + replace ((th 0%nat + 0 * 1) * neuron sg d th X t + (input_drive d th X t + 0 * 0)) with (th 0%nat * neuron sg d th X t + input_drive d th X t) by ring. ring.
    + replace ((th 0%nat + 0 * 0) * neuron sg d th X t + (input_drive d th X t + 0 * X t j)) with (th 0%nat * neuron sg d th X t + input_drive d th X t) by ring. ring.
Qed.

(** KR-08: along every unit direction (the norm of a symmetric matrix is the largest such second derivative). *)
Theorem second_derivative_bound : forall (sg dsg ddsg : R -> R) s0 s1 s2 a d (th y : nat -> R) X,
  (forall z, is_derive sg z (dsg z)) -> (forall z, is_derive dsg z (ddsg z)) ->
  (forall z, Rabs (sg z) <= s0) -> (forall z, Rabs (dsg z) <= s1) -> (forall z, Rabs (ddsg z) <= s2) ->
  Rabs (th 0%nat) <= a -> unit_inputs d X -> sum (fun k => y k ^ 2) (S d) <= 1 ->
  let x := fun s => sum (fun k => y (S k) * X s k) d in
  forall t, is_derive (fun e => slope sg dsg (th 0%nat) (y 0%nat) (input_drive d th X) x e t) 0 (bend sg dsg ddsg (th 0%nat) (y 0%nat) (input_drive d th X) x 0 t)
    /\ Rabs (bend sg dsg ddsg (th 0%nat) (y 0%nat) (input_drive d th X) x 0 t) <= smoothness s1 s2 (crude s0) (a * s1) t
    /\ smoothness s1 s2 (crude s0) (a * s1) t
       <= s2 * crude s0 ^ 2 * (p (a * s1) t * q (a * s1) t) + 2 * s1 ^ 2 * crude s0 * q (a * s1) (pred t).
Proof.
  intros sg dsg ddsg s0 s1 s2 a d th y X D1 D2 B0 B1 B2 W HX HY x t.
  assert (S1 : 0 <= s1) by (eapply Rle_trans; [apply Rabs_pos|apply (B1 0)]).
  assert (S2 : 0 <= s2) by (eapply Rle_trans; [apply Rabs_pos|apply (B2 0)]).
  assert (A0 : 0 <= a) by (eapply Rle_trans; [apply Rabs_pos|apply W]).
  split; [|split].
  - now apply neuron_second_derivative.
  - rewrite <- (Rmult_1_l (smoothness _ _ _ _ _)). rewrite <- (pow1 2).
    apply (neuron_smoothness sg dsg ddsg (th 0%nat) (y 0%nat) (input_drive d th X) x s0 s1 s2 a (Rabs (y 0%nat)) (sqrt (sum (fun k => y (S k) ^ 2) d)) 1); auto; try lra.
    + intros s. now apply (drive_speed d (fun k => y (S k))).
    + rewrite pow2_abs, <- (Rsqr_pow2 (sqrt _)), Rsqr_sqrt by (apply sum_nonneg; intros; apply pow2_ge_0). rewrite sum_head in HY. lra.
    + now rewrite Rmult_0_l, Rplus_0_r.
  - apply smoothness_closed_form; auto. now apply Rmult_le_pos.
Qed.

(** KR-09 and KR-10, from a start at which the output is zero. *)
Theorem linearisation_at_start : forall (sg dsg ddsg : R -> R) d s0 s1 s2 a m c start th X r t,
  (forall z, is_derive sg z (dsg z)) -> (forall z, is_derive dsg z (ddsg z)) ->
  (forall z, Rabs (sg z) <= s0) -> (forall z, Rabs (dsg z) <= s1) -> (forall z, Rabs (ddsg z) <= s2) ->
  (1 <= m)%nat -> (forall i, Rabs (c i) <= 1) -> unit_inputs d X -> 0 <= r -> near d m r start th -> slow a m start -> slow a m th ->
  network sg d m c start X t = 0 ->
  Rabs (network sg d m c th X t - pairing d m (network_gradient sg dsg d m c start X t) (fun i k => th i k - start i k))
    <= Smooth s0 s1 s2 a t * r ^ 2 / (2 * sqrt (INR m)) /\
  Rabs (network sg d m c th X t) <= Lip s0 s1 a t * r.
Proof.
  intros sg dsg ddsg d s0 s1 s2 a m c start th X r t D1 D2 B0 B1 B2 Hm Hc HX Hr N W W' Z.
  pose proof (network_linearisation sg dsg ddsg d D1 D2 s0 s1 s2 a B0 B1 B2 m Hm c Hc start th X r t HX Hr N W W') as L.
  pose proof (network_output_bound sg dsg ddsg d D1 s0 s1 s2 a B0 B1 B2 m Hm c Hc start th X r t HX Hr N W W') as O.
  rewrite Z, Rminus_0_r in L, O. split; [exact L|]. rewrite Rmult_comm. exact O.
Qed.

(** KR-10: output, gradient and step. *)
Theorem output_and_gradient_controlled : forall (sg dsg ddsg : R -> R) d s0 s1 s2 a m c start th rho K seq time Y size,
  (forall z, is_derive sg z (dsg z)) -> (forall z, is_derive dsg z (ddsg z)) ->
  (forall z, Rabs (sg z) <= s0) -> (forall z, Rabs (dsg z) <= s1) -> (forall z, Rabs (ddsg z) <= s2) ->
  (1 <= m)%nat -> (forall i, Rabs (c i) <= 1) -> (forall J, unit_inputs d (seq J)) -> 0 < size -> 0 <= rho ->
  near d m rho start th -> slow a m start -> slow a m th -> (forall X t, network sg d m c start X t = 0) ->
  let Lam := sum (fun J => Lip s0 s1 a (time J) ^ 2) K / size in
  let gradient := loss_gradient sg dsg d m c K seq time Y size th in
  (forall X t, unit_inputs d X -> Rabs (network sg d m c th X t) <= Lip s0 s1 a t * rho) /\
  sqrt (pairing d m gradient gradient) <= 2 * sqrt (loss sg d m c K seq time Y size th * Lam) /\
  (0 < Lam -> 1 / (4 * Lam) * pairing d m gradient gradient <= loss sg d m c K seq time Y size th).
Proof.
  intros sg dsg ddsg d s0 s1 s2 a m c start th rho K seq time Y size D1 D2 B0 B1 B2 Hm Hc HX Hsize Hr N W W' Z Lam gradient.
  assert (G : pairing d m gradient gradient <= 4 * Lam * loss sg d m c K seq time Y size th).
  { apply (loss_gradient_bound) with (ddsg := ddsg) (s0 := s0) (s1 := s1) (s2 := s2) (a := a); auto.
    right. unfold Lam. field. lra. }
  repeat split.
  - intros X t HXt. apply (linearisation_at_start sg dsg ddsg d s0 s1 s2 a m c start th X rho t); auto.
  - replace 2 with (sqrt (2 * 2)) by (apply sqrt_square; lra).
    rewrite <- sqrt_mult_alt by lra. apply sqrt_le_1_alt. lra.
  - intros HL. apply Rmult_le_reg_l with (4 * Lam); [lra|].
    replace (4 * Lam * (1 / (4 * Lam) * pairing d m gradient gradient)) with (pairing d m gradient gradient) by (field; lra). lra.
Qed.
