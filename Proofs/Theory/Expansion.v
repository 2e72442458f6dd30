(** * First-order expansion of a product and its truncation bound

    Livi 2025, appendix A, Eq. (33)-(35), in any ring with a submultiplicative norm (matrices with any operator
    norm among them). Factors A k + B k, latest factor leftmost. *)
Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Require Import Learnability.Theory.Sums Learnability.Theory.Transport.
Open Scope R_scope.

Section Product.
Context {K : Ring}.
Variable N : K -> R.
Hypothesis N_zero : N zero = 0.
Hypothesis N_one : N one <= 1.
Hypothesis N_nonneg : forall x, 0 <= N x.
Hypothesis N_plus : forall x y, N (plus x y) <= N x + N y.
Hypothesis N_mult : forall x y, N (mult x y) <= N x * N y.
Variables A B : nat -> K.

Fixpoint full (n : nat) : K := match n with O => one | S k => mult (plus (A k) (B k)) (full k) end.
Fixpoint zeroth (n : nat) : K := match n with O => one | S k => mult (A k) (zeroth k) end.
Fixpoint first (n : nat) : K := match n with O => zero | S k => plus (mult (A k) (first k)) (mult (B k) (zeroth k)) end.
(** Everything with two or more replaced factors. *)
Fixpoint rest (n : nat) : K :=
  match n with O => zero | S k => plus (mult (A k) (rest k)) (mult (B k) (plus (first k) (rest k))) end.

Theorem first_order_expansion : forall n, full n = plus (zeroth n) (plus (first n) (rest n)).
Proof.
  induction n as [|n IH]; simpl.
  - now rewrite !plus_zero_r.
  - rewrite IH, mult_distr_r, !mult_distr_l.
    rewrite <- !plus_assoc. f_equal. f_equal.
    rewrite (plus_comm (mult (B n) (zeroth n))). rewrite <- !plus_assoc. 
    rewrite (plus_comm (mult (B n) (zeroth n))). rewrite <- !plus_assoc. reflexivity.
Qed.

Let al := fun k => N (A k).
Let be := fun k => N (B k).

Lemma full_norm : forall n, N (full n) <= prod (fun k => al k + be k) n.
Proof.
  induction n as [|n IH]; simpl; [apply N_one|].
  eapply Rle_trans; [apply N_mult|]. rewrite Rmult_comm.
  apply Rmult_le_compat; auto. apply N_plus.
Qed.

Lemma zeroth_norm : forall n, N (zeroth n) <= prod al n.
Proof.
  induction n as [|n IH]; simpl; [apply N_one|].
  eapply Rle_trans; [apply N_mult|]. rewrite Rmult_comm. apply Rmult_le_compat; auto. unfold al; lra.
Qed.

Lemma change_step : forall n, plus (first (S n)) (rest (S n))
  = plus (mult (A n) (plus (first n) (rest n))) (mult (B n) (full n)).
Proof.
  intros n. rewrite first_order_expansion. simpl. rewrite !mult_distr_l, <- !plus_assoc. f_equal.
  rewrite !plus_assoc. f_equal. f_equal. apply plus_comm.
Qed.

Lemma change_norm : forall n, N (plus (first n) (rest n)) <= prod (fun k => al k + be k) n - prod al n.
Proof.
  induction n as [|n IH].
  - simpl. rewrite plus_zero_r, N_zero; lra.
  - rewrite change_step. simpl prod. eapply Rle_trans; [apply N_plus|].
    pose proof (N_mult (A n) (plus (first n) (rest n))). pose proof (N_mult (B n) (full n)).
    pose proof (full_norm n). pose proof (N_nonneg (A n)). pose proof (N_nonneg (B n)).
    fold (al n) (be n) in *. nra.
Qed.

(** What the first-order truncation leaves out, in norm. *)
Theorem truncation_bound : forall n,
  N (rest n) <= prod (fun k => al k + be k) n - prod al n - correction al be n.
Proof.
  induction n as [|n IH].
  - simpl. rewrite N_zero; lra.
  - simpl. eapply Rle_trans; [apply N_plus|].
    pose proof (N_mult (A n) (rest n)). pose proof (N_mult (B n) (plus (first n) (rest n))).
    pose proof (change_norm n). pose proof (N_nonneg (A n)). pose proof (N_nonneg (B n)).
    fold (al n) (be n) in *. unfold gamma. nra.
Qed.
End Product.
