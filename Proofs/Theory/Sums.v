(** * Finite sums and products over an initial segment

    [sum f n] is f 0 + ... + f (n-1) and [prod f n] is f 0 * ... * f (n-1).
    Vectors of n reals are functions [nat -> R] of which the first n values count. *)
Require Import Reals Lra Lia Psatz.
Open Scope R_scope.

Fixpoint sum (f : nat -> R) (n : nat) : R :=
  match n with
  | O => 0
  | S k => sum f k + f k
  end.

Fixpoint prod (f : nat -> R) (n : nat) : R :=
  match n with
  | O => 1
  | S k => prod f k * f k
  end.

Lemma sum_ext : forall f g n,
  (forall i, (i < n)%nat -> f i = g i) -> sum f n = sum g n.
Proof.
  intros f g n; induction n as [|n IH]; intros H; simpl; [easy|].
  rewrite IH, H; auto.
Qed.

Lemma sum_plus : forall f g n, sum (fun i => f i + g i) n = sum f n + sum g n.
Proof. intros; induction n; simpl; lra. Qed.

Lemma sum_minus : forall f g n, sum (fun i => f i - g i) n = sum f n - sum g n.
Proof. intros; induction n; simpl; lra. Qed.

Lemma sum_scal : forall c f n, sum (fun i => c * f i) n = c * sum f n.
Proof. intros; induction n; simpl; lra. Qed.

Lemma sum_scal_r : forall c f n, sum (fun i => f i * c) n = sum f n * c.
Proof. intros; induction n; simpl; lra. Qed.

Lemma sum_const : forall c n, sum (fun _ => c) n = INR n * c.
Proof. intros; induction n; [simpl; lra|]. rewrite S_INR; simpl; lra. Qed.

Lemma sum_zero : forall f n, (forall i, (i < n)%nat -> f i = 0) -> sum f n = 0.
Proof.
  intros f n; induction n as [|n IH]; intros H; simpl; [easy|].
  rewrite IH, H; auto; lra.
Qed.

Lemma sum_le : forall f g n,
  (forall i, (i < n)%nat -> f i <= g i) -> sum f n <= sum g n.
Proof.
  intros f g n; induction n as [|n IH]; intros H; simpl; [lra|].
  apply Rplus_le_compat; auto.
Qed.

Lemma sum_nonneg : forall f n, (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum f n.
Proof.
  intros f n H. replace 0 with (sum (fun _ => 0) n).
  - now apply sum_le.
  - now apply sum_zero.
Qed.

Lemma sum_abs_le : forall f n, Rabs (sum f n) <= sum (fun i => Rabs (f i)) n.
Proof.
  intros; induction n; simpl.
  - rewrite Rabs_R0; lra.
  - eapply Rle_trans; [apply Rabs_triang|lra].
Qed.

Lemma sum_term_le : forall f n i,
  (forall j, (j < n)%nat -> 0 <= f j) -> (i < n)%nat -> f i <= sum f n.
Proof.
  intros f n; induction n as [|n IH]; intros i H Hi; [lia|]; simpl.
  assert (0 <= sum f n) by (apply sum_nonneg; auto).
  destruct (Nat.eq_dec i n) as [->|E]; [lra|].
  assert (f i <= sum f n) by (apply IH; auto; lia).
  assert (0 <= f n) by auto. lra.
Qed.

Lemma sum_eq_zero_term : forall f n i,
  (forall j, (j < n)%nat -> 0 <= f j) -> sum f n = 0 -> (i < n)%nat -> f i = 0.
Proof.
  intros f n i H S Hi.
  assert (f i <= 0) by (rewrite <- S; now apply sum_term_le).
  specialize (H i Hi); lra.
Qed.

Lemma sum_head : forall f n, sum f (S n) = f 0%nat + sum (fun i => f (S i)) n.
Proof. intros; induction n; simpl in *; lra. Qed.

Lemma sum_rev : forall f n, sum f n = sum (fun i => f (n - 1 - i)%nat) n.
Proof.
  intros f n; induction n as [|n IH]; [easy|].
  rewrite (sum_head (fun i => f (S n - 1 - i)%nat)); simpl sum at 1.
  rewrite IH. replace (S n - 1 - 0)%nat with n by lia.
  rewrite Rplus_comm; f_equal. apply sum_ext; intros i Hi; f_equal; lia.
Qed.

Lemma sum_swap : forall (f : nat -> nat -> R) n m,
  sum (fun i => sum (fun j => f i j) m) n = sum (fun j => sum (fun i => f i j) n) m.
Proof.
  intros; induction n; simpl.
  - symmetry; apply sum_zero; auto.
  - rewrite IHn, <- sum_plus; apply sum_ext; auto.
Qed.

(** One index is singled out: the sum of a family that vanishes elsewhere. *)
Lemma sum_single : forall f n j,
  (j < n)%nat -> (forall i, (i < n)%nat -> i <> j -> f i = 0) -> sum f n = f j.
Proof.
  intros f n j; induction n as [|n IH]; intros Hj H; [lia|]; simpl.
  destruct (Nat.eq_dec j n) as [->|E].
  - rewrite sum_zero; [lra|]. intros i Hi; apply H; lia.
  - rewrite IH; try lia; [rewrite (H n); try lia; try lra|]. intros; apply H; lia.
Qed.

Lemma prod_ext : forall f g n,
  (forall i, (i < n)%nat -> f i = g i) -> prod f n = prod g n.
Proof.
  intros f g n; induction n as [|n IH]; intros H; simpl; [easy|].
  rewrite IH, H; auto.
Qed.

Lemma prod_pos : forall f n, (forall i, (i < n)%nat -> 0 < f i) -> 0 < prod f n.
Proof.
  intros f n; induction n as [|n IH]; intros H; simpl; [lra|].
  apply Rmult_lt_0_compat; auto.
Qed.

Lemma prod_nonneg : forall f n, (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= prod f n.
Proof.
  intros f n; induction n as [|n IH]; intros H; simpl; [lra|].
  apply Rmult_le_pos; auto.
Qed.

Lemma prod_const : forall c n, prod (fun _ => c) n = c ^ n.
Proof. intros; induction n; simpl; [easy|]. rewrite IHn; ring. Qed.

(** Cauchy-Schwarz for finite sums. *)
Lemma cauchy_schwarz : forall a b n,
  (sum (fun i => a i * b i) n) ^ 2 <= sum (fun i => a i ^ 2) n * sum (fun i => b i ^ 2) n.
Proof.
  intros a b n.
  set (A := sum (fun i => a i ^ 2) n). set (B := sum (fun i => b i ^ 2) n).
  set (C := sum (fun i => a i * b i) n).
  assert (HA : 0 <= A) by (apply sum_nonneg; intros; apply pow2_ge_0).
  assert (HB : 0 <= B) by (apply sum_nonneg; intros; apply pow2_ge_0).
  assert (H : forall t, 0 <= A - 2 * t * C + t ^ 2 * B).
  { intros t. replace (A - 2 * t * C + t ^ 2 * B) with (sum (fun i => (a i - t * b i) ^ 2) n).
    - apply sum_nonneg; intros; apply pow2_ge_0.
    - unfold A, B, C. rewrite <- !sum_scal, <- sum_minus, <- sum_plus.
      apply sum_ext; intros; ring. }
  destruct (Req_dec B 0) as [E|E].
  - destruct (Req_dec C 0) as [E'|E']; [nra|].
    specialize (H ((A + 1) / (2 * C))). rewrite E in H.
    replace (A - 2 * ((A + 1) / (2 * C)) * C + ((A + 1) / (2 * C)) ^ 2 * 0) with (-1) in H
      by (field; auto). lra.
  - specialize (H (C / B)).
    assert (0 <= B * (A - 2 * (C / B) * C + (C / B) ^ 2 * B)) by (apply Rmult_le_pos; auto).
    replace (B * (A - 2 * (C / B) * C + (C / B) ^ 2 * B)) with (A * B - C ^ 2) in H0
      by (field; auto). lra.
Qed.
