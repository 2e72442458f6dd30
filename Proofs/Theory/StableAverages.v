(** * Averages of symmetric stable variables, by characteristic functions

    Livi 2025, appendix E. The characteristic function of a symmetric alpha-stable law of scale sigma is
    exp(-(sigma |s|)^alpha); independence makes sums multiply characteristic functions. *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Kappa.
Open Scope R_scope.

(** At a frequency s > 0; the function is even, and one at zero. *)
Definition stable_cf (alpha sigma s : R) : R := exp (- Rpower (sigma * s) alpha).

Lemma Rpower_mult_base : forall x y k, 0 < x -> 0 < y -> Rpower (x * y) k = Rpower x k * Rpower y k.
Proof. intros; now rewrite Rpower_mult_distr. Qed.

(** The sum of N copies has scale sigma N^(1/alpha). *)
Theorem stable_sum_scale : forall alpha sigma s N, 0 < alpha -> 0 < sigma -> 0 < s -> (1 <= N)%nat ->
  stable_cf alpha sigma s ^ N = stable_cf alpha (sigma * Rpower (INR N) (/ alpha)) s.
Proof.
  intros alpha sigma s N Ha Hs Hf HN. unfold stable_cf.
  assert (P : 0 < INR N) by (apply lt_0_INR; lia).
  assert (Q : 0 < Rpower (INR N) (/ alpha)) by apply Rpower_pos.
  replace (sigma * Rpower (INR N) (/ alpha) * s) with (Rpower (INR N) (/ alpha) * (sigma * s)) by ring.
  rewrite (Rpower_mult_base (Rpower (INR N) (/ alpha))) by (auto; nra). rewrite Rpower_inv_l by (auto; lra).
  rewrite <- (Rpower_pow N) by apply exp_pos. unfold Rpower at 1. rewrite ln_exp. f_equal. ring.
Qed.

(** The sample mean has scale sigma N^(1/alpha - 1). *)
Theorem stable_mean_scale : forall alpha sigma s N, 0 < alpha -> 0 < sigma -> 0 < s -> (1 <= N)%nat ->
  stable_cf alpha sigma (s / INR N) ^ N = stable_cf alpha (sigma * Rpower (INR N) (/ alpha - 1)) s.
Proof.
  intros alpha sigma s N Ha Hs Hf HN.
  assert (P : 0 < INR N) by (apply lt_0_INR; lia).
  rewrite stable_sum_scale by (auto; now apply Rdiv_lt_0_compat).
  unfold stable_cf. do 3 f_equal. unfold Rminus. rewrite Rpower_plus, Rpower_Ropp, Rpower_1 by auto.
  field; lra.
Qed.

(** For 1 < alpha that is N^(-1/kappa). *)
Theorem stable_mean_scale_kappa : forall alpha sigma s N, 1 < alpha -> 0 < sigma -> 0 < s -> (1 <= N)%nat ->
  stable_cf alpha sigma (s / INR N) ^ N = stable_cf alpha (sigma * Rpower (INR N) (- / kappa alpha)) s.
Proof.
  intros alpha sigma s N Ha Hs Hf HN. rewrite stable_mean_scale by (auto; lra).
  rewrite kappa_reciprocal by auto. do 3 f_equal. ring.
Qed.

(** At alpha = 1 averaging does nothing at all: the Cauchy mean is one Cauchy variable. *)
Theorem cauchy_mean_does_not_concentrate : forall sigma s N, 0 < sigma -> 0 < s -> (1 <= N)%nat ->
  stable_cf 1 sigma (s / INR N) ^ N = stable_cf 1 sigma s.
Proof.
  intros sigma s N Hs Hf HN. rewrite stable_mean_scale by (auto; lra).
  assert (P : 0 < INR N) by (apply lt_0_INR; lia).
  replace (/ 1 - 1) with 0 by field. rewrite Rpower_O by auto. f_equal; ring.
Qed.

(** Below one it makes matters worse: the scale of the mean grows with N. *)
Theorem heavy_mean_spreads : forall alpha N, 0 < alpha < 1 -> (2 <= N)%nat ->
  1 < Rpower (INR N) (/ alpha - 1).
Proof.
  intros alpha N Ha HN. apply le_INR in HN. simpl in HN.
  assert (/ 1 < / alpha) by (apply Rinv_lt_contravar; lra). rewrite Rinv_1 in H.
  apply Rle_lt_trans with (Rpower (INR N) 0); [rewrite Rpower_O; lra|]. apply Rpower_lt; lra.
Qed.
