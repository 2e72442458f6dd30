(** * Largest lag below a real bound

    A law of the window is a statement "lag l is admissible iff l <= x" with x real;
    the window is then the integer part of x, and zero when x is below one. *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Window.
Open Scope R_scope.

(** Integer part of x as a lag: zero for x below one. *)
Definition floor_lag (x : R) : nat := Z.to_nat (Int_part x).

Lemma floor_lag_spec : forall x, 0 <= x -> INR (floor_lag x) <= x < INR (floor_lag x) + 1.
Proof.
  intros x Hx. destruct (base_Int_part x) as [A B].
  assert (0 <= Int_part x)%Z.
  { apply Z.lt_succ_r. apply lt_IZR. rewrite succ_IZR. lra. }
  unfold floor_lag. rewrite INR_IZR_INZ, Z2Nat.id; auto. lra.
Qed.

Lemma floor_lag_neg : forall x, x < 0 -> floor_lag x = 0%nat.
Proof.
  intros x Hx. destruct (base_Int_part x) as [A B].
  assert (Int_part x < 0)%Z by (apply lt_IZR; lra).
  unfold floor_lag. destruct (Int_part x); try reflexivity; lia.
Qed.

Lemma INR_le_floor : forall l x, (1 <= l)%nat -> (INR l <= x <-> (l <= floor_lag x)%nat).
Proof.
  intros l x Hl. assert (1 <= INR l) by (replace 1 with (INR 1) by reflexivity; apply le_INR; auto).
  split; intros H0.
  - destruct (floor_lag_spec x) as [A B]; [lra|].
    assert (INR l < INR (floor_lag x) + 1) by lra. rewrite <- S_INR in H1.
    apply INR_lt in H1. lia.
  - destruct (Rlt_or_le x 0) as [N|P].
    + rewrite floor_lag_neg in H0; auto; lia.
    + apply le_INR in H0. destruct (floor_lag_spec x P). lra.
Qed.

Theorem window_is_floor : forall (P : nat -> Prop) x,
  (forall l, (1 <= l)%nat -> (P l <-> INR l <= x)) -> last_lag P (floor_lag x).
Proof.
  intros P x E. split.
  - destruct (Nat.eq_dec (floor_lag x) 0) as [Z|NZ]; auto. right.
    assert (1 <= floor_lag x)%nat by lia. split; auto.
    apply E; auto. apply INR_le_floor; auto.
  - intros l L T. apply INR_le_floor; auto. apply E; auto.
Qed.
