(** * The concentration exponent kappa and the inversion of the threshold

    Livi 2025, Eq. (20), (21), (23), (28). [Rpower x y] is x to the real power y, for x > 0. *)
Require Import Reals Lra Lia Psatz.
Open Scope R_scope.

Definition kappa (a : R) : R := a / (a - 1).

Theorem kappa_gaussian : kappa 2 = 2.
Proof. unfold kappa; field. Qed.

Theorem kappa_three_halves : kappa (3 / 2) = 3.
Proof. unfold kappa; field. Qed.

(** The rate of the sample mean, N^(1/a - 1), is N^(-1/kappa). *)
Theorem kappa_reciprocal : forall a, 1 < a -> / kappa a = 1 - / a.
Proof. intros; unfold kappa; field; lra. Qed.

(** The index and its exponent are conjugate, hence the map is its own inverse. *)
Theorem kappa_conjugate : forall a, 1 < a -> / a + / kappa a = 1.
Proof. intros; unfold kappa; field; lra. Qed.

Theorem kappa_involution : forall a, 1 < a -> kappa (kappa a) = a.
Proof. intros; unfold kappa; field; lra. Qed.

Lemma kappa_gt_1 : forall a, 1 < a -> 1 < kappa a.
Proof.
  intros; unfold kappa. apply Rmult_lt_reg_r with (a - 1); [lra|].
  replace (a / (a - 1) * (a - 1)) with a by (field; lra). lra.
Qed.

Theorem kappa_strictly_decreasing : forall a b, 1 < a -> a < b -> kappa b < kappa a.
Proof.
  intros; unfold kappa. apply Rmult_lt_reg_r with ((a - 1) * (b - 1)); [nra|].
  replace (b / (b - 1) * ((a - 1) * (b - 1))) with (b * (a - 1)) by (field; lra).
  replace (a / (a - 1) * ((a - 1) * (b - 1))) with (a * (b - 1)) by (field; lra). lra.
Qed.

Theorem kappa_at_least_two : forall a, 1 < a <= 2 -> 2 <= kappa a.
Proof.
  intros; unfold kappa. apply Rmult_le_reg_r with (a - 1); [lra|].
  replace (a / (a - 1) * (a - 1)) with a by (field; lra). lra.
Qed.

(** kappa grows beyond every bound as the index falls to one. *)
Theorem kappa_unbounded : forall M, exists d, 0 < d /\ forall a, 1 < a < 1 + d -> M < kappa a.
Proof.
  intros M. pose proof (Rmax_l M 1) as H1; pose proof (Rmax_r M 1) as H2.
  exists (/ Rmax M 1); split; [apply Rinv_0_lt_compat; lra|].
  intros a [H3 H4]. apply Rle_lt_trans with (Rmax M 1); auto.
  assert (Rmax M 1 * (a - 1) < 1).
  { apply Rmult_lt_reg_r with (/ Rmax M 1); [apply Rinv_0_lt_compat; lra|].
    replace (Rmax M 1 * (a - 1) * / Rmax M 1) with (a - 1) by (field; lra). lra. }
  unfold kappa. apply Rmult_lt_reg_r with (a - 1); [lra|].
  replace (a / (a - 1) * (a - 1)) with a by (field; lra). lra.
Qed.

(** The exponent of the first versions, the index itself, is right for Gaussian noise only. *)
Theorem kappa_is_index_only_if_gaussian : forall a, 1 < a -> (kappa a = a <-> a = 2).
Proof.
  intros a Ha; unfold kappa; split; intros H.
  - apply (f_equal (fun x => x * (a - 1))) in H.
    replace (a / (a - 1) * (a - 1)) with a in H by (field; lra). nra.
  - subst; field.
Qed.

(** ** Real powers *)

Lemma Rpower_pos : forall x y, 0 < Rpower x y.
Proof. intros; unfold Rpower; apply exp_pos. Qed.

Lemma Rpower_lt_base : forall x y k, 0 < k -> 0 < x -> x < y -> Rpower x k < Rpower y k.
Proof.
  intros x y k Hk Hx H. unfold Rpower. apply exp_increasing.
  apply Rmult_lt_compat_l; auto. apply ln_increasing; auto.
Qed.

Lemma Rpower_le_base : forall x y k, 0 < k -> 0 < x -> x <= y -> Rpower x k <= Rpower y k.
Proof.
  intros x y k Hk Hx [H| ->]; [left; now apply Rpower_lt_base|right; auto].
Qed.

Lemma Rpower_le_base_inv : forall x y k, 0 < k -> 0 < y -> Rpower x k <= Rpower y k -> 0 < x -> x <= y.
Proof.
  intros x y k Hk Hy H Hx. destruct (Rle_or_lt x y) as [|L]; auto.
  apply (Rpower_lt_base y x k) in L; auto; lra.
Qed.

Lemma Rpower_inv_l : forall x k, k <> 0 -> 0 < x -> Rpower (Rpower x (/ k)) k = x.
Proof. intros; rewrite Rpower_mult. replace (/ k * k) with 1 by (field; auto). now apply Rpower_1. Qed.

Lemma Rpower_inv_r : forall x k, k <> 0 -> 0 < x -> Rpower (Rpower x k) (/ k) = x.
Proof. intros; rewrite Rpower_mult. replace (k * / k) with 1 by (field; auto). now apply Rpower_1. Qed.

Lemma Rpower_div : forall x y k, 0 < x -> 0 < y -> Rpower (x / y) k = Rpower x k / Rpower y k.
Proof.
  intros x y k Hx Hy. unfold Rpower, Rdiv. rewrite ln_mult, ln_Rinv; auto.
  - rewrite <- exp_Ropp, <- exp_plus. f_equal; ring.
  - now apply Rinv_0_lt_compat.
Qed.

(** ** Threshold and sample requirement *)

(** Detection threshold on the envelope with constant A, Eq. (21). *)
Definition threshold (A k N : R) : R := A * Rpower N (- / k).
(** Number of samples that a lag with envelope f needs, Eq. (23). *)
Definition samples (A k f : R) : R := Rpower (A / f) k.

(** Eq. (21) and Eq. (23) say the same: the envelope clears the threshold iff N is large enough. *)
Theorem threshold_inverts_samples : forall A k f N, 0 < A -> 0 < k -> 0 < f -> 0 < N ->
  (threshold A k N <= f <-> samples A k f <= N).
Proof.
  intros A k f N HA Hk Hf HN. unfold threshold, samples.
  assert (HP : 0 < Rpower N (/ k)) by apply Rpower_pos.
  assert (E : A * Rpower N (- / k) = A / Rpower N (/ k)).
  { rewrite Rpower_Ropp. reflexivity. }
  rewrite E. split; intros H.
  - rewrite <- (Rpower_inv_l N k) by (auto; lra).
    apply Rpower_le_base; auto; [apply Rdiv_lt_0_compat; auto|].
    apply Rmult_le_reg_r with (f / Rpower N (/ k)).
    { apply Rdiv_lt_0_compat; auto. }
    replace (A / f * (f / Rpower N (/ k))) with (A / Rpower N (/ k)) by (field; lra).
    replace (Rpower N (/ k) * (f / Rpower N (/ k))) with f by (field; lra). auto.
  - assert (A / f <= Rpower N (/ k)).
    { rewrite <- (Rpower_inv_l N k) in H by (auto; lra).
      apply Rpower_le_base_inv in H; auto. apply Rdiv_lt_0_compat; auto. }
    apply Rmult_le_reg_r with (Rpower N (/ k) / f).
    { apply Rdiv_lt_0_compat; auto. }
    replace (A / Rpower N (/ k) * (Rpower N (/ k) / f)) with (A / f) by (field; lra).
    replace (f * (Rpower N (/ k) / f)) with (Rpower N (/ k)) by (field; lra). auto.
Qed.

(** Eq. (28): the signal-to-noise form of the same test. *)
Theorem signal_to_noise_form : forall A k f N, 0 < A -> 0 < k -> 0 < f -> 0 < N ->
  (threshold A k N <= f <-> A <= f * Rpower N (/ k)).
Proof.
  intros A k f N HA Hk Hf HN. unfold threshold. rewrite Rpower_Ropp.
  assert (HP : 0 < Rpower N (/ k)) by apply Rpower_pos.
  split; intros H.
  - apply Rmult_le_reg_r with (/ Rpower N (/ k)); [now apply Rinv_0_lt_compat|].
    replace (f * Rpower N (/ k) * / Rpower N (/ k)) with f by (field; lra). auto.
  - apply Rmult_le_reg_r with (Rpower N (/ k)); auto.
    replace (A * / Rpower N (/ k) * Rpower N (/ k)) with A by (field; lra). auto.
Qed.

(** Halving the envelope multiplies the samples by 2^kappa: Eq. (26). *)
Theorem samples_scale : forall A k f c, 0 < A -> 0 < f -> 0 < c ->
  samples A k (f / c) = Rpower c k * samples A k f.
Proof.
  intros; unfold samples. rewrite Rpower_mult_distr.
  - f_equal; field; lra.
  - auto.
  - apply Rdiv_lt_0_compat; auto.
Qed.

(** Heavier tails raise the threshold, for sample counts of one or more. *)
Theorem threshold_heavier_tail : forall A a b N, 0 < A -> 1 < a -> a < b -> 1 < N ->
  threshold A (kappa b) N < threshold A (kappa a) N.
Proof.
  intros A a b N HA Ha Hab HN. unfold threshold. apply Rmult_lt_compat_l; auto.
  apply Rpower_lt; auto. rewrite !kappa_reciprocal by lra.
  assert (/ b < / a) by (apply Rinv_lt_contravar; nra). lra.
Qed.

(** Below one sample the order turns round, so the hypothesis on N cannot be dropped. *)
Theorem threshold_heavier_tail_reversed : forall A a b N, 0 < A -> 1 < a -> a < b -> 0 < N < 1 ->
  threshold A (kappa a) N < threshold A (kappa b) N.
Proof.
  intros A a b N HA Ha Hab HN. unfold threshold. apply Rmult_lt_compat_l; auto.
  rewrite !kappa_reciprocal by lra. assert (/ b < / a) by (apply Rinv_lt_contravar; nra).
  unfold Rpower. apply exp_increasing. assert (ln N < 0) by (rewrite <- ln_1; apply ln_increasing; lra).
  nra.
Qed.

(** Smaller index, more samples, exactly when one needs more than one sample at all. *)
Theorem samples_heavier_tail : forall A a b f, 0 < f -> f < A -> 1 < a -> a < b ->
  samples A (kappa b) f < samples A (kappa a) f.
Proof.
  intros A a b f Hf HA Ha Hab. unfold samples. apply Rpower_lt.
  - apply Rmult_lt_reg_r with f; auto. replace (A / f * f) with A by (field; lra). lra.
  - now apply kappa_strictly_decreasing.
Qed.

(** The information rate N^(2/kappa) is sublinear for every index below two. *)
Theorem information_rate_sublinear : forall a N, 1 < a < 2 -> 1 < N -> Rpower N (2 / kappa a) < N.
Proof.
  intros a N Ha HN. rewrite <- (Rpower_1 N) at 2 by lra. apply Rpower_lt; auto.
  replace (2 / kappa a) with (2 * / kappa a) by reflexivity. rewrite kappa_reciprocal by lra.
  assert (/ 2 < / a) by (apply Rinv_lt_contravar; lra). lra.
Qed.
