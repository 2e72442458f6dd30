(** * Diagonal transport: zeroth and first order, lemma 5.1

    Livi 2025, lemma 5.1, appendices A and B. Along a window that ends at time t the retention factors
    are a 0, a 1, ... (latest first) and the diagonals of the remaining Jacobian are b 0, b 1, ...
    Zeroth order: [gamma a l], the product of l retention factors.
    First order: [Gamma a b l] = gamma plus all terms with one factor replaced by b. *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Sums.
Open Scope R_scope.

Definition gamma (a : nat -> R) (l : nat) : R := prod a l.

(** First-order part by its recursion: either the new factor is replaced, or an earlier one was. *)
Fixpoint correction (a b : nat -> R) (l : nat) : R :=
  match l with
  | O => 0
  | S k => a k * correction a b k + b k * gamma a k
  end.

Definition Gamma (a b : nat -> R) (l : nat) : R := gamma a l + correction a b l.

(** Sum of the ratios of replaced to retained factors. *)
Definition ratio_sum (a b : nat -> R) (l : nat) : R := sum (fun j => b j / a j) l.

Lemma gamma_S : forall a l, gamma a (S l) = a l * gamma a l.
Proof. intros; unfold gamma; simpl; ring. Qed.

Lemma Gamma_S : forall a b l, Gamma a b (S l) = a l * Gamma a b l + b l * gamma a l.
Proof. intros; unfold Gamma; rewrite gamma_S; simpl; ring. Qed.

(** ** Zeroth order: lemma 5.1 holds *)

Theorem zeroth_order_nonincreasing : forall a l,
  (forall j, 0 <= a j <= 1) -> 0 <= gamma a (S l) <= gamma a l.
Proof.
  intros a l H. assert (0 <= gamma a l) by (apply prod_nonneg; intros; apply H).
  rewrite gamma_S. specialize (H l). nra.
Qed.

Theorem zeroth_order_envelope_nonincreasing : forall (a : nat -> nat -> R) (rate : nat -> R) n l,
  (forall q j, 0 <= a q j <= 1) -> (forall q, 0 <= rate q) ->
  sum (fun q => rate q * gamma (a q) (S l)) n <= sum (fun q => rate q * gamma (a q) l) n.
Proof.
  intros a rate n l H R. apply sum_le; intros q _.
  pose proof (zeroth_order_nonincreasing (a q) l (H q)). specialize (R q). nra.
Qed.

(** An LSTM reads the cell through an output factor; averaged over the times that reach back l steps,
    the zeroth-order transport may grow with the lag: here f = 1, and e is small before time 10. *)
Theorem lstm_window_average_may_increase :
  let e := fun t => if le_lt_dec 10 t then 9/10 else 1/100 in
  let average := fun l => sum (fun i => e (l + i)%nat) (11 - l) / INR (11 - l) in
  average 1%nat < average 5%nat /\ average 5%nat < average 10%nat.
Proof. simpl. split; lra. Qed.

(** ** First order: closed form and one-step identity *)

Theorem first_order_closed_form : forall a b l, (forall j, (j < l)%nat -> a j <> 0) ->
  Gamma a b l = gamma a l * (1 + ratio_sum a b l).
Proof.
  intros a b l; induction l as [|l IH]; intros H.
  - unfold Gamma, ratio_sum, gamma; simpl; ring.
  - rewrite Gamma_S, IH, gamma_S by (intros; apply H; lia).
    unfold ratio_sum; simpl. field. apply H; lia.
Qed.

(** The summand that the printed proof of lemma 5.1 forgets is b l. *)
Theorem first_order_step_identity : forall a b l, (forall j, (j < l)%nat -> a j <> 0) ->
  Gamma a b (S l) - Gamma a b l = gamma a l * (b l - (1 - a l) * (1 + ratio_sum a b l)).
Proof.
  intros a b l H. rewrite Gamma_S, first_order_closed_form by auto. ring.
Qed.

(** Exact criterion, for positive retention: no step up iff b is at most its share. *)
Theorem first_order_step_criterion : forall a b l, (forall j, (j < l)%nat -> 0 < a j) ->
  (Gamma a b (S l) <= Gamma a b l <-> b l <= (1 - a l) * (1 + ratio_sum a b l)).
Proof.
  intros a b l H.
  assert (P : 0 < gamma a l) by now apply prod_pos.
  assert (I := first_order_step_identity a b l).
  assert (N : forall j, (j < l)%nat -> a j <> 0) by (intros j Hj; specialize (H j Hj); lra).
  specialize (I N). split; intros; nra.
Qed.

(** The lemma that does hold: with 0 <= b <= 1 - a the first-order transport stays
    non-negative and falls, for gates that vary in time as they like. *)
Theorem amended_lemma_5_1 : forall a b l,
  (forall j, 0 < a j) -> (forall j, 0 <= b j <= 1 - a j) ->
  0 <= Gamma a b (S l) <= Gamma a b l.
Proof.
  intros a b l A B.
  assert (R : 0 <= ratio_sum a b l).
  { apply sum_nonneg; intros j _. unfold Rdiv. apply Rmult_le_pos; [apply B|].
    left; apply Rinv_0_lt_compat; auto. }
  assert (P : 0 < gamma a l) by (apply prod_pos; auto).
  assert (N : forall j, (j < l)%nat -> a j <> 0) by (intros j _; specialize (A j); lra).
  split.
  - rewrite Gamma_S, first_order_closed_form by auto.
    pose proof (A l); pose proof (B l). assert (0 <= gamma a l * (1 + ratio_sum a b l)) by nra. nra.
  - apply first_order_step_criterion; auto. pose proof (A l); pose proof (B l). nra.
Qed.

Theorem amended_envelope_nonincreasing : forall (a b : nat -> nat -> R) (rate : nat -> R) n l,
  (forall q j, 0 < a q j) -> (forall q j, 0 <= b q j <= 1 - a q j) -> (forall q, 0 <= rate q) ->
  sum (fun q => rate q * Rabs (Gamma (a q) (b q) (S l))) n
    <= sum (fun q => rate q * Rabs (Gamma (a q) (b q) l)) n.
Proof.
  intros a b rate n l A B R. apply sum_le; intros q _.
  destruct (amended_lemma_5_1 (a q) (b q) l (A q) (B q)) as [P Q].
  rewrite !Rabs_pos_eq by lra. specialize (R q). nra.
Qed.

(** Signed b: the modulus lies below the transport of |b|, which falls when a + |b| <= 1. *)
Theorem signed_majorant : forall a b l, (forall j, 0 < a j) ->
  Rabs (Gamma a b l) <= Gamma a (fun j => Rabs (b j)) l.
Proof.
  intros a b l A. unfold Gamma. induction l as [|l IH].
  - unfold gamma; simpl. rewrite Rplus_0_r, Rabs_R1; lra.
  - assert (P : 0 < gamma a l) by (apply prod_pos; auto).
    rewrite gamma_S. simpl correction.
    replace (a l * gamma a l + (a l * correction a b l + b l * gamma a l))
      with (a l * (gamma a l + correction a b l) + b l * gamma a l) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult.
    rewrite (Rabs_pos_eq (a l)), (Rabs_pos_eq (gamma a l)) by (try lra; left; auto).
    specialize (A l). nra.
Qed.

Theorem signed_majorant_nonincreasing : forall a b l,
  (forall j, 0 < a j) -> (forall j, a j + Rabs (b j) <= 1) ->
  Gamma a (fun j => Rabs (b j)) (S l) <= Gamma a (fun j => Rabs (b j)) l.
Proof.
  intros a b l A B. apply amended_lemma_5_1; auto.
  intros j; specialize (B j); pose proof (Rabs_pos (b j)); lra.
Qed.

(** Unconditional bound: zeroth order times one plus l times the largest ratio. *)
Theorem first_order_upper_bound : forall a b l rho, (forall j, 0 < a j) ->
  (forall j, Rabs (b j / a j) <= rho) -> Rabs (Gamma a b l) <= gamma a l * (1 + INR l * rho).
Proof.
  intros a b l rho A B.
  assert (P : 0 < gamma a l) by (apply prod_pos; auto).
  rewrite first_order_closed_form by (intros j _; specialize (A j); lra).
  rewrite Rabs_mult, Rabs_pos_eq by lra. apply Rmult_le_compat_l; [lra|].
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_R1. apply Rplus_le_compat_l.
  eapply Rle_trans; [apply sum_abs_le|]. rewrite <- sum_const. apply sum_le; auto.
Qed.

(** Adaptive rates between lo and hi: later lags can exceed earlier ones by at most hi/lo ... *)
Theorem adaptive_envelope_growth_bound : forall (f r : nat -> R) lo hi i j,
  0 < lo -> (forall l, lo <= r l <= hi) -> (forall l, 0 <= f l) -> f j <= f i ->
  r j * f j <= hi / lo * (r i * f i).
Proof.
  intros f r lo hi i j L R F M. pose proof (R i); pose proof (R j); pose proof (F i); pose proof (F j).
  apply Rle_trans with (hi * f i); [apply Rmult_le_compat; lra|].
  replace (hi / lo * (r i * f i)) with (hi * f i * (r i / lo)) by (field; lra).
  assert (1 <= r i / lo).
  { apply Rmult_le_reg_r with lo; auto. replace (r i / lo * lo) with (r i) by (field; lra). lra. }
  assert (0 <= hi * f i) by nra. nra.
Qed.

(** ... and that factor is attained, so an adaptive envelope need not be monotone. *)
Theorem adaptive_envelope_growth_sharp : forall lo hi, 0 < lo -> lo < hi ->
  exists f r : nat -> R, (forall l, lo <= r l <= hi) /\ (forall l, f l = 1) /\
    r 2%nat * f 2%nat = hi / lo * (r 1%nat * f 1%nat) /\ r 1%nat * f 1%nat < r 2%nat * f 2%nat.
Proof.
  intros lo hi L H. exists (fun _ => 1), (fun l => if le_lt_dec l 1 then lo else hi).
  simpl. repeat split; try (intros; destruct (le_lt_dec l 1); lra); try lra. field; lra.
Qed.
