(** * Information and error for two equally likely hypotheses

    A channel with n outputs is given by the weight w k of each output and the posterior e k of the first
    hypothesis there. Livi 2025, Eq. (18), (72)-(74), appendix G; Fano; Hellman and Raviv 1970. *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Sums Learnability.Theory.Kappa.
Open Scope R_scope.

(** Entropy of a coin, in nats; 0 ln 0 is 0. *)
Definition coin_entropy (x : R) : R := - (x * ln x) - (1 - x) * ln (1 - x).

Record channel (w e : nat -> R) (n : nat) : Prop := {
  weight_nonneg : forall k, (k < n)%nat -> 0 <= w k;
  weight_total : sum w n = 1;
  posterior_range : forall k, (k < n)%nat -> 0 <= e k <= 1;
  prior_half : sum (fun k => w k * e k) n = 1 / 2 }.

Definition bayes_error (w e : nat -> R) (n : nat) : R := sum (fun k => w k * Rmin (e k) (1 - e k)) n.
Definition information (w e : nat -> R) (n : nat) : R := ln 2 - sum (fun k => w k * coin_entropy (e k)) n.

Lemma ln_le_minus_1 : forall t, 0 < t -> ln t <= t - 1.
Proof.
  intros t H. assert (1 + ln t <= t); [|lra].
  apply Rle_trans with (exp (ln t)); [apply exp_ineq1_le|right; now apply exp_ln].
Qed.

Lemma ln2_pos : 0 < ln 2.
Proof. rewrite <- ln_1. apply ln_increasing; lra. Qed.

(** Tangent of -x ln x. *)
Lemma entropy_tangent : forall x m, 0 <= x -> 0 < m -> - (x * ln x) <= - (x * ln m) + m - x.
Proof.
  intros x m [Hx|<-] Hm; [|lra].
  assert (Q : 0 < m / x) by (apply Rdiv_lt_0_compat; auto).
  pose proof (ln_le_minus_1 _ Q) as T. unfold Rdiv in T.
  rewrite ln_mult, ln_Rinv in T by (auto; now apply Rinv_0_lt_compat).
  apply (Rmult_le_compat_l x) in T; [|lra].
  replace (x * (m * / x - 1)) with (m - x) in T by (field; lra). lra.
Qed.

Lemma coin_entropy_sym : forall x, coin_entropy (1 - x) = coin_entropy x.
Proof. intros; unfold coin_entropy. replace (1 - (1 - x)) with x by ring. ring. Qed.

Lemma coin_entropy_min : forall x, coin_entropy (Rmin x (1 - x)) = coin_entropy x.
Proof. intros; destruct (Rmin_case_strong x (1 - x) (fun y => y = x \/ y = 1 - x)); auto;
  rewrite H; auto using coin_entropy_sym. Qed.

Lemma coin_entropy_0 : coin_entropy 0 = 0.
Proof. unfold coin_entropy. replace (1 - 0) with 1 by ring. rewrite ln_1; ring. Qed.

Lemma coin_entropy_1 : coin_entropy 1 = 0.
Proof. rewrite <- coin_entropy_sym. replace (1 - 1) with 0 by ring. apply coin_entropy_0. Qed.

Lemma coin_entropy_half : coin_entropy (1 / 2) = ln 2.
Proof.
  unfold coin_entropy. replace (1 - 1 / 2) with (1 / 2) by field.
  replace (1 / 2) with (/ 2) at 2 4 by field. rewrite ln_Rinv by lra. field.
Qed.

(** Gibbs: the entropy lies below each of its tangents. *)
Theorem coin_entropy_tangent : forall x m, 0 <= x <= 1 -> 0 < m < 1 ->
  coin_entropy x <= - (x * ln m) - (1 - x) * ln (1 - m).
Proof.
  intros x m Hx Hm. unfold coin_entropy.
  pose proof (entropy_tangent x m). pose proof (entropy_tangent (1 - x) (1 - m)). lra.
Qed.

Theorem coin_entropy_at_most_ln2 : forall x, 0 <= x <= 1 -> coin_entropy x <= ln 2.
Proof.
  intros x Hx. pose proof (coin_entropy_tangent x (1/2) Hx) as T.
  replace (1 - 1/2) with (1/2) in T by field.
  replace (ln (1/2)) with (- ln 2) in T; [lra|]. replace (1/2) with (/ 2) by field. rewrite ln_Rinv; lra.
Qed.

Lemma coin_entropy_nonneg : forall x, 0 <= x <= 1 -> 0 <= coin_entropy x.
Proof.
  assert (L : forall y, 0 <= y <= 1 -> 0 <= - (y * ln y)).
  { intros y [[P|<-] Q]; [|lra]. pose proof (ln_le_minus_1 y P). nra. }
  intros x Hx. unfold coin_entropy. pose proof (L x Hx). pose proof (L (1 - x)). lra.
Qed.

(** The chord below the entropy: 2 ln 2 times the smaller probability. *)
Theorem coin_entropy_chord : forall x, 0 <= x <= 1 -> 2 * ln 2 * Rmin x (1 - x) <= coin_entropy x.
Proof.
  assert (H : forall x, 0 <= x <= 1/2 -> 2 * ln 2 * x <= coin_entropy x).
  { intros x Hx. unfold coin_entropy.
    (* the summand of the likelier side alone carries half *)
    assert (A : x * ln 2 <= - ((1 - x) * ln (1 - x))).
    { pose proof (entropy_tangent (1/2) (1 - x)) as T1. pose proof (entropy_tangent 1 (1 - x)) as T2.
      rewrite ln_1 in T2. replace (ln (1/2)) with (- ln 2) in T1.
      - assert (0 <= 1 - 2 * x) by lra. assert (0 <= 2 * x) by lra. nra.
      - replace (1/2) with (/ 2) by field. rewrite ln_Rinv; lra. }
    assert (B : x * ln 2 <= - (x * ln x)).
    { destruct (proj1 Hx) as [P|<-]; [|lra].
      assert (ln x <= - ln 2).
      { rewrite <- ln_Rinv by lra. destruct (Req_dec x (/ 2)) as [->|N]; [lra|].
        left; apply ln_increasing; lra. }
      nra. }
    lra. }
  intros x Hx. unfold Rmin. destruct (Rle_dec x (1 - x)).
  - apply H; lra.
  - rewrite <- coin_entropy_sym. apply H; lra.
Qed.

Lemma Rmin_coin : forall x, 0 <= x <= 1 -> 0 <= Rmin x (1 - x) <= 1 / 2.
Proof. intros x Hx; unfold Rmin; destruct (Rle_dec x (1 - x)); lra. Qed.

Lemma bayes_error_range : forall w e n, channel w e n -> 0 <= bayes_error w e n <= 1 / 2.
Proof.
  intros w e n C. unfold bayes_error. split.
  - apply sum_nonneg; intros k Hk. pose proof (weight_nonneg _ _ _ C k Hk).
    pose proof (Rmin_coin _ (posterior_range _ _ _ C k Hk)). nra.
  - replace (1 / 2) with (sum (fun k => w k * (1/2)) n).
    + apply sum_le; intros k Hk. pose proof (weight_nonneg _ _ _ C k Hk).
      pose proof (Rmin_coin _ (posterior_range _ _ _ C k Hk)). nra.
    + rewrite sum_scal_r, (weight_total _ _ _ C). field.
Qed.

(** Information is between zero and log 2, whatever the channel. *)
Theorem information_range : forall w e n, channel w e n -> 0 <= information w e n <= ln 2.
Proof.
  intros w e n C. unfold information. split.
  - assert (sum (fun k => w k * coin_entropy (e k)) n <= sum (fun k => w k * ln 2) n).
    { apply sum_le; intros k Hk. apply Rmult_le_compat_l; [apply (weight_nonneg _ _ _ C k Hk)|].
      apply coin_entropy_at_most_ln2, (posterior_range _ _ _ C k Hk). }
    rewrite sum_scal_r, (weight_total _ _ _ C) in H. lra.
  - assert (0 <= sum (fun k => w k * coin_entropy (e k)) n); [|lra].
    apply sum_nonneg; intros k Hk. apply Rmult_le_pos; [apply (weight_nonneg _ _ _ C k Hk)|].
    apply coin_entropy_nonneg, (posterior_range _ _ _ C k Hk).
Qed.

(** Eq. (72): it is the Jensen-Shannon divergence of the two output laws 2 w e and 2 w (1 - e). *)
Theorem information_is_jensen_shannon : forall w e n, channel w e n -> (forall k, (k < n)%nat -> 0 < w k) ->
  information w e n
  = sum (fun k => 1/2 * (2 * w k * e k) * ln (2 * w k * e k / w k)
                + 1/2 * (2 * w k * (1 - e k)) * ln (2 * w k * (1 - e k) / w k)) n.
Proof.
  intros w e n C P. unfold information.
  replace (ln 2) with (sum (fun k => w k * ln 2) n) at 1 by (rewrite sum_scal_r, (weight_total _ _ _ C); ring).
  rewrite <- sum_minus. apply sum_ext; intros k Hk.
  pose proof (P k Hk) as W. destruct (posterior_range _ _ _ C k Hk) as [E0 E1].
  assert (T : forall x, 0 <= x -> x * ln (2 * w k * x / w k) = x * ln 2 + x * ln x).
  { intros x [X|<-]; [|ring]. replace (2 * w k * x / w k) with (2 * x) by (field; lra).
    rewrite ln_mult by lra. ring. }
  unfold coin_entropy. pose proof (T (e k) E0) as T1. assert (0 <= 1 - e k) by lra. pose proof (T _ H) as T2.
  replace (1/2 * (2 * w k * e k) * ln (2 * w k * e k / w k))
    with (w k * (e k * ln (2 * w k * e k / w k))) by field.
  replace (1/2 * (2 * w k * (1 - e k)) * ln (2 * w k * (1 - e k) / w k))
    with (w k * ((1 - e k) * ln (2 * w k * (1 - e k) / w k))) by field.
  rewrite T1, T2. ring.
Qed.

(** Fano, in the direction it has: a small error forces information. *)
Theorem fano_necessary : forall w e n, channel w e n ->
  ln 2 - coin_entropy (bayes_error w e n) <= information w e n.
Proof.
  intros w e n C. unfold information. apply Rplus_le_compat_l, Ropp_le_contravar.
  pose proof (bayes_error_range w e n C) as [B0 B1].
  assert (S : sum (fun k => w k * coin_entropy (e k)) n
            = sum (fun k => w k * coin_entropy (Rmin (e k) (1 - e k))) n).
  { apply sum_ext; intros; now rewrite coin_entropy_min. }
  rewrite S. destruct B0 as [P|Z].
  - set (m := bayes_error w e n) in *.
    apply Rle_trans with (sum (fun k => w k * (- (Rmin (e k) (1 - e k) * ln m) - (1 - Rmin (e k) (1 - e k)) * ln (1 - m))) n).
    + apply sum_le; intros k Hk. apply Rmult_le_compat_l; [apply (weight_nonneg _ _ _ C k Hk)|].
      apply coin_entropy_tangent; [|lra]. pose proof (Rmin_coin _ (posterior_range _ _ _ C k Hk)); lra.
    + rewrite (sum_ext _ (fun k => (w k * Rmin (e k) (1 - e k)) * (ln (1 - m) - ln m) + w k * - ln (1 - m)))
        by (intros; ring).
      rewrite sum_plus, !sum_scal_r, (weight_total _ _ _ C). fold (bayes_error w e n). fold m.
      unfold coin_entropy. right; ring.
  - rewrite <- Z, coin_entropy_0. right. apply sum_zero; intros k Hk.
    assert (W : w k * Rmin (e k) (1 - e k) = 0).
    { apply (sum_eq_zero_term (fun j => w j * Rmin (e j) (1 - e j)) n); auto.
      intros j Hj. apply Rmult_le_pos; [apply (weight_nonneg _ _ _ C j Hj)|].
      apply (Rmin_coin _ (posterior_range _ _ _ C j Hj)). }
    apply Rmult_integral in W. destruct W as [W|W]; rewrite W; [ring|rewrite coin_entropy_0; ring].
Qed.

(** Hellman-Raviv: the error is at most half the missing share of information ... *)
Theorem hellman_raviv : forall w e n, channel w e n ->
  bayes_error w e n <= 1/2 * (1 - information w e n / ln 2).
Proof.
  intros w e n C. pose proof ln2_pos as L.
  assert (2 * ln 2 * bayes_error w e n <= ln 2 - information w e n).
  { unfold information, bayes_error. rewrite <- sum_scal.
    replace (ln 2 - (ln 2 - sum (fun k => w k * coin_entropy (e k)) n))
      with (sum (fun k => w k * coin_entropy (e k)) n) by ring.
    apply sum_le; intros k Hk. pose proof (weight_nonneg _ _ _ C k Hk).
    pose proof (coin_entropy_chord _ (posterior_range _ _ _ C k Hk)). nra. }
  apply Rmult_le_reg_r with (2 * ln 2); [lra|].
  replace (1/2 * (1 - information w e n / ln 2) * (2 * ln 2)) with (ln 2 - information w e n) by (field; lra). lra.
Qed.

(** ... so this much information suffices: the repaired form of appendix G. *)
Theorem sufficient_information : forall w e n eps, channel w e n ->
  (1 - 2 * eps) * ln 2 <= information w e n -> bayes_error w e n <= eps.
Proof.
  intros w e n eps C H. pose proof ln2_pos as L. eapply Rle_trans; [now apply hellman_raviv|].
  apply Rmult_le_reg_r with (2 * ln 2); [lra|].
  replace (1/2 * (1 - information w e n / ln 2) * (2 * ln 2)) with (ln 2 - information w e n) by (field; lra). nra.
Qed.

(** The erasure channel: the symbol arrives with probability 1 - d, else nothing is learnt. *)
Definition erasure_weight (d : R) (k : nat) : R := match k with O => (1 - d) / 2 | 1%nat => (1 - d) / 2 | _ => d end.
Definition erasure_posterior (k : nat) : R := match k with O => 1 | 1%nat => 0 | _ => 1 / 2 end.

Lemma erasure_channel : forall d, 0 <= d <= 1 -> channel (erasure_weight d) erasure_posterior 3.
Proof.
  intros d H; split; simpl; try lra; intros [|[|[|k]]] Hk; simpl; try lra; lia.
Qed.

Lemma erasure_values : forall d,
  bayes_error (erasure_weight d) erasure_posterior 3 = d / 2 /\
  information (erasure_weight d) erasure_posterior 3 = (1 - d) * ln 2.
Proof.
  intros d; unfold bayes_error, information; simpl.
  rewrite coin_entropy_0, coin_entropy_1, coin_entropy_half.
  rewrite !Rmin_right by lra || idtac. unfold Rmin.
  destruct (Rle_dec 1 (1 - 1)), (Rle_dec 0 (1 - 0)), (Rle_dec (1/2) (1 - 1/2)); split; lra.
Qed.

(** Hellman-Raviv is tight, at every level. *)
Theorem hellman_raviv_tight : forall d, 0 <= d <= 1 ->
  bayes_error (erasure_weight d) erasure_posterior 3
  = 1/2 * (1 - information (erasure_weight d) erasure_posterior 3 / ln 2).
Proof.
  intros d H. destruct (erasure_values d) as [-> ->]. pose proof ln2_pos. field; lra.
Qed.

(** The published direction fails: I >= log 2 - h(eps) does not bring the error down to eps. *)
Theorem published_fano_direction_refuted :
  exists w e n eps, channel w e n /\ 0 < eps < 1/2 /\
    ln 2 - coin_entropy eps <= information w e n /\ eps < bayes_error w e n.
Proof.
  exists (erasure_weight (2/5)), erasure_posterior, 3%nat, (1/10).
  destruct (erasure_values (2/5)) as [-> ->].
  split; [apply erasure_channel; lra|]. repeat split; try lra.
  assert (B : 2/5 * ln 2 <= coin_entropy (1/10)); [|lra].
  unfold coin_entropy. replace (1 - 1/10) with (/ (10/9)) by field. replace (1/10) with (/ 10) by field.
  rewrite !ln_Rinv by lra.
  assert (L10 : 3 * ln 2 <= ln 10).
  { replace (3 * ln 2) with (ln (2 * (2 * 2))) by (rewrite !ln_mult by lra; ring).
    left; apply ln_increasing; lra. }
  assert (L109 : 1/10 <= ln (10/9)).
  { pose proof (ln_le_minus_1 (/ (10/9))) as T. rewrite ln_Rinv in T by lra.
    assert (0 < / (10/9)) by (apply Rinv_0_lt_compat; lra). specialize (T H).
    replace (/ (10/9) - 1) with (-1/10) in T by field. lra. }
  assert (L2 : ln 2 <= 9/10).
  { rewrite <- (ln_exp (9/10)). left; apply ln_increasing; [lra|].
    replace (9/10) with (3/10 + (3/10 + 3/10)) by field. rewrite !exp_plus.
    pose proof (exp_ineq1_le (3/10)). nra. }
  replace (/ (10/9)) with (9/10) by field. lra.
Qed.

(** The weak form of Fano says nothing for two hypotheses. *)
Theorem weak_fano_is_vacuous : forall w e n, channel w e n -> 1 - (information w e n + ln 2) / ln 2 <= 0.
Proof.
  intros w e n C. pose proof ln2_pos. destruct (information_range w e n C) as [A _].
  replace (1 - (information w e n + ln 2) / ln 2) with (- (information w e n / ln 2)) by (field; lra).
  assert (0 <= information w e n / ln 2); [|lra].
  apply Rmult_le_pos; auto. left; now apply Rinv_0_lt_compat.
Qed.

(** I >= log (1/(2 eps)) can be met by no channel when eps < 1/4. *)
Theorem published_level_unreachable : forall w e n eps, channel w e n -> 0 < eps < 1/4 ->
  information w e n < ln (/ (2 * eps)).
Proof.
  intros w e n eps C H. destruct (information_range w e n C) as [_ B].
  apply Rle_lt_trans with (ln 2); auto. apply ln_increasing; [lra|].
  replace 2 with (/ (1/2)) at 1 by field. apply Rinv_lt_contravar; lra.
Qed.

(** Eq. (18) without a cap cannot hold: its right side passes log 2, which bounds every information. *)
Theorem uncapped_information_bound_refuted : forall c ratio k, 0 < c -> 0 < ratio -> 0 < k ->
  exists N0, 0 < N0 /\ forall N, N0 <= N -> forall w e n, channel w e n ->
    information w e n < c * (ratio * Rpower N (/ k)) ^ 2.
Proof.
  intros c ratio k Hc Hr Hk. pose proof ln2_pos as L.
  set (x := (1 + / c) / ratio). assert (IC : 0 < / c) by now apply Rinv_0_lt_compat.
  assert (X : 0 < x) by (apply Rdiv_lt_0_compat; lra).
  exists (Rpower x k). split; [apply Rpower_pos|]. intros N HN w e n C.
  destruct (information_range w e n C) as [_ B].
  assert (P : x <= Rpower N (/ k)).
  { rewrite <- (Rpower_inv_r x k) by (auto; lra). apply Rpower_le_base; auto using Rpower_pos.
    now apply Rinv_0_lt_compat. }
  assert (Q : 1 + / c <= ratio * Rpower N (/ k)).
  { apply (Rmult_le_compat_l ratio) in P; [|lra]. unfold x in P.
    replace (ratio * ((1 + / c) / ratio)) with (1 + / c) in P by (field; lra). auto. }
  assert (D : ln 2 <= 1) by (pose proof (ln_le_minus_1 2); lra).
  apply Rle_lt_trans with 1; [lra|].
  apply Rlt_le_trans with (c * (1 + / c) ^ 2).
  - replace (c * (1 + / c) ^ 2) with (c + 2 + / c) by (field; lra). lra.
  - apply Rmult_le_compat_l; [lra|]. simpl. nra.
Qed.
