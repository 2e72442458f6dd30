(** * Diagonal transport of the five cells, as instances of one statement

    Livi 2025, appendix B, Eq. (44)-(46), (55)-(58), (60), (62), (64). The dense first-order expansion of the cell's own
    Jacobians is taken along its trajectory; its diagonal is the scalar first-order transport [Gamma] of Transport.v. *)
Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Require Import Learnability.Theory.Sums Learnability.Theory.Transport Learnability.Theory.Expansion.
Require Import Learnability.Theory.Matrices Learnability.Theory.Jacobians Learnability.Theory.Cells.
Open Scope R_scope.

(** ** The general statement: a diagonal retention path *)

Definition diagonal (n : nat) (a : nat -> R) : square n := of_entries n (fun i k => unit_row i k * a i).

Lemma sum_unit_row_scaled : forall q c v n, (q < n)%nat -> sum (fun k => unit_row q k * c * v k) n = c * v q.
Proof.
  intros q c v n Hq. rewrite <- (sum_unit_row q v n Hq), <- sum_scal. apply sum_ext; intros; ring.
Qed.

Lemma unit_row_one : forall n i j, (i < n)%nat -> (j < n)%nat -> entry (one : square n) i j = unit_row i j.
Proof. intros; now rewrite entry_one. Qed.

Lemma diagonal_zeroth : forall n (a : nat -> nat -> R) l i j, (i < n)%nat -> (j < n)%nat ->
  entry (zeroth (fun t => diagonal n (a t)) l) i j = unit_row i j * gamma (fun t => a t i) l.
Proof.
  intros n a l i j Hi Hj; induction l as [|l IH]; simpl zeroth.
  - rewrite unit_row_one by auto. unfold gamma; simpl; ring.
  - rewrite entry_mult, gamma_S by auto. rewrite (sum_ext _ (fun k => unit_row i k * a l i * entry (zeroth (fun t => diagonal n (a t)) l) k j)).
    + rewrite (sum_unit_row_scaled i (a l i) (fun k => entry (zeroth (fun t => diagonal n (a t)) l) k j) n Hi), IH. ring.
    + intros k Hk. unfold diagonal at 1. now rewrite entry_of.
Qed.

Theorem diagonal_transport : forall n (a : nat -> nat -> R) (B : nat -> square n) l q, (q < n)%nat ->
  entry (plus (zeroth (fun t => diagonal n (a t)) l) (first (fun t => diagonal n (a t)) B l)) q q
  = Gamma (fun t => a t q) (fun t => entry (B t) q q) l.
Proof.
  intros n a B l q Hq. rewrite entry_plus, diagonal_zeroth by auto. unfold Gamma. f_equal.
  - unfold unit_row. destruct (Nat.eq_dec q q); [ring|easy].
  - induction l as [|l IH]; [simpl; now rewrite entry_zero|]. simpl first. simpl correction.
    rewrite entry_plus, !entry_mult by auto. f_equal.
    + rewrite <- IH. rewrite <- (sum_unit_row_scaled q (a l q) (fun k => entry (first (fun t => diagonal n (a t)) B l) k q) n Hq).
      apply sum_ext; intros k Hk. unfold diagonal at 1. now rewrite entry_of.
    + rewrite (sum_single _ n q Hq).
      * rewrite diagonal_zeroth by auto. unfold unit_row. destruct (Nat.eq_dec q q); [ring|easy].
      * intros k Hk E. rewrite diagonal_zeroth by auto. unfold unit_row. destruct (Nat.eq_dec k q); [easy|ring].
Qed.

(** ** Cells with a diagonal retention path *)

(** First-order transport of a trajectory whose steps have leaks and rests: dense, and exact. *)
Definition dense_first_order (n : nat) (a : nat -> nat -> R) (rest : nat -> table) (l : nat) : square n :=
  plus (zeroth (fun t => diagonal n (a t)) l) (first (fun t => diagonal n (a t)) (fun t => of_entries n (rest t)) l).

Lemma leaky_split : forall n f leak rest (h : state) l,
  full (fun t => diagonal n (leak t (run f h t))) (fun t => of_entries n (rest t (run f h t))) l
  = exact_transport n f (fun t h q k => unit_row q k * leak t h q + rest t h q k) h l.
Proof.
  intros n f leak rest h l. apply split_transport_is_exact. intros k. apply square_ext; intros i j Hi Hj.
  rewrite entry_plus by auto. unfold diagonal, along. now rewrite !entry_of.
Qed.

Lemma leaky_transport : forall n (a : nat -> nat -> R) rest l q, (q < n)%nat ->
  entry (dense_first_order n a rest l) q q = Gamma (fun t => a t q) (fun t => rest t q q) l.
Proof.
  intros n a rest l q Hq. unfold dense_first_order. rewrite diagonal_transport by auto. unfold Gamma. f_equal.
  induction l as [|l IH]; simpl; [easy|]. rewrite IH. now rewrite entry_of.
Qed.

Section Baselines.
Variable n : nat.
Variables (xc : nat -> nat -> R) (U : table) (h : state) (l q : nat).
Hypothesis in_range : (q < n)%nat.

(** DiagGate: gammas 1 - s, gate terms (c - h) s (1 - s) U_s,qq + s (1 - c^2) U_qq. *)
Theorem diag_gate_transport : forall (xs : nat -> nat -> R) (Us : table),
  let f := fun t => diag_step n (xc t) U (xs t) Us in
  let s := fun t => diag_gate n (xs t) Us (run f h t) q in
  let c := fun t => candidate n (xc t) U (run f h t) q in
  entry (dense_first_order n (fun t i => 1 - diag_gate n (xs t) Us (run f h t) i) (fun t => diag_rest n (xc t) U (xs t) Us (run f h t)) l) q q
  = Gamma (fun t => 1 - s t)
      (fun t => (c t - run f h t q) * (s t * (1 - s t)) * Us q q + s t * (1 - c t ^ 2) * U q q) l.
Proof. intros. now rewrite leaky_transport. Qed.

(** SharedGate: one gate for all units. *)
Theorem shared_gate_transport : forall (x : nat -> R) (us : nat -> R),
  let f := fun t => shared_step n (xc t) U (x t) us in
  let s := fun t => shared_gate n (x t) us (run f h t) in
  let c := fun t => candidate n (xc t) U (run f h t) q in
  entry (dense_first_order n (fun t _ => 1 - shared_gate n (x t) us (run f h t)) (fun t => shared_rest n (xc t) U (x t) us (run f h t)) l) q q
  = Gamma (fun t => 1 - s t)
      (fun t => s t * (1 - c t ^ 2) * U q q + s t * (1 - s t) * (c t - run f h t q) * us q) l.
Proof. intros. now rewrite leaky_transport. Qed.

(** ConstGate, Eq. (64): (1 - s)^l times one plus s/(1 - s) U_qq times the sum of the slopes. *)
Theorem const_gate_transport : forall s, s <> 1 ->
  let f := fun t => const_step n (xc t) U s in
  let c := fun t => candidate n (xc t) U (run f h t) q in
  entry (dense_first_order n (fun _ _ => 1 - s) (fun t => const_rest n (xc t) U s (run f h t)) l) q q
  = (1 - s) ^ l * (1 + s / (1 - s) * U q q * sum (fun t => 1 - c t ^ 2) l).
Proof.
  intros s Hs f c. rewrite leaky_transport by auto. rewrite first_order_closed_form by (intros; lra).
  unfold gamma, ratio_sum. rewrite prod_const. do 2 f_equal. rewrite <- sum_scal. apply sum_ext; intros t Ht.
  unfold const_rest. fold (c t). field; lra.
Qed.
End Baselines.

(** GRU: gammas 1 - z; the gate term sums over all units that the reset gate reaches. *)
Theorem gru_transport : forall n (xz xr xg : nat -> nat -> R) (Uz Ur Uh : table) h l q, (q < n)%nat ->
  let f := fun t => gru_step n (xz t) (xr t) (xg t) Uz Ur Uh in
  let z := fun t => update n (xz t) Uz (run f h t) q in
  let r := fun t => reset n (xr t) Ur (run f h t) in
  let g := fun t => proposal n (xr t) (xg t) Ur Uh (run f h t) q in
  entry (dense_first_order n (fun t i => 1 - update n (xz t) Uz (run f h t) i)
           (fun t => gru_rest n (xz t) (xr t) (xg t) Uz Ur Uh (run f h t)) l) q q
  = Gamma (fun t => 1 - z t)
      (fun t => (g t - run f h t q) * (z t * (1 - z t)) * Uz q q
        + z t * (1 - g t ^ 2) * (Uh q q * r t q + sum (fun k => Uh q k * (run f h t k * (r t k * (1 - r t k)) * Ur k q)) n)) l.
Proof. intros. now rewrite leaky_transport. Qed.

(** Each of these expansions is that of the exact transport: the factors multiply to the derivative of the state. *)
Theorem leaky_transport_is_exact : forall n (f : nat -> state -> state) (leak : nat -> state -> nat -> R) (rest : nat -> state -> table),
  (forall t, differential n n (f t) (fun h q k => unit_row q k * leak t h q + rest t h q k)) ->
  forall l, differential n n (fun h => run f h l)
    (fun h => entry (full (fun t => diagonal n (leak t (run f h t))) (fun t => of_entries n (rest t (run f h t))) l)).
Proof.
  intros n f leak rest H l. eapply differential_ext; [apply (transport_is_derivative_of_state n f _ H)|].
  intros h q k Hq Hk. now rewrite (leaky_split n f leak rest h l).
Qed.

(** ** LSTM: the block from the cell of the past to the hidden state of now *)
Section Lstm.
Variable n : nat.
Variables (xf xi xo xg : nat -> nat -> R) (Uf Ui Uo Ug : table) (h : state) (q : nat).
Hypothesis in_range : (q < n)%nat.

Let f := fun t => lstm_step n (xf t) (xi t) (xo t) (xg t) Uf Ui Uo Ug.
Let e_ := fun t => exposure n (xf t) (xi t) (xo t) (xg t) Uf Ui Uo Ug (run f h t) q.
Let f_ := fun t => forget n (xf t) Uf (run f h t) q.
Let c_ := fun t => cell_by_hidden n (xf t) (xi t) (xg t) Uf Ui Ug (run f h t) q q.
Let o_ := fun t => output_path n (xf t) (xi t) (xo t) (xg t) Uf Ui Uo Ug (run f h t) q q.

Definition lstm_zeroth (t : nat) : square (n + n) :=
  of_entries (n + n) (lstm_retention n (xf t) (xi t) (xo t) (xg t) Uf Ui Uo Ug (run f h t)).
Definition lstm_first (t : nat) : square (n + n) :=
  of_entries (n + n) (lstm_rest n (xf t) (xi t) (xo t) (xg t) Uf Ui Uo Ug (run f h t)).

Lemma retention_row : forall t (M : square (n + n)) i j, (i < n)%nat -> (j < n + n)%nat ->
  entry (mult (lstm_zeroth t) M) i j
  = exposure n (xf t) (xi t) (xo t) (xg t) Uf Ui Uo Ug (run f h t) i * forget n (xf t) Uf (run f h t) i * entry M (n + i) j
  /\ entry (mult (lstm_zeroth t) M) (n + i) j = forget n (xf t) Uf (run f h t) i * entry M (n + i) j.
Proof.
  intros t M i j Hi Hj. rewrite !entry_mult by lia. split.
  - rewrite <- (sum_unit_row_scaled (n + i) _ (fun k => entry M k j) (n + n)) by lia.
    apply sum_ext; intros k Hk. unfold lstm_zeroth. rewrite entry_of by lia. unfold lstm_retention.
    destruct (lt_dec i n); [easy|lia].
  - rewrite <- (sum_unit_row_scaled (n + i) _ (fun k => entry M k j) (n + n)) by lia.
    apply sum_ext; intros k Hk. unfold lstm_zeroth. rewrite entry_of by lia. unfold lstm_retention.
    destruct (lt_dec (n + i) n); [lia|]. now replace (n + i - n)%nat with i by lia.
Qed.

Lemma lstm_zeroth_column : forall l i, (i < n)%nat ->
  entry (zeroth lstm_zeroth l) i (n + q) = unit_row i q * zeroth_hc e_ f_ l /\
  entry (zeroth lstm_zeroth l) (n + i) (n + q) = unit_row i q * zeroth_cc f_ l.
Proof.
  induction l as [|l IH]; intros i Hi.
  - simpl. rewrite !unit_row_one by lia. unfold unit_row.
    destruct (Nat.eq_dec i (n + q)), (Nat.eq_dec (n + i) (n + q)), (Nat.eq_dec i q); try lia; split; ring.
  - simpl zeroth. destruct (retention_row l (zeroth lstm_zeroth l) i (n + q) Hi) as [R1 R2]; [lia|].
    rewrite R1, R2, (proj2 (IH i Hi)). unfold unit_row. destruct (Nat.eq_dec i q) as [->|]; simpl; split; try ring.
    + fold (e_ l) (f_ l). ring.
    + fold (f_ l). ring.
Qed.

Lemma rest_row : forall t (M : square (n + n)) w, (forall i, (i < n)%nat -> entry M i (n + q) = unit_row i q * w) ->
  entry (mult (lstm_first t) M) q (n + q) = (o_ t + e_ t * c_ t) * w /\
  entry (mult (lstm_first t) M) (n + q) (n + q) = c_ t * w.
Proof.
  intros t M w H.
  assert (G : forall i, (i < n + n)%nat -> entry (mult (lstm_first t) M) i (n + q)
    = lstm_rest n (xf t) (xi t) (xo t) (xg t) Uf Ui Uo Ug (run f h t) i q * w).
  { intros i Hi. rewrite entry_mult by lia. rewrite (sum_single _ (n + n) q).
    - unfold lstm_first. rewrite entry_of, H by lia. unfold unit_row. destruct (Nat.eq_dec q q); [ring|easy].
    - clear - in_range. lia.
    - intros k Hk E. unfold lstm_first. rewrite entry_of by lia. destruct (lt_dec k n) as [L|L].
      + rewrite H by auto. unfold unit_row. destruct (Nat.eq_dec k q); [easy|ring].
      + unfold lstm_rest. destruct (lt_dec k n); [easy|ring]. }
  rewrite !G by lia. unfold lstm_rest. destruct (lt_dec q n), (lt_dec (n + q) n); try lia.
  replace (n + q - n)%nat with q by lia. split; reflexivity.
Qed.

Lemma lstm_first_column : forall l,
  entry (first lstm_zeroth lstm_first l) q (n + q) = first_hc e_ f_ c_ o_ l /\
  entry (first lstm_zeroth lstm_first l) (n + q) (n + q) = first_cc e_ f_ c_ l.
Proof.
  induction l as [|l [_ IH]]; [simpl; split; apply entry_zero; lia|]. simpl first. rewrite !entry_plus by lia.
  destruct (retention_row l (first lstm_zeroth lstm_first l) q (n + q) in_range) as [R1 R2]; [lia|].
  destruct (rest_row l (zeroth lstm_zeroth l) (zeroth_hc e_ f_ l)) as [S1 S2]; [intros; now apply lstm_zeroth_column|].
  rewrite R1, R2, S1, S2, IH. split; reflexivity.
Qed.

(** Eq. (45), (46), amended: at lag one the output factor times the forget gate, with no first-order term; from lag two on
    the sum over the cell path starts one step after the oldest, and the output gate adds a term of its own. *)
Theorem lstm_transport : forall l,
  entry (plus (zeroth lstm_zeroth (S l)) (first lstm_zeroth lstm_first (S l))) q (n + q)
  = e_ l * gamma f_ (S l) + match l with
    | O => 0
    | S m => e_ l * gamma f_ (S l) * sum (fun j => c_ (S j) * e_ j / f_ (S j)) l + o_ l * e_ m * gamma f_ l
    end.
Proof.
  intros l. rewrite entry_plus by lia. rewrite (proj1 (lstm_zeroth_column (S l) q in_range)), (proj1 (lstm_first_column (S l))).
  rewrite lstm_block_zeroth_order. unfold unit_row at 1. destruct (Nat.eq_dec q q); [|easy]. rewrite Rmult_1_l. f_equal.
  destruct l as [|m]; [apply lstm_block_first_order_vanishes_at_lag_one|]. apply lstm_block_first_order.
  intros j _. unfold f_, forget, logistic. pose proof (exp_pos (- affine n (xf j) Uf (run f h j) q)).
  apply Rinv_neq_0_compat. lra.
Qed.

(** The factors are those of the exact transport of the trajectory. *)
Theorem lstm_transport_is_exact : forall l,
  full lstm_zeroth lstm_first l
  = exact_transport (n + n) f (fun t s i k => lstm_retention n (xf t) (xi t) (xo t) (xg t) Uf Ui Uo Ug s i k
                                              + lstm_rest n (xf t) (xi t) (xo t) (xg t) Uf Ui Uo Ug s i k) h l.
Proof.
  intros l. apply split_transport_is_exact. intros k. apply square_ext; intros i j Hi Hj.
  rewrite entry_plus by auto. unfold lstm_zeroth, lstm_first, along. now rewrite !entry_of.
Qed.
End Lstm.
