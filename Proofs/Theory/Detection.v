(** * Detection at a fixed lag: exact error and exact sample requirement

    Livi 2025, Eq. (16), (19), (21), (28) and appendix F. Two locations +theta and -theta, equally likely, noise
    with an even density p that falls away from zero. F is a distribution function; F (-x) = 1 - F x by symmetry. *)
Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Require Import Learnability.Theory.Kappa Learnability.Theory.Information.
Open Scope R_scope.

Definition unimodal (p : R -> R) : Prop := forall x y, Rabs x <= Rabs y -> p y <= p x.

(** Where the sign test errs the density is the smaller of the two: p (|x| + theta). *)
Theorem sign_test_pointwise : forall p theta x, unimodal p -> 0 <= theta ->
  Rmin (p (x - theta)) (p (x + theta)) = p (Rabs x + theta).
Proof.
  intros p theta x U H. destruct (Rle_or_lt 0 x) as [P|N].
  - rewrite (Rabs_pos_eq x) by auto. apply Rmin_right. apply U.
    rewrite (Rabs_pos_eq (x + theta)) by lra. apply Rabs_le; lra.
  - rewrite (Rabs_left x) by auto. rewrite Rmin_left.
    + apply Rle_antisym; apply U; rewrite (Rabs_left (x - theta)), (Rabs_pos_eq (- x + theta)); lra.
    + apply U. rewrite (Rabs_left (x - theta)) by lra. apply Rabs_le; lra.
Qed.

(** No decision rule, randomised or not, beats the sign test on any window [-T, T]. *)
Theorem sign_test_is_optimal : forall p theta T (phi : R -> R), unimodal p -> 0 <= theta -> 0 <= T ->
  (forall x, continuous p x) -> (forall x, 0 <= phi x <= 1) -> (forall x, 0 <= p x) ->
  ex_RInt (fun x => (1 - phi x) * p (x - theta) + phi x * p (x + theta)) (- T) T ->
  RInt (fun x => p (Rabs x + theta)) (- T) T
    <= RInt (fun x => (1 - phi x) * p (x - theta) + phi x * p (x + theta)) (- T) T.
Proof.
  intros p theta T phi U Hth HT C Phi P0 E. apply RInt_le; auto; [lra| |].
  - apply (@ex_RInt_continuous R_CompleteNormedModule). intros x _.
    apply (continuous_comp (fun x => Rabs x + theta) p); auto.
    apply (continuous_plus Rabs (fun _ => theta)); [apply continuous_Rabs|apply continuous_const].
  - intros x _. rewrite <- sign_test_pointwise by auto. specialize (Phi x).
    pose proof (Rmin_l (p (x - theta)) (p (x + theta))). pose proof (Rmin_r (p (x - theta)) (p (x + theta))).
    set (m := Rmin _ _) in *. assert ((1 - phi x) * m <= (1 - phi x) * p (x - theta)) by (apply Rmult_le_compat_l; lra).
    assert (phi x * m <= phi x * p (x + theta)) by (apply Rmult_le_compat_l; lra). lra.
Qed.

(** ** Exact sample requirement *)

Record symmetric_law (F : R -> R) : Prop := {
  law_increasing : forall x y, x < y -> F x < F y;
  law_symmetric : forall x, F (- x) = 1 - F x }.

(** Separation Delta over the scale of the mean of N samples. *)
Definition separation (Delta sigma k N : R) : R := Delta * Rpower N (/ k) / sigma.
(** Error of the sign test on the mean: the published exact form is F (- separation / 2). *)
Definition detection_error (F : R -> R) (Delta sigma k N : R) : R := F (- (separation Delta sigma k N / 2)).

Theorem exact_sample_requirement : forall F Delta sigma k N q eps, symmetric_law F ->
  0 < Delta -> 0 < sigma -> 0 < k -> 0 < N -> 0 < q -> F q = 1 - eps ->
  (detection_error F Delta sigma k N <= eps <-> samples (2 * sigma * q) k Delta <= N).
Proof.
  intros F Delta sigma k N q eps L HD Hs Hk HN Hq Q. unfold detection_error. rewrite (law_symmetric F L).
  assert (A : 0 < 2 * sigma * q) by (apply Rmult_lt_0_compat; lra).
  rewrite <- (threshold_inverts_samples (2 * sigma * q) k Delta N) by auto.
  rewrite signal_to_noise_form by auto. unfold separation.
  set (x := Delta * Rpower N (/ k)). split; intros H.
  - destruct (Rle_or_lt (2 * sigma * q) x) as [|B]; auto. exfalso.
    assert (x / sigma / 2 < q).
    { apply Rmult_lt_reg_r with (2 * sigma); [lra|]. replace (x / sigma / 2 * (2 * sigma)) with x by (field; lra). lra. }
    apply (law_increasing F L) in H0. lra.
  - assert (q <= x / sigma / 2).
    { apply Rmult_le_reg_r with (2 * sigma); [lra|]. replace (x / sigma / 2 * (2 * sigma)) with x by (field; lra). lra. }
    destruct H0 as [H0| ->]; [apply (law_increasing F L) in H0; lra|lra].
Qed.

(** The error falls as samples are added. *)
Theorem detection_error_decreases : forall F Delta sigma k N N', symmetric_law F ->
  0 < Delta -> 0 < sigma -> 0 < k -> 0 < N -> N < N' ->
  detection_error F Delta sigma k N' < detection_error F Delta sigma k N.
Proof.
  intros F Delta sigma k N N' L HD Hs Hk HN HNN. apply (law_increasing F L). apply Ropp_lt_contravar.
  unfold separation. assert (Rpower N (/ k) < Rpower N' (/ k)).
  { apply Rpower_lt_base; auto. now apply Rinv_0_lt_compat. }
  assert (I : 0 < / sigma) by now apply Rinv_0_lt_compat. unfold Rdiv.
  apply Rmult_lt_compat_r; [lra|]. apply Rmult_lt_compat_r; auto. apply Rmult_lt_compat_l; auto.
Qed.

(** With no signal every sample size leaves a coin toss. *)
Theorem no_signal_no_detection : forall F sigma k N, symmetric_law F -> 0 < sigma ->
  detection_error F 0 sigma k N = 1/2.
Proof.
  intros F sigma k N L Hs. unfold detection_error, separation.
  replace (- (0 * Rpower N (/ k) / sigma / 2)) with 0 by (field; lra).
  pose proof (law_symmetric F L 0). rewrite Ropp_0 in H. lra.
Qed.

(** Necessary separation: a density bound p0 at the mode gives delta >= (1 - 2 eps)/p0. *)
Theorem necessary_separation : forall F p0 delta eps, symmetric_law F -> 0 < p0 -> 0 <= delta ->
  (forall x, 0 <= x -> F x <= 1/2 + p0 * x) -> F (- (delta / 2)) <= eps -> (1 - 2 * eps) / p0 <= delta.
Proof.
  intros F p0 delta eps L Hp Hd B H. rewrite (law_symmetric F L) in H.
  specialize (B (delta / 2)). apply Rmult_le_reg_r with p0; auto.
  replace ((1 - 2 * eps) / p0 * p0) with (1 - 2 * eps) by (field; lra).
  assert (F (delta / 2) <= 1/2 + p0 * (delta / 2)) by (apply B; lra). lra.
Qed.

(** The Cauchy law is an instance, with quantile one at level 3/4 and modal density 1/PI. *)
Definition cauchy_cdf (x : R) : R := 1/2 + atan x / PI.

Theorem cauchy_is_symmetric_law : symmetric_law cauchy_cdf.
Proof.
  pose proof PI_RGT_0 as P. unfold cauchy_cdf. split; intros.
  - apply Rplus_lt_compat_l. apply Rmult_lt_compat_r; [now apply Rinv_0_lt_compat|]. now apply atan_increasing.
  - rewrite atan_opp. field; lra.
Qed.

Theorem cauchy_quartile : cauchy_cdf 1 = 1 - 1/4.
Proof. unfold cauchy_cdf. rewrite atan_1. pose proof PI_RGT_0. field; lra. Qed.

(** ** Divergence at growing separation *)

(** Divergence of two Cauchy laws at separation delta (closed form; the integral is not evaluated here). *)
Definition cauchy_divergence (delta : R) : R := ln (1 + delta ^ 2 / 4).

(** The quadratic is an upper bound ... *)
Theorem cauchy_divergence_below_quadratic : forall delta, cauchy_divergence delta <= delta ^ 2 / 4.
Proof.
  intros; unfold cauchy_divergence. pose proof (pow2_ge_0 delta).
  pose proof (ln_le_minus_1 (1 + delta ^ 2 / 4)). lra.
Qed.

(** ... and no positive multiple of it is a lower bound: Eq. (17) and (70) fail for large separations,
    that is for every large N at a fixed signal. *)
Theorem quadratic_lower_bound_refuted : forall c, 0 < c ->
  exists d0, 0 < d0 /\ forall delta, d0 < delta -> cauchy_divergence delta < c * delta ^ 2.
Proof.
  intros c Hc. exists (/ c). assert (0 < / c) by now apply Rinv_0_lt_compat. split; auto.
  intros delta H0. unfold cauchy_divergence. apply Rle_lt_trans with delta.
  - apply Rle_trans with (ln ((1 + delta / 2) * (1 + delta / 2))).
    + destruct (Req_dec (1 + delta ^ 2 / 4) ((1 + delta / 2) * (1 + delta / 2))) as [->|N]; [lra|].
      left; apply ln_increasing; nra.
    + rewrite ln_mult by lra. pose proof (ln_le_minus_1 (1 + delta / 2)). lra.
  - apply (Rmult_lt_compat_l c) in H0; auto. rewrite Rinv_r in H0 by lra. nra.
Qed.

(** The same for any divergence that grows at most like a logarithm, along N with a fixed signal. *)
Theorem logarithmic_divergence_refutes_lan_bound : forall (K : R -> R) A B c ratio k, 0 <= A -> 0 < c -> 0 < ratio -> 0 < k ->
  (forall d, 0 < d -> K d <= A * ln (1 + d) + B) ->
  exists N0, 0 < N0 /\ forall N, N0 < N -> K (ratio * Rpower N (/ k)) < c * (ratio * Rpower N (/ k)) ^ 2.
Proof.
  intros K A B c ratio k HA Hc Hr Hk HK.
  set (d0 := (A + Rabs B) / c + 1). pose proof (Rabs_pos B) as B0. pose proof (Rle_abs B) as B1.
  assert (IC : 0 <= (A + Rabs B) / c) by (apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]).
  assert (D0 : 1 <= d0) by (unfold d0; lra).
  assert (P : 0 < d0 / ratio) by (apply Rdiv_lt_0_compat; lra).
  exists (Rpower (d0 / ratio) k); split; [apply Rpower_pos|]. intros N HN.
  assert (H : d0 / ratio < Rpower N (/ k)).
  { rewrite <- (Rpower_inv_r (d0 / ratio) k) by (auto; lra). apply Rpower_lt_base; auto using Rpower_pos.
    now apply Rinv_0_lt_compat. }
  set (d := ratio * Rpower N (/ k)) in *.
  assert (Dd : d0 < d).
  { unfold d. apply (Rmult_lt_compat_l ratio) in H; auto. replace (ratio * (d0 / ratio)) with d0 in H by (field; lra). auto. }
  assert (L : ln (1 + d) <= d) by (pose proof (ln_le_minus_1 (1 + d)); lra).
  specialize (HK d). assert (0 < d) by lra.
  assert (A + Rabs B < c * d).
  { assert (c * d0 = A + Rabs B + c) by (unfold d0; field; lra).
    apply (Rmult_lt_compat_l c) in Dd; auto. lra. }
  assert (A * ln (1 + d) <= A * d) by (apply Rmult_le_compat_l; auto).
  assert (Rabs B <= Rabs B * d) by nra.
  apply Rle_lt_trans with ((A + Rabs B) * d); [specialize (HK H0); lra|].
  replace (c * d ^ 2) with (c * d * d) by ring. apply Rmult_lt_compat_r; auto.
Qed.
