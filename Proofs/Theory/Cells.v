(** * GRU and LSTM transport, and gates that realise slow envelopes

    Livi 2025, appendix B, Eq. (43)-(46), (57), (58), and Sec. 5.6. One unit; factors indexed from the earliest step. *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Sums Learnability.Theory.Transport Learnability.Theory.Floors Learnability.Theory.Kappa.
Open Scope R_scope.

(** ** LSTM: the block from the cell of the past to the hidden state of now *)
Section Lstm.
Variables e f c o : nat -> R.
(** e: output factor, f: forget gate, c: cell by hidden, o: the output-gate path of hidden by hidden. *)
Fixpoint zeroth_cc (n : nat) : R := match n with O => 1 | S k => f k * zeroth_cc k end.
Definition zeroth_hc (n : nat) : R := match n with O => 0 | S k => e k * f k * zeroth_cc k end.
Fixpoint first_cc (n : nat) : R := match n with O => 0 | S k => f k * first_cc k + c k * zeroth_hc k end.
Definition first_hc (n : nat) : R :=
  match n with O => 0 | S k => e k * f k * first_cc k + (o k + e k * c k) * zeroth_hc k end.

Lemma zeroth_cc_prod : forall n, zeroth_cc n = prod f n.
Proof. induction n as [|n IH]; simpl; [easy|]. rewrite IH; ring. Qed.

Theorem lstm_block_zeroth_order : forall n, zeroth_hc (S n) = e n * gamma f (S n).
Proof. intros; unfold zeroth_hc, gamma. rewrite zeroth_cc_prod. simpl; ring. Qed.

Theorem lstm_block_first_order_vanishes_at_lag_one : first_hc 1 = 0.
Proof. simpl; ring. Qed.

Lemma first_cc_sum : forall n, (forall j, (j < S n)%nat -> f j <> 0) ->
  first_cc (S n) = prod f (S n) * sum (fun j => c (S j) * e j / f (S j)) n.
Proof.
  induction n as [|n IH]; intros F; [simpl; ring|].
  change (first_cc (S (S n))) with (f (S n) * first_cc (S n) + c (S n) * zeroth_hc (S n)).
  rewrite IH by (intros; apply F; lia). unfold zeroth_hc. rewrite zeroth_cc_prod. simpl prod. simpl sum.
  field. apply F; lia.
Qed.

(** Lag n + 2: the sum over the cell path, plus the output-gate path of the last step. *)
Theorem lstm_block_first_order : forall n, (forall j, (j < S (S n))%nat -> f j <> 0) ->
  first_hc (S (S n)) = e (S n) * gamma f (S (S n)) * sum (fun j => c (S j) * e j / f (S j)) (S n)
                       + o (S n) * e n * gamma f (S n).
Proof.
  intros n F. unfold first_hc. rewrite first_cc_sum by (intros; apply F; lia).
  unfold zeroth_hc, gamma. rewrite zeroth_cc_prod. simpl prod. simpl sum. field. apply F; lia.
Qed.
End Lstm.

(** ** GRU: the published sum contains products that are no transport *)

(** Without recurrent weights, at constant gates z and r: exact transport, and Eq. (57), (58). *)
Definition gru_exact (z : R) (l : nat) : R := gamma (fun _ => 1 - z) l.
Definition gru_published (z r : R) (l : nat) : R :=
  gamma (fun _ => 1 - z) l + gamma (fun _ => r) l + gamma (fun _ => (1 - z) * r) l.

Theorem gru_published_sum_at_zero : forall z r, gru_published z r 0 = 3 /\ gru_exact z 0 = 1.
Proof. intros; unfold gru_published, gru_exact, gamma; simpl; split; lra. Qed.

Theorem gru_published_sum_unbounded : forall s K, 1/2 < s < 1 ->
  exists l, K * gru_exact s l < gru_published s s l.
Proof.
  intros s K H. set (d := s / (1 - s) - 1).
  assert (D : 0 < d).
  { unfold d. assert (1 < s / (1 - s)); [|lra]. apply Rmult_lt_reg_r with (1 - s); [lra|].
    replace (s / (1 - s) * (1 - s)) with s by (field; lra). lra. }
  assert (M : 0 <= Rmax K 0 / d) by (apply Rmult_le_pos; [apply Rmax_r|left; now apply Rinv_0_lt_compat]).
  set (l := S (floor_lag (Rmax K 0 / d))). exists l.
  destruct (floor_lag_spec _ M) as [_ F]. rewrite <- S_INR in F. fold l in F.
  apply (Rmult_lt_compat_r d) in F; auto. replace (Rmax K 0 / d * d) with (Rmax K 0) in F by (field; lra).
  pose proof (poly l d D) as B. pose proof (Rmax_l K 0).
  unfold gru_published, gru_exact, gamma. rewrite !prod_const.
  assert (E : s ^ l = (1 - s) ^ l * (1 + d) ^ l).
  { rewrite <- Rpow_mult_distr. f_equal. unfold d. field; lra. }
  assert (P : 0 < (1 - s) ^ l) by (apply pow_lt; lra).
  assert (Q : 0 < ((1 - s) * s) ^ l) by (apply pow_lt; nra).
  rewrite E. nra.
Qed.

(** ** Gates that vary in time realise slow envelopes exactly, with one unit *)

Theorem polynomial_gates_realise_power_law : forall beta l,
  gamma (fun k => Rpower (INR (S k) / INR (S (S k))) beta) l = Rpower (INR (S l)) (- beta).
Proof.
  intros beta l; induction l as [|l IH].
  - unfold gamma; simpl. unfold Rpower. rewrite ln_1, Rmult_0_r, exp_0; auto.
  - rewrite gamma_S, IH. assert (P : 0 < INR (S l)) by (apply lt_0_INR; lia).
    assert (Q : 0 < INR (S (S l))) by (apply lt_0_INR; lia).
    rewrite Rpower_div, !Rpower_Ropp by auto. pose proof (Rpower_pos (INR (S l)) beta).
    pose proof (Rpower_pos (INR (S (S l))) beta). field; lra.
Qed.

Theorem logarithmic_gates_realise_log_law : forall l,
  gamma (fun k => ln (INR (k + 2)) / ln (INR (k + 3))) l = ln 2 / ln (INR (l + 2)).
Proof.
  assert (P : forall n, (2 <= n)%nat -> 0 < ln (INR n)).
  { intros n H. rewrite <- ln_1. apply ln_increasing; [lra|]. apply le_INR in H. simpl in H. lra. }
  intros l; induction l as [|l IH].
  - unfold gamma; simpl. replace (1 + 1) with 2 by ring. pose proof (P 2%nat). simpl in H. replace (1 + 1) with 2 in H by ring.
    field. assert (0 < ln 2) by (apply H; lia). lra.
  - rewrite gamma_S, IH. replace (S l + 2)%nat with (l + 3)%nat by lia.
    pose proof (P (l + 2)%nat). pose proof (P (l + 3)%nat). field. split; [apply Rgt_not_eq, H0|apply Rgt_not_eq, H]; lia.
Qed.
