(** * The polynomials p_t and q_t of the kernel regime

    p x t = 1 + x + ... + x^(t-1) and q x t = 1 + 2x + ... + t x^(t-1), at x = sigma_1 alpha_m >= 0.
    Cayci and Eryilmaz 2024: constants of local Lipschitzness and smoothness. *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Sums Learnability.Theory.Floors.
Open Scope R_scope.

Definition p (x : R) (t : nat) : R := sum (fun k => x ^ k) t.
Definition q (x : R) (t : nat) : R := sum (fun k => INR (S k) * x ^ k) t.

Theorem p_recursion : forall x t, p x (S t) = 1 + x * p x t.
Proof.
  intros; unfold p. rewrite sum_head, <- sum_scal. simpl. f_equal.
Qed.

Theorem q_recursion : forall x t, q x (S t) = p x (S t) + x * q x t.
Proof.
  intros; unfold p, q. rewrite !sum_head, <- sum_scal, Rplus_assoc, <- sum_plus.
  replace (INR 1 * x ^ 0) with (x ^ 0) by (simpl; ring). f_equal.
  apply sum_ext; intros i _. rewrite (S_INR (S i)). simpl pow. ring.
Qed.

(** q is the convolution of the powers with p: this is how smoothness constants collect. *)
Theorem q_convolution : forall x t, sum (fun k => x ^ k * p x (t - k)) t = q x t.
Proof.
  intros x t; induction t as [|t IH]; [easy|].
  rewrite sum_head, q_recursion, <- IH, <- sum_scal. simpl pow. rewrite Nat.sub_0_r, Rmult_1_l. f_equal.
  apply sum_ext; intros; simpl; ring.
Qed.

Theorem p_closed_form : forall x t, (1 - x) * p x t = 1 - x ^ t.
Proof.
  intros x t; induction t as [|t IH]; [unfold p; simpl; ring|]. rewrite p_recursion.
  replace ((1 - x) * (1 + x * p x t)) with (1 - x + x * ((1 - x) * p x t)) by ring. rewrite IH. simpl; ring.
Qed.

Theorem q_closed_form : forall x t,
  (1 - x) ^ 2 * q x t = 1 - (INR t + 1) * x ^ t + INR t * x ^ S t.
Proof.
  intros x t; induction t as [|t IH]; [unfold q; simpl; ring|]. rewrite q_recursion.
  replace ((1 - x) ^ 2 * (p x (S t) + x * q x t))
    with ((1 - x) * ((1 - x) * p x (S t)) + x * ((1 - x) ^ 2 * q x t)) by ring.
  rewrite IH, p_closed_form, S_INR. simpl; ring.
Qed.

Lemma p_nonneg : forall x t, 0 <= x -> 0 <= p x t.
Proof. intros; apply sum_nonneg; intros; now apply pow_le. Qed.

Lemma q_nonneg : forall x t, 0 <= x -> 0 <= q x t.
Proof. intros; apply sum_nonneg; intros; apply Rmult_le_pos; [apply pos_INR|now apply pow_le]. Qed.

Theorem p_monotone : forall x y s t, 0 <= x <= y -> (s <= t)%nat -> p x s <= p y t.
Proof.
  intros x y s t H L. apply Rle_trans with (p y s).
  - apply sum_le; intros; now apply pow_incr.
  - induction L as [|m L IH]; [lra|]. assert (0 <= y ^ m) by (apply pow_le; lra). unfold p in *; simpl; lra.
Qed.

Theorem q_monotone : forall x y s t, 0 <= x <= y -> (s <= t)%nat -> q x s <= q y t.
Proof.
  intros x y s t H L. apply Rle_trans with (q y s).
  - apply sum_le; intros. apply Rmult_le_compat_l; [apply pos_INR|now apply pow_incr].
  - induction L as [|m L IH]; [lra|].
    assert (0 <= INR (S m) * y ^ m) by (apply Rmult_le_pos; [apply pos_INR|apply pow_le; lra]).
    change (q y (S m)) with (q y m + INR (S m) * y ^ m). lra.
Qed.

(** ** Short memory, cutoff, long memory *)

Theorem p_bounded_below_cutoff : forall x t, 0 <= x < 1 -> p x t <= / (1 - x).
Proof.
  intros x t H. apply Rmult_le_reg_l with (1 - x); [lra|]. rewrite p_closed_form, Rinv_r by lra.
  assert (0 <= x ^ t) by (apply pow_le; lra). lra.
Qed.

Theorem q_bounded_below_cutoff : forall x t, 0 <= x < 1 -> q x t <= / (1 - x) ^ 2.
Proof.
  intros x t H. assert (P : 0 < (1 - x) ^ 2) by (apply pow_lt; lra).
  apply Rmult_le_reg_l with ((1 - x) ^ 2); auto. rewrite q_closed_form, Rinv_r by lra.
  assert (0 <= x ^ t) by (apply pow_le; lra). pose proof (pos_INR t).
  assert (0 <= x ^ t * (1 + INR t * (1 - x))) by (apply Rmult_le_pos; nra). simpl; lra.
Qed.

Theorem p_at_cutoff : forall t, p 1 t = INR t.
Proof.
  intros; unfold p. rewrite (sum_ext _ (fun _ => 1)) by (intros; apply pow1). rewrite sum_const; ring.
Qed.

Theorem q_at_cutoff : forall t, q 1 t = INR t * (INR t + 1) / 2.
Proof.
  intros t; induction t as [|t IH]; [unfold q; simpl; field|].
  rewrite q_recursion, IH, p_at_cutoff, S_INR. field.
Qed.

(** Exactly at the cutoff growth is polynomial: no exponential lies below it for ever. *)
Theorem cutoff_is_not_exponential : forall c r, 0 < c -> 1 < r -> exists t, p 1 t < c * r ^ t.
Proof.
  intros c r Hc Hr. set (d := sqrt r - 1).
  assert (S1 : 1 < sqrt r) by (rewrite <- sqrt_1; apply sqrt_lt_1; lra).
  assert (D : 0 < d) by (unfold d; lra).
  assert (I0 : 0 < / (c * d ^ 2)) by (apply Rinv_0_lt_compat, Rmult_lt_0_compat; [|apply pow_lt]; auto).
  destruct (floor_lag_spec (/ (c * d ^ 2))) as [_ Ht]; [lra|]. rewrite <- S_INR in Ht.
  set (t := S (floor_lag (/ (c * d ^ 2)))) in Ht. exists t. rewrite p_at_cutoff.
  assert (B : 1 + INR t * d <= sqrt r ^ t).
  { replace (sqrt r) with (1 + d) by (unfold d; ring). now apply poly. }
  assert (E : r ^ t = sqrt r ^ t * sqrt r ^ t).
  { rewrite <- Rpow_mult_distr, sqrt_sqrt by lra. auto. }
  pose proof (pos_INR t) as T. assert (CD : 0 < c * d ^ 2) by (apply Rmult_lt_0_compat; [|apply pow_lt]; auto).
  assert (1 < INR t * (c * d ^ 2)).
  { apply (Rmult_lt_compat_r (c * d ^ 2)) in Ht; auto. rewrite Rinv_l in Ht by lra. lra. }
  assert (P : 0 <= INR t * d) by nra.
  assert (Q : (1 + INR t * d) * (1 + INR t * d) <= r ^ t) by (rewrite E; apply Rmult_le_compat; lra).
  apply Rlt_le_trans with (c * ((1 + INR t * d) * (1 + INR t * d))); [|apply Rmult_le_compat_l; lra].
  apply Rlt_le_trans with (INR t * (INR t * (c * d ^ 2)) + c); [|nra].
  assert (0 < INR t) by (destruct T; auto; rewrite <- H0 in H; lra). nra.
Qed.

(** Above it growth is exponential. *)
Theorem p_exponential_above_cutoff : forall x t, 1 < x -> x ^ t <= p x (S t).
Proof.
  intros x t H. unfold p; simpl. assert (0 <= sum (fun k => x ^ k) t); [|lra].
  apply sum_nonneg; intros; apply pow_le; lra.
Qed.

(** The cutoff is met by alpha_m = alpha + rho/sqrt m, not by alpha: below for large width only ... *)
Theorem effective_cutoff : forall alpha rho s1 m, 0 <= alpha -> 0 <= rho -> 0 < s1 -> 0 < m -> alpha < / s1 ->
  (s1 * (alpha + rho / sqrt m) < 1 <-> rho / (/ s1 - alpha) < sqrt m).
Proof.
  intros alpha rho s1 m Ha Hr Hs Hm H. assert (M : 0 < sqrt m) by now apply sqrt_lt_R0.
  assert (G : 0 < / s1 - alpha) by lra.
  assert (S1 : s1 * / s1 = 1) by (apply Rinv_r; lra). split; intros K.
  - assert (alpha + rho / sqrt m < / s1) by (apply Rmult_lt_reg_l with s1; lra).
    assert (rho / sqrt m < / s1 - alpha) by lra. apply (Rmult_lt_compat_r (sqrt m)) in H1; auto.
    replace (rho / sqrt m * sqrt m) with rho in H1 by (field; lra).
    apply Rmult_lt_reg_r with (/ s1 - alpha); auto.
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
  - apply (Rmult_lt_compat_r (/ s1 - alpha)) in K; auto.
    assert (E : rho / (/ s1 - alpha) * (/ s1 - alpha) = rho) by (unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra).
    rewrite E in K. assert (rho / sqrt m < / s1 - alpha).
    { apply Rmult_lt_reg_r with (sqrt m); auto. replace (rho / sqrt m * sqrt m) with rho by (field; lra). lra. }
    apply Rle_lt_trans with (s1 * (alpha + rho / sqrt m)); [lra|]. rewrite <- S1. apply Rmult_lt_compat_l; lra.
Qed.

(** ... so at finite width an initial weight below the cutoff may still give exponential constants. *)
Theorem finite_width_crosses_cutoff :
  exists alpha rho s1 m, 0 <= alpha /\ alpha < / s1 /\ 0 < m /\
    forall t, 2 ^ t <= p (s1 * (alpha + rho / sqrt m)) (S t).
Proof.
  exists (1/2), 3, 1, 4. repeat split; try lra.
  intros t. replace (sqrt 4) with 2 by (symmetry; apply sqrt_lem_1; lra).
  replace (1 * (1/2 + 3/2)) with 2 by field. apply p_exponential_above_cutoff; lra.
Qed.
