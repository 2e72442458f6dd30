(** * Products of square matrices: single insertions, derivative, remainder in the row-sum norm

    Livi 2025, appendix A, Eq. (30)-(35), for real n by n matrices. Factors A k + B k, latest factor leftmost. *)
Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Require Import Learnability.Theory.Sums Learnability.Theory.Transport Learnability.Theory.Expansion.
Open Scope R_scope.

(** ** Single insertions, in any ring *)
Section Insertions.
Context {K : Ring}.

Fixpoint ring_sum (f : nat -> K) (n : nat) : K := match n with O => zero | S k => plus (ring_sum f k) (f k) end.

(** Product of [len] factors from index [start] on. *)
Fixpoint stretch (A : nat -> K) (start len : nat) : K :=
  match len with O => one | S k => mult (A (start + k)%nat) (stretch A start k) end.

Lemma ring_sum_ext : forall f g n, (forall i, (i < n)%nat -> f i = g i) -> ring_sum f n = ring_sum g n.
Proof. intros f g n; induction n as [|n IH]; intros H; simpl; [easy|]. rewrite IH, H; auto. Qed.

Lemma ring_sum_mult : forall c f n, mult c (ring_sum f n) = ring_sum (fun i => mult c (f i)) n.
Proof.
  intros c f n; induction n as [|n IH]; simpl; [apply mult_zero_r|]. now rewrite mult_distr_l, IH.
Qed.

(** Eq. (34): the first-order part is the sum over j of (later factors) B_j (earlier factors). *)
Theorem first_order_insertions : forall (A B : nat -> K) n,
  first A B n = ring_sum (fun j => mult (mult (stretch A (S j) (n - 1 - j)) (B j)) (stretch A 0 j)) n.
Proof.
  intros A B.
  assert (Z : forall n, zeroth A n = stretch A 0 n) by (induction n as [|n IH]; simpl; [easy|now rewrite IH]).
  induction n as [|n IH]; [easy|]. simpl first. simpl ring_sum. rewrite IH, ring_sum_mult, Z.
  replace (n - 0 - n)%nat with 0%nat by lia. simpl (stretch A (S n) 0). rewrite mult_one_l. f_equal.
  apply ring_sum_ext. intros j Hj. replace (n - 0 - j)%nat with (S (n - 1 - j)) by lia. simpl stretch.
  replace (S (j + (n - 1 - j))) with n by lia. now rewrite <- !mult_assoc.
Qed.
End Insertions.

(** ** The terms that the truncation drops, as numbers *)

(** Accumulated without cancellation. *)
Fixpoint dropped (al be : nat -> R) (n : nat) : R :=
  match n with O => 0 | S k => (al k + be k) * dropped al be k + be k * correction al be k end.

Theorem dropped_terms : forall al be n,
  dropped al be n = prod (fun k => al k + be k) n - prod al n - correction al be n.
Proof.
  intros al be n; induction n as [|n IH]; simpl; [lra|]. rewrite IH. unfold gamma. ring.
Qed.

Lemma correction_nonneg : forall al be n, (forall k, 0 <= al k) -> (forall k, 0 <= be k) -> 0 <= correction al be n.
Proof.
  intros al be n A B; induction n as [|n IH]; simpl; [lra|].
  assert (0 <= gamma al n) by (apply prod_nonneg; auto). specialize (A n); specialize (B n). nra.
Qed.

Lemma dropped_nonneg : forall al be n, (forall k, 0 <= al k) -> (forall k, 0 <= be k) -> 0 <= dropped al be n.
Proof.
  intros al be n A B; induction n as [|n IH]; simpl; [lra|].
  pose proof (correction_nonneg al be n A B). specialize (A n); specialize (B n). nra.
Qed.

Lemma correction_monotone : forall al be be' n, (forall k, 0 <= al k) -> (forall k, (k < n)%nat -> 0 <= be k <= be' k) ->
  0 <= correction al be n <= correction al be' n.
Proof.
  intros al be be' n A; induction n as [|n IH]; intros B; simpl; [lra|].
  assert (0 <= gamma al n) by (apply prod_nonneg; auto). assert (I : 0 <= correction al be n <= correction al be' n) by auto.
  specialize (A n). assert (0 <= be n <= be' n) by auto. split; [nra|]. apply Rplus_le_compat; nra.
Qed.

Lemma dropped_monotone : forall al be be' n, (forall k, 0 <= al k) -> (forall k, (k < n)%nat -> 0 <= be k <= be' k) ->
  0 <= dropped al be n <= dropped al be' n.
Proof.
  intros al be be' n A; induction n as [|n IH]; intros B; simpl; [lra|].
  assert (I : 0 <= dropped al be n <= dropped al be' n) by auto.
  assert (J : 0 <= correction al be n <= correction al be' n) by (apply correction_monotone; auto).
  specialize (A n). assert (0 <= be n <= be' n) by auto.
  split; [apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra|].
  apply Rplus_le_compat; apply Rmult_le_compat; lra.
Qed.

Lemma correction_scale : forall al be e n, correction al (fun k => e * be k) n = e * correction al be n.
Proof. intros al be e n; induction n as [|n IH]; simpl; [ring|]. rewrite IH. ring. Qed.

(** The dropped terms are of second order: they shrink with the square of the perturbation. *)
Lemma dropped_scale : forall al be e n, (forall k, 0 <= al k) -> (forall k, 0 <= be k) -> 0 <= e <= 1 ->
  dropped al (fun k => e * be k) n <= e ^ 2 * dropped al be n.
Proof.
  intros al be e n A B E; induction n as [|n IH]; simpl dropped; [lra|]. rewrite correction_scale.
  pose proof (dropped_nonneg al be n A B) as D. pose proof (correction_nonneg al be n A B).
  specialize (A n); specialize (B n).
  assert ((al n + e * be n) * dropped al (fun k => e * be k) n <= (al n + be n) * (e ^ 2 * dropped al be n)).
  { apply Rle_trans with ((al n + e * be n) * (e ^ 2 * dropped al be n)).
    - apply Rmult_le_compat_l; auto. nra.
    - apply Rmult_le_compat_r; [|nra]. apply Rmult_le_pos; auto. apply pow2_ge_0. }
  nra.
Qed.

(** ** Real matrices *)

Definition square (n : nat) : Ring := @matrix_Ring R_Ring n.
Definition entry {n} (A : square n) (i j : nat) : R := @coeff_mat R n n 0 A i j.
Definition of_entries (n : nat) (f : nat -> nat -> R) : square n := @mk_matrix R n n f.
(** A real multiple. *)
Definition multiple {n} (c : R) (A : square n) : square n := of_entries n (fun i j => c * entry A i j).

Section Matrices.
Context {n : nat}.

Lemma entry_of : forall f i j, (i < n)%nat -> (j < n)%nat -> entry (of_entries n f) i j = f i j.
Proof. intros; now apply coeff_mat_bij. Qed.

Lemma square_ext : forall A B : square n,
  (forall i j, (i < n)%nat -> (j < n)%nat -> entry A i j = entry B i j) -> A = B.
Proof. intros A B H. now apply (coeff_mat_ext_aux 0 0). Qed.

Lemma entry_plus : forall (A B : square n) i j, (i < n)%nat -> (j < n)%nat ->
  entry (plus A B) i j = entry A i j + entry B i j.
Proof. intros A B i j Hi Hj. unfold entry at 1, plus; simpl. unfold Mplus. now rewrite coeff_mat_bij. Qed.

Lemma entry_opp : forall (A : square n) i j, (i < n)%nat -> (j < n)%nat -> entry (opp A) i j = - entry A i j.
Proof. intros A i j Hi Hj. unfold entry at 1, opp; simpl. unfold Mopp. now rewrite coeff_mat_bij. Qed.

Lemma entry_zero : forall i j, (i < n)%nat -> (j < n)%nat -> entry (zero : square n) i j = 0.
Proof. intros i j Hi Hj. unfold entry, zero; simpl. unfold Mzero. now rewrite coeff_mat_bij. Qed.

Lemma entry_one : forall i j, (i < n)%nat -> (j < n)%nat -> entry (one : square n) i j = if Nat.eq_dec i j then 1 else 0.
Proof.
  intros i j Hi Hj. unfold entry, one; simpl. unfold Mone. rewrite coeff_mat_bij by auto. clear Hi Hj.
  revert j; induction i as [|i IH]; intros [|j]; simpl; auto. rewrite IH.
  destruct (Nat.eq_dec i j), (Nat.eq_dec (S i) (S j)); auto; lia.
Qed.

Lemma sum_n_sum : forall f m, sum_n f m = sum f (S m).
Proof.
  intros f m; induction m as [|m IH]; [rewrite sum_O; simpl; lra|]. rewrite sum_Sn, IH. reflexivity.
Qed.

Lemma entry_mult : forall (A B : square n) i j, (i < n)%nat -> (j < n)%nat ->
  entry (mult A B) i j = sum (fun k => entry A i k * entry B k j) n.
Proof.
  intros A B i j Hi Hj. unfold entry at 1, mult; simpl. unfold Mmult. rewrite coeff_mat_bij by auto.
  rewrite sum_n_sum. replace (S (Nat.pred n)) with n by lia. apply sum_ext. reflexivity.
Qed.

Lemma entry_multiple : forall c (A : square n) i j, (i < n)%nat -> (j < n)%nat -> entry (multiple c A) i j = c * entry A i j.
Proof. intros; unfold multiple. now rewrite entry_of. Qed.

Lemma multiple_mult_l : forall c (A B : square n), mult (multiple c A) B = multiple c (mult A B).
Proof.
  intros; apply square_ext; intros i j Hi Hj. rewrite entry_multiple, !entry_mult, <- sum_scal by auto.
  apply sum_ext; intros k Hk. rewrite entry_multiple by auto. ring.
Qed.

Lemma multiple_mult_r : forall c (A B : square n), mult A (multiple c B) = multiple c (mult A B).
Proof.
  intros; apply square_ext; intros i j Hi Hj. rewrite entry_multiple, !entry_mult, <- sum_scal by auto.
  apply sum_ext; intros k Hk. rewrite entry_multiple by auto. ring.
Qed.

Lemma multiple_plus : forall c (A B : square n), multiple c (plus A B) = plus (multiple c A) (multiple c B).
Proof.
  intros; apply square_ext; intros i j Hi Hj. rewrite entry_plus, !entry_multiple, entry_plus by auto. ring.
Qed.

Lemma first_multiple : forall c (A B : nat -> square n) l, first A (fun k => multiple c (B k)) l = multiple c (first A B l).
Proof.
  intros c A B l; induction l as [|l IH]; simpl.
  - apply square_ext; intros i j Hi Hj. rewrite entry_multiple, entry_zero by auto. ring.
  - now rewrite IH, multiple_mult_l, multiple_mult_r, multiple_plus.
Qed.

(** *** Largest absolute row sum *)

Fixpoint largest (f : nat -> R) (m : nat) : R := match m with O => 0 | S k => Rmax (largest f k) (f k) end.

Lemma largest_nonneg : forall f m, 0 <= largest f m.
Proof. intros f m; induction m; simpl; [lra|]. eapply Rle_trans; [apply IHm|apply Rmax_l]. Qed.

Lemma largest_upper : forall f m i, (i < m)%nat -> f i <= largest f m.
Proof.
  intros f m; induction m as [|m IH]; intros i H; [lia|]. simpl. destruct (Nat.eq_dec i m) as [->|E]; [apply Rmax_r|].
  eapply Rle_trans; [apply IH; lia|apply Rmax_l].
Qed.

Lemma largest_least : forall f m c, 0 <= c -> (forall i, (i < m)%nat -> f i <= c) -> largest f m <= c.
Proof. intros f m c H; induction m as [|m IH]; intros B; simpl; [auto|]. apply Rmax_lub; auto. Qed.

Definition row_sum (A : square n) (i : nat) : R := sum (fun j => Rabs (entry A i j)) n.
Definition row_sum_norm (A : square n) : R := largest (row_sum A) n.

Lemma row_sum_norm_nonneg : forall A, 0 <= row_sum_norm A.
Proof. intros; apply largest_nonneg. Qed.

Lemma row_sum_norm_zero : row_sum_norm zero = 0.
Proof.
  apply Rle_antisym; [|apply row_sum_norm_nonneg]. apply largest_least; [lra|]. intros i Hi. right.
  apply sum_zero; intros j Hj. rewrite entry_zero, Rabs_R0; auto.
Qed.

Lemma row_sum_norm_one : row_sum_norm one <= 1.
Proof.
  apply largest_least; [lra|]. intros i Hi. right. unfold row_sum. rewrite (sum_single _ n i Hi).
  - rewrite entry_one by auto. destruct (Nat.eq_dec i i); [apply Rabs_R1|easy].
  - intros j Hj E. rewrite entry_one by auto. destruct (Nat.eq_dec i j); [congruence|apply Rabs_R0].
Qed.

Lemma row_sum_norm_plus : forall A B, row_sum_norm (plus A B) <= row_sum_norm A + row_sum_norm B.
Proof.
  intros A B. pose proof (row_sum_norm_nonneg A). pose proof (row_sum_norm_nonneg B).
  apply largest_least; [lra|]. intros i Hi. apply Rle_trans with (row_sum A i + row_sum B i).
  - unfold row_sum. rewrite <- sum_plus. apply sum_le; intros j Hj. rewrite entry_plus by auto. apply Rabs_triang.
  - apply Rplus_le_compat; now apply largest_upper.
Qed.

Lemma row_sum_norm_mult : forall A B, row_sum_norm (mult A B) <= row_sum_norm A * row_sum_norm B.
Proof.
  intros A B. pose proof (row_sum_norm_nonneg A). pose proof (row_sum_norm_nonneg B).
  apply largest_least; [nra|]. intros i Hi. apply Rle_trans with (row_sum A i * row_sum_norm B).
  - unfold row_sum. rewrite <- sum_scal_r.
    apply Rle_trans with (sum (fun j => sum (fun k => Rabs (entry A i k) * Rabs (entry B k j)) n) n).
    + apply sum_le; intros j Hj. rewrite entry_mult by auto. eapply Rle_trans; [apply sum_abs_le|].
      apply sum_le; intros k Hk. rewrite Rabs_mult; lra.
    + rewrite sum_swap. apply sum_le; intros k Hk. rewrite sum_scal. apply Rmult_le_compat_l; [apply Rabs_pos|].
      now apply (largest_upper (row_sum B)).
  - apply Rmult_le_compat_r; auto. now apply (largest_upper (row_sum A)).
Qed.

Lemma row_sum_norm_multiple : forall c A, row_sum_norm (multiple c A) <= Rabs c * row_sum_norm A.
Proof.
  intros c A. apply largest_least; [apply Rmult_le_pos; [apply Rabs_pos|apply row_sum_norm_nonneg]|]. intros i Hi.
  apply Rle_trans with (Rabs c * row_sum A i).
  - right. unfold row_sum. rewrite <- sum_scal. apply sum_ext; intros j Hj. now rewrite entry_multiple, Rabs_mult.
  - apply Rmult_le_compat_l; [apply Rabs_pos|now apply (largest_upper (row_sum A))].
Qed.

(** *** What the truncation leaves out *)

Variables A B : nat -> square n.

Lemma left_out_is_rest : forall E l, minus (full A E l) (plus (zeroth A l) (first A E l)) = rest A E l.
Proof.
  intros E l. rewrite first_order_expansion. unfold minus. rewrite plus_assoc, plus_comm, plus_assoc.
  now rewrite plus_opp_l, plus_zero_l.
Qed.

Theorem matrix_truncation_bound : forall l,
  row_sum_norm (minus (full A B l) (plus (zeroth A l) (first A B l)))
  <= prod (fun k => row_sum_norm (A k) + row_sum_norm (B k)) l - prod (fun k => row_sum_norm (A k)) l
     - correction (fun k => row_sum_norm (A k)) (fun k => row_sum_norm (B k)) l.
Proof.
  intros l. rewrite left_out_is_rest. apply truncation_bound.
  - apply row_sum_norm_zero.
  - apply row_sum_norm_one.
  - apply row_sum_norm_nonneg.
  - apply row_sum_norm_plus.
  - apply row_sum_norm_mult.
Qed.

Lemma left_out_below : forall E be l, (forall k, (k < l)%nat -> row_sum_norm (E k) <= be k) ->
  row_sum_norm (minus (full A E l) (plus (zeroth A l) (first A E l))) <= dropped (fun k => row_sum_norm (A k)) be l.
Proof.
  intros E be l H. rewrite left_out_is_rest.
  eapply Rle_trans; [apply (truncation_bound row_sum_norm)|].
  - apply row_sum_norm_zero.
  - apply row_sum_norm_one.
  - apply row_sum_norm_nonneg.
  - apply row_sum_norm_plus.
  - apply row_sum_norm_mult.
  - rewrite <- dropped_terms. apply dropped_monotone; [intros; apply row_sum_norm_nonneg|].
    intros k Hk; split; [apply row_sum_norm_nonneg|auto].
Qed.

(** Eq. (35): with factors A + eps B the error is at most eps^2 times the bound at one. *)
Theorem expansion_remainder_quadratic : forall eps l, Rabs eps <= 1 ->
  row_sum_norm (minus (full A (fun k => multiple eps (B k)) l) (plus (zeroth A l) (multiple eps (first A B l))))
  <= eps ^ 2 * dropped (fun k => row_sum_norm (A k)) (fun k => row_sum_norm (B k)) l.
Proof.
  intros eps l H. rewrite <- first_multiple. rewrite <- (pow2_abs eps). pose proof (Rabs_pos eps).
  eapply Rle_trans; [apply (left_out_below _ (fun k => Rabs eps * row_sum_norm (B k)))|].
  - intros; apply row_sum_norm_multiple.
  - apply dropped_scale; try lra; intros; apply row_sum_norm_nonneg.
Qed.

(** Eq. (30): the first-order part is the Frechet derivative of the product at A. *)
Theorem first_order_is_frechet_derivative : forall l eps, 0 < eps ->
  exists delta, 0 < delta /\ forall (E : nat -> square n) e, (forall k, (k < l)%nat -> row_sum_norm (E k) <= e) -> 0 <= e <= delta ->
    row_sum_norm (minus (full A E l) (plus (zeroth A l) (first A E l))) <= eps * e.
Proof.
  intros l eps He. set (D := dropped (fun k => row_sum_norm (A k)) (fun _ => 1) l).
  assert (D0 : 0 <= D) by (apply dropped_nonneg; intros; [apply row_sum_norm_nonneg|lra]).
  assert (I : 0 < / (D + 1)) by (apply Rinv_0_lt_compat; lra).
  exists (Rmin 1 (eps * / (D + 1))). split; [apply Rmin_pos; [lra|nra]|]. intros E e H [e0 e1].
  assert (U : e <= 1) by (eapply Rle_trans; [apply e1|apply Rmin_l]).
  assert (V : e <= eps * / (D + 1)) by (eapply Rle_trans; [apply e1|apply Rmin_r]).
  eapply Rle_trans; [apply (left_out_below _ (fun _ => e * 1))|].
  - intros; rewrite Rmult_1_r; auto.
  - eapply Rle_trans; [apply dropped_scale; try lra; intros; [apply row_sum_norm_nonneg|lra]|].
    fold D. simpl. rewrite Rmult_1_r, Rmult_assoc, (Rmult_comm eps). apply Rmult_le_compat_l; auto.
    apply Rle_trans with (e * (D + 1)); [nra|]. apply (Rmult_le_compat_r (D + 1)) in V; [|lra].
    rewrite Rmult_assoc, Rinv_l in V by lra. lra.
Qed.

(** *** Derivative along a line *)

(** Entry by entry. *)
Definition matrix_derive (F : R -> square n) (e : R) (D : square n) : Prop :=
  forall i j, (i < n)%nat -> (j < n)%nat -> is_derive (fun u => entry (F u) i j) e (entry D i j).

Lemma derive_sum : forall (f : R -> nat -> R) d e m, (forall k, (k < m)%nat -> is_derive (fun u => f u k) e (d k)) ->
  is_derive (fun u => sum (f u) m) e (sum d m).
Proof.
  intros f d e m; induction m as [|m IH]; intros H; simpl; [apply (is_derive_const 0 e)|].
  apply (is_derive_plus (fun u => sum (f u) m) (fun u => f u m)); auto.
Qed.

(** Eq. (32): the product rule. *)
Theorem matrix_product_rule : forall F G e D E, matrix_derive F e D -> matrix_derive G e E ->
  matrix_derive (fun u => mult (F u) (G u)) e (plus (mult D (G e)) (mult (F e) E)).
Proof.
  intros F G e D E HF HG i j Hi Hj. rewrite entry_plus, !entry_mult, <- sum_plus by auto.
  apply (is_derive_ext (fun u => sum (fun k => entry (F u) i k * entry (G u) k j) n)).
  { intros u. now rewrite entry_mult. }
  apply (derive_sum (fun u k => entry (F u) i k * entry (G u) k j)). intros k Hk.
  apply (is_derive_mult (fun u => entry (F u) i k) (fun u => entry (G u) k j)); auto. intros; apply Rmult_comm.
Qed.

Lemma full_at_zero : forall l, full A (fun k => multiple 0 (B k)) l = zeroth A l.
Proof.
  induction l as [|l IH]; simpl; [easy|]. rewrite IH. f_equal. apply square_ext; intros i j Hi Hj.
  rewrite entry_plus, entry_multiple by auto. ring.
Qed.

(** Eq. (34): the derivative at eps = 0 of the product of A + eps B is the first-order part. *)
Theorem product_derivative : forall l,
  matrix_derive (fun eps => full A (fun k => multiple eps (B k)) l) 0 (first A B l).
Proof.
  induction l as [|l IH]; simpl full; simpl first.
  - intros i j Hi Hj. rewrite entry_zero by auto. apply (is_derive_const (entry (one : square n) i j) 0).
  - rewrite plus_comm, <- full_at_zero.
    replace (mult (A l) (first A B l)) with (mult (plus (A l) (multiple 0 (B l))) (first A B l)).
    + apply (matrix_product_rule (fun eps => plus (A l) (multiple eps (B l)))); auto.
      intros i j Hi Hj. apply (is_derive_ext (fun u => entry (A l) i j + u * entry (B l) i j)).
      * intros u. now rewrite entry_plus, entry_multiple.
      * auto_derive; [auto|ring].
    + f_equal. apply square_ext; intros i j Hi Hj. rewrite entry_plus, entry_multiple by auto. ring.
Qed.

(** Windows compose: the product rule for a window cut in two. *)
Theorem windows_compose : forall cut l,
  let late := fun k => A (cut + k)%nat in let late' := fun k => B (cut + k)%nat in
  zeroth A (cut + l) = mult (zeroth late l) (zeroth A cut) /\
  first A B (cut + l) = plus (mult (first late late' l) (zeroth A cut)) (mult (zeroth late l) (first A B cut)).
Proof.
  intros cut l late late'; induction l as [|l [IZ IF]].
  - rewrite Nat.add_0_r. simpl. now rewrite !mult_one_l, mult_zero_l, plus_zero_l.
  - rewrite Nat.add_succ_r. simpl. rewrite IZ, IF. split; [apply mult_assoc|].
    rewrite !mult_distr_l, !mult_distr_r, <- !mult_assoc. unfold late, late'.
    rewrite <- !plus_assoc. f_equal. apply plus_comm.
Qed.
End Matrices.
