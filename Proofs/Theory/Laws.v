(** * The three scaling laws in exact form

    Livi 2025, Sec. 5.6 (i)-(iii). The envelope is c/log(1+l), c l^(-beta) or c lam^l, the threshold
    is A N^(-1/kappa), and the window is an integer part, without any unnamed constant. *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Kappa Learnability.Theory.Window Learnability.Theory.Floors.
Open Scope R_scope.

Lemma threshold_pos : forall A k N, 0 < A -> 0 < threshold A k N.
Proof. intros; apply Rmult_lt_0_compat; auto; apply Rpower_pos. Qed.

Lemma ln_threshold : forall A k N, 0 < A -> ln (threshold A k N) = ln A - ln N / k.
Proof.
  intros A k N HA. unfold threshold. rewrite ln_mult; auto; [|apply Rpower_pos].
  unfold Rpower; rewrite ln_exp. unfold Rdiv; ring.
Qed.

Lemma ln_le_iff : forall x y, 0 < x -> 0 < y -> (x <= y <-> ln x <= ln y).
Proof.
  intros x y Hx Hy; split; intros H.
  - destruct H as [H| ->]; [left; now apply ln_increasing|right; auto].
  - destruct (Rle_or_lt x y) as [|L]; auto. apply ln_increasing in L; auto; lra.
Qed.

Lemma ln_mono : forall x y, 0 < x -> x <= y -> ln x <= ln y.
Proof. intros x y H [L| ->]; [left; now apply ln_increasing|lra]. Qed.

Lemma ln_quotient : forall x y, 0 < x -> 0 < y -> ln (x / y) = ln x - ln y.
Proof.
  intros x y Hx Hy. assert (0 < / y) by now apply Rinv_0_lt_compat.
  unfold Rdiv. rewrite ln_mult, ln_Rinv by auto. ring.
Qed.

Lemma ln_pow_nat : forall x n, 0 < x -> ln (x ^ n) = INR n * ln x.
Proof.
  intros x n Hx. rewrite <- Rpower_pow by auto. unfold Rpower. now rewrite ln_exp.
Qed.

(** ** Exponential envelope: the window is logarithmic in N *)

Definition exponential_window (c lam A k N : R) : R := (ln N / k + ln (c / A)) / ln (/ lam).

Theorem exponential_law : forall c lam A k N, 0 < c -> 0 < lam < 1 -> 0 < A -> 0 < k -> 0 < N ->
  sup_inverse (fun l => c * lam ^ l) (threshold A k N) (floor_lag (exponential_window c lam A k N)).
Proof.
  intros c lam A k N Hc Hl HA Hk HN. apply window_is_floor. intros l _.
  assert (P : 0 < lam ^ l) by (apply pow_lt; lra).
  assert (L : 0 < ln (/ lam)).
  { rewrite ln_Rinv by lra. assert (ln lam < 0) by (rewrite <- ln_1; apply ln_increasing; lra). lra. }
  rewrite ln_le_iff; [|now apply threshold_pos|apply Rmult_lt_0_compat; lra].
  rewrite ln_threshold, ln_mult, ln_pow_nat by (auto; lra).
  unfold exponential_window. rewrite ln_Rinv in * by lra. rewrite ln_quotient by auto.
  split; intros H.
  - apply Rmult_le_reg_r with (- ln lam); auto.
    replace ((ln N / k + (ln c - ln A)) / - ln lam * - ln lam)
      with (ln N / k + (ln c - ln A)) by (field; lra). lra.
  - apply (Rmult_le_compat_r (- ln lam)) in H; [|lra].
    replace ((ln N / k + (ln c - ln A)) / - ln lam * - ln lam)
      with (ln N / k + (ln c - ln A)) in H by (field; lra). lra.
Qed.

Lemma floor_lag_mono : forall x y, x <= y -> (floor_lag x <= floor_lag y)%nat.
Proof.
  intros x y H. destruct (Nat.eq_dec (floor_lag x) 0); [lia|].
  apply INR_le_floor; [lia|]. eapply Rle_trans; [|apply H]. apply INR_le_floor; lia.
Qed.

(** Two-sided form: an envelope caught between two exponentials of the same rate. *)
Theorem exponential_law_two_sided : forall f c1 c2 lam A k N H,
  0 < c1 -> c1 <= c2 -> 0 < lam < 1 -> 0 < A -> 0 < k -> 0 < N ->
  (forall l, (1 <= l)%nat -> c1 * lam ^ l <= f l <= c2 * lam ^ l) ->
  sup_inverse f (threshold A k N) H ->
  (floor_lag (exponential_window c1 lam A k N) <= H <= floor_lag (exponential_window c2 lam A k N))%nat.
Proof.
  intros f c1 c2 lam A k N H C1 C2 Hl HA Hk HN F W. split.
  - apply (last_lag_monotone (fun l => threshold A k N <= c1 * lam ^ l) (fun l => threshold A k N <= f l)); auto.
    + intros l L T. specialize (F l L); lra.
    + apply exponential_law; auto.
  - apply (last_lag_monotone (fun l => threshold A k N <= f l) (fun l => threshold A k N <= c2 * lam ^ l)); auto.
    + intros l L T. specialize (F l L); lra.
    + apply exponential_law; auto with real; lra.
Qed.

(** The width of the sandwich does not depend on N: the constants only shift the window. *)
Theorem exponential_law_constants_shift : forall c1 c2 lam A k N,
  0 < c1 -> 0 < c2 -> 0 < lam < 1 -> 0 < A ->
  exponential_window c2 lam A k N - exponential_window c1 lam A k N = ln (c2 / c1) / ln (/ lam).
Proof.
  intros c1 c2 lam A k N C1 C2 Hl HA. unfold exponential_window.
  assert (ln lam < 0) by (rewrite <- ln_1; apply ln_increasing; lra).
  rewrite !ln_quotient, !ln_Rinv by (auto; lra).
  unfold Rdiv; ring.
Qed.

(** ** Polynomial envelope: the window is a power of N *)

Definition polynomial_window (c beta A k N : R) : R :=
  Rpower (c / A) (/ beta) * Rpower N (/ (k * beta)).

Theorem polynomial_law : forall c beta A k N, 0 < c -> 0 < beta -> 0 < A -> 0 < k -> 0 < N ->
  sup_inverse (fun l => c * Rpower (INR l) (- beta)) (threshold A k N)
    (floor_lag (polynomial_window c beta A k N)).
Proof.
  intros c beta A k N Hc Hb HA Hk HN. apply window_is_floor. intros l L.
  assert (P : 0 < INR l) by (apply lt_0_INR; lia).
  assert (PW : 0 < polynomial_window c beta A k N) by (apply Rmult_lt_0_compat; apply Rpower_pos).
  rewrite ln_le_iff; [|now apply threshold_pos|apply Rmult_lt_0_compat; auto; apply Rpower_pos].
  rewrite (ln_le_iff (INR l)) by auto.
  rewrite ln_threshold, ln_mult by (auto; apply Rpower_pos).
  unfold polynomial_window. rewrite ln_mult by apply Rpower_pos.
  unfold Rpower; rewrite !ln_exp.
  rewrite ln_quotient by auto.
  split; intros H.
  - apply Rmult_le_reg_l with beta; auto.
    replace (beta * (/ beta * (ln c - ln A) + / (k * beta) * ln N))
      with (ln c - ln A + ln N / k) by (field; lra). lra.
  - apply (Rmult_le_compat_l beta) in H; [|lra].
    replace (beta * (/ beta * (ln c - ln A) + / (k * beta) * ln N))
      with (ln c - ln A + ln N / k) in H by (field; lra). lra.
Qed.

Theorem polynomial_law_two_sided : forall f c1 c2 beta A k N H,
  0 < c1 -> c1 <= c2 -> 0 < beta -> 0 < A -> 0 < k -> 0 < N ->
  (forall l, (1 <= l)%nat -> c1 * Rpower (INR l) (- beta) <= f l <= c2 * Rpower (INR l) (- beta)) ->
  sup_inverse f (threshold A k N) H ->
  (floor_lag (polynomial_window c1 beta A k N) <= H <= floor_lag (polynomial_window c2 beta A k N))%nat.
Proof.
  intros f c1 c2 beta A k N H C1 C2 Hb HA Hk HN F W. split.
  - apply (last_lag_monotone (fun l => threshold A k N <= c1 * Rpower (INR l) (- beta))
      (fun l => threshold A k N <= f l)); auto.
    + intros l L T. specialize (F l L); lra.
    + apply polynomial_law; auto.
  - apply (last_lag_monotone (fun l => threshold A k N <= f l)
      (fun l => threshold A k N <= c2 * Rpower (INR l) (- beta))); auto.
    + intros l L T. specialize (F l L); lra.
    + apply polynomial_law; auto; lra.
Qed.

(** Here the constants multiply the window by a factor that does not depend on N. *)
Theorem polynomial_law_constants_scale : forall c1 c2 beta A k N, 0 < c1 -> 0 < c2 -> 0 < A ->
  polynomial_window c2 beta A k N = Rpower (c2 / c1) (/ beta) * polynomial_window c1 beta A k N.
Proof.
  intros c1 c2 beta A k N C1 C2 HA. unfold polynomial_window.
  rewrite <- Rmult_assoc, Rpower_mult_distr by (apply Rdiv_lt_0_compat; auto).
  do 2 f_equal. field; lra.
Qed.

(** ** Logarithmic envelope: the window is exponential in N^(1/kappa) *)

Definition logarithmic_window (c A k N : R) : R := exp (c / A * Rpower N (/ k)) - 1.

Theorem logarithmic_law : forall c A k N, 0 < c -> 0 < A -> 0 < k -> 0 < N ->
  sup_inverse (fun l => c / ln (1 + INR l)) (threshold A k N) (floor_lag (logarithmic_window c A k N)).
Proof.
  intros c A k N Hc HA Hk HN. apply window_is_floor. intros l L.
  assert (P : 1 <= INR l) by (replace 1 with (INR 1) by reflexivity; apply le_INR; auto).
  assert (Q : 0 < ln (1 + INR l)) by (rewrite <- ln_1; apply ln_increasing; lra).
  assert (R0 : 0 < Rpower N (/ k)) by apply Rpower_pos.
  unfold threshold, logarithmic_window. rewrite Rpower_Ropp.
  assert (E : A * / Rpower N (/ k) <= c / ln (1 + INR l) <-> ln (1 + INR l) <= c / A * Rpower N (/ k)).
  { assert (PA : 0 < Rpower N (/ k) * ln (1 + INR l) / A).
    { apply Rdiv_lt_0_compat; auto. now apply Rmult_lt_0_compat. }
    split; intros H.
    - apply (Rmult_le_compat_r (Rpower N (/ k) * ln (1 + INR l) / A)) in H; [|lra].
      replace (A * / Rpower N (/ k) * (Rpower N (/ k) * ln (1 + INR l) / A)) with (ln (1 + INR l)) in H by (field; lra).
      replace (c / ln (1 + INR l) * (Rpower N (/ k) * ln (1 + INR l) / A)) with (c / A * Rpower N (/ k)) in H by (field; lra).
      auto.
    - apply Rmult_le_reg_r with (Rpower N (/ k) * ln (1 + INR l) / A); auto.
      replace (A * / Rpower N (/ k) * (Rpower N (/ k) * ln (1 + INR l) / A)) with (ln (1 + INR l)) by (field; lra).
      replace (c / ln (1 + INR l) * (Rpower N (/ k) * ln (1 + INR l) / A)) with (c / A * Rpower N (/ k)) by (field; lra).
      auto. }
  rewrite E. rewrite <- (ln_exp (c / A * Rpower N (/ k))) at 1.
  rewrite <- ln_le_iff; [|lra|apply exp_pos]. lra.
Qed.

(** What is stable is the logarithm: log (1 + H_N) is within log 2 of (c/A) N^(1/kappa). *)
Theorem logarithmic_law_log_scale : forall c A k N, 0 < c -> 0 < A -> 0 < k -> 0 < N ->
  1 <= logarithmic_window c A k N ->
  c / A * Rpower N (/ k) - ln 2
    <= ln (1 + INR (floor_lag (logarithmic_window c A k N))) <= c / A * Rpower N (/ k).
Proof.
  intros c A k N Hc HA Hk HN H1.
  destruct (floor_lag_spec (logarithmic_window c A k N)) as [F1 F2]; [lra|].
  set (H := INR (floor_lag (logarithmic_window c A k N))) in *.
  assert (0 <= H) by apply pos_INR.
  unfold logarithmic_window in *. set (x := c / A * Rpower N (/ k)) in *. split.
  - assert (x <= ln (2 + H)).
    { apply Rle_trans with (ln (exp x)); [rewrite ln_exp; lra|].
      apply ln_mono; [apply exp_pos|lra]. }
    assert (ln (2 + H) <= ln (2 * (1 + H))) by (apply ln_mono; lra).
    rewrite ln_mult in H3 by lra. lra.
  - apply Rle_trans with (ln (exp x)); [|rewrite ln_exp; lra].
    apply ln_mono; lra.
Qed.

(** "Up to multiplicative constants" fails: two envelopes within a factor of two of each other
    have windows whose ratio exceeds every bound. *)
Theorem logarithmic_law_not_up_to_constants : forall A k, 0 < A -> 0 < k ->
  forall K, exists N, 0 < N /\
    K * logarithmic_window 1 A k N < logarithmic_window 2 A k N.
Proof.
  intros A k HA Hk K. pose proof (Rmax_l K 1) as M1; pose proof (Rmax_r K 1) as M2.
  set (x := ln (Rmax K 1 + 1)).
  assert (X : 0 < x) by (unfold x; rewrite <- ln_1; apply ln_increasing; lra).
  assert (AX : 0 < A * x) by now apply Rmult_lt_0_compat.
  exists (Rpower (A * x) k). split; [apply Rpower_pos|]. unfold logarithmic_window.
  rewrite Rpower_inv_r by (auto; lra).
  replace (1 / A * (A * x)) with x by (field; lra).
  replace (2 / A * (A * x)) with (x + x) by (field; lra).
  rewrite exp_plus. unfold x. rewrite exp_ln by lra. nra.
Qed.

(** The hypotheses of the three laws can be met, with a window that is not empty. *)
Theorem laws_inhabited :
  floor_lag (exponential_window 1 (/ exp 1) 1 2 (exp 4)) = 2%nat.
Proof.
  unfold exponential_window. rewrite Rinv_inv, !ln_exp. replace (1 / 1) with 1 by field. rewrite ln_1.
  replace ((4 / 2 + 0) / 1) with (INR 2) by (simpl; field).
  destruct (floor_lag_spec (INR 2)) as [A B]; [apply pos_INR|].
  rewrite <- S_INR in B. apply INR_le in A. apply INR_lt in B. lia.
Qed.
