(** * Jacobians of the gated cells, as derivatives along every curve of states

    Livi 2025, appendix B: DiagGate (59), (60), SharedGate (61), (62), ConstGate (63), (64), GRU (47)-(54), LSTM (36)-(43).
    A cell with n units reads its input through the constant part of every pre-activation. Logistic gates have slope
    x (1 - x), tanh candidates 1 - x^2. The LSTM's state lists the hidden states first, then the cells. *)
Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Require Import Learnability.Theory.Sums Learnability.Theory.Expansion Learnability.Theory.Matrices.
Open Scope R_scope.

Definition state := nat -> R.
Definition table := nat -> nat -> R.

(** [J h] is the Jacobian at h of [f], from m to n entries: chain rule along every differentiable curve. *)
Definition differential (m n : nat) (f : state -> state) (J : state -> table) : Prop :=
  forall (c : R -> state) (e : R) (v : state), (forall i, (i < m)%nat -> is_derive (fun u => c u i) e (v i)) ->
  forall q, (q < n)%nat -> is_derive (fun u => f (c u) q) e (sum (fun k => J (c e) q k * v k) m).

(** ** Transport is the product of Jacobians *)

Fixpoint run (f : nat -> state -> state) (h : state) (l : nat) : state :=
  match l with O => h | S k => f k (run f h k) end.

(** The Jacobians met on the way, as matrices. *)
Definition along (n : nat) (f : nat -> state -> state) (J : nat -> state -> table) (h : state) (k : nat) : square n :=
  of_entries n (J k (run f h k)).

Fixpoint exact_transport (n : nat) (f : nat -> state -> state) (J : nat -> state -> table) (h : state) (l : nat) : square n :=
  match l with O => one | S k => mult (along n f J h k) (exact_transport n f J h k) end.

(** Eq. (4), (10): the derivative of the state by the state l steps before is the product of the Jacobians, latest leftmost. *)
Theorem transport_is_derivative_of_state : forall n f J, (forall k, differential n n (f k) (J k)) ->
  forall l, differential n n (fun h => run f h l) (fun h => entry (exact_transport n f J h l)).
Proof.
  intros n f J HJ l c e v Hv; induction l as [|l IH]; intros q Hq; simpl run.
  - evar_last; [apply Hv; auto|]. rewrite (sum_single _ n q Hq); simpl exact_transport.
    + rewrite entry_one by auto. destruct (Nat.eq_dec q q); [ring|easy].
    + intros i Hi E. rewrite entry_one by auto. destruct (Nat.eq_dec q i); [congruence|ring].
  - evar_last; [apply (HJ l _ e _ IH q Hq)|]. simpl exact_transport.
    rewrite (sum_ext (fun k => entry (mult _ _) q k * v k)
      (fun k => sum (fun i => J l (run f (c e) l) q i * (entry (exact_transport n f J (c e) l) i k * v k)) n)).
    + rewrite sum_swap. apply sum_ext; intros i Hi. now rewrite sum_scal.
    + intros k Hk. rewrite entry_mult, <- sum_scal_r by auto. apply sum_ext; intros i Hi.
      unfold along. rewrite entry_of by auto. ring.
Qed.

(** Any split of the Jacobians into a retention path and the rest multiplies to the same transport. *)
Theorem split_transport_is_exact : forall n f J h (A B : nat -> square n), (forall k, plus (A k) (B k) = along n f J h k) ->
  forall l, full A B l = exact_transport n f J h l.
Proof. intros n f J h A B H l; induction l as [|l IH]; simpl; [easy|]. now rewrite IH, H. Qed.

(** ** Building blocks *)

Definition logistic (z : R) : R := / (1 + exp (- z)).

Lemma logistic_derive : forall z, is_derive logistic z (logistic z * (1 - logistic z)).
Proof.
  intros z. pose proof (exp_pos (- z)). unfold logistic. auto_derive; [lra|]. field; lra.
Qed.

Lemma tanh_by_exp : forall x, (exp x - exp (- x)) / (exp x + exp (- x)) = tanh x.
Proof. intros x. unfold tanh, sinh, cosh. pose proof (exp_pos x). pose proof (exp_pos (- x)). field. lra. Qed.

Lemma tanh_derive : forall z, is_derive tanh z (1 - tanh z ^ 2).
Proof.
  intros z. apply (is_derive_ext _ _ _ _ tanh_by_exp).
  pose proof (exp_pos z). pose proof (exp_pos (- z)). auto_derive; [lra|].
  unfold tanh, sinh, cosh. field. lra.
Qed.

Lemma differential_ext : forall m n f J J', differential m n f J ->
  (forall h q k, (q < n)%nat -> (k < m)%nat -> J h q k = J' h q k) -> differential m n f J'.
Proof.
  intros m n f J J' H E c e v Hv q Hq. rewrite (sum_ext _ (fun k => J (c e) q k * v k)); [apply (H c e v Hv q Hq)|].
  intros k Hk. now rewrite E.
Qed.

(** One entry of the state, and the pre-activation of unit q with input part x and recurrent weights U. *)
Definition unit_row (q k : nat) : R := if Nat.eq_dec q k then 1 else 0.
Definition affine (n : nat) (x : nat -> R) (U : table) (h : state) (q : nat) : R := x q + sum (fun k => U q k * h k) n.

Lemma sum_unit_row : forall q v n, (q < n)%nat -> sum (fun k => unit_row q k * v k) n = v q.
Proof.
  intros q v n Hq. unfold unit_row. rewrite (sum_single _ n q Hq).
  - destruct (Nat.eq_dec q q); [ring|easy].
  - intros i Hi E. destruct (Nat.eq_dec q i); [congruence|ring].
Qed.

Lemma entry_differential : forall m n start, (start + n <= m)%nat ->
  differential m n (fun h q => h (start + q)%nat) (fun _ q k => unit_row (start + q) k).
Proof. intros m n start L c e v Hv q Hq. rewrite sum_unit_row by lia. apply Hv; lia. Qed.

Lemma affine_differential : forall m n x U, (n <= m)%nat ->
  differential m n (affine n x U) (fun _ q k => if lt_dec k n then U q k else 0).
Proof.
  intros m n x U L c e v Hv q Hq. unfold affine.
  replace (sum (fun k => (if lt_dec k n then U q k else 0) * v k) m) with (0 + sum (fun k => U q k * v k) n).
  - apply (is_derive_plus (fun _ => x q) (fun u => sum (fun k => U q k * c u k) n)); [apply (is_derive_const (x q) e)|].
    apply (derive_sum (fun u k => U q k * c u k)). intros k Hk. apply (is_derive_scal (fun u => c u k)). apply Hv; lia.
  - rewrite Rplus_0_l. induction L as [|m L IH].
    + apply sum_ext; intros k Hk. destruct (lt_dec k n); [easy|lia].
    + simpl sum. rewrite <- IH by auto. destruct (lt_dec m n); [lia|ring].
Qed.

Lemma pointwise_differential : forall m n g dg f J, (forall z, is_derive g z (dg z)) -> differential m n f J ->
  differential m n (fun h q => g (f h q)) (fun h q k => dg (f h q) * J h q k).
Proof.
  intros m n g dg f J G H c e v Hv q Hq.
  rewrite (sum_ext _ (fun k => dg (f (c e) q) * (J (c e) q k * v k))) by (intros; ring). rewrite sum_scal.
  evar_last; [apply (is_derive_comp g (fun u => f (c u) q)); [apply G|apply (H c e v Hv q Hq)]|].
  unfold scal; simpl. unfold mult; simpl. ring.
Qed.

Lemma product_differential : forall m n f F g G, differential m n f F -> differential m n g G ->
  differential m n (fun h q => f h q * g h q) (fun h q k => f h q * G h q k + g h q * F h q k).
Proof.
  intros m n f F g G HF HG c e v Hv q Hq.
  rewrite (sum_ext _ (fun k => f (c e) q * (G (c e) q k * v k) + g (c e) q * (F (c e) q k * v k))) by (intros; ring).
  rewrite sum_plus, !sum_scal.
  evar_last; [apply (is_derive_mult (fun u => f (c u) q) (fun u => g (c u) q)); [apply (HF c e v Hv q Hq)|apply (HG c e v Hv q Hq)|intros; apply Rmult_comm]|].
  unfold plus, mult; simpl. ring.
Qed.

Lemma sum_differential : forall m n f F g G, differential m n f F -> differential m n g G ->
  differential m n (fun h q => f h q + g h q) (fun h q k => F h q k + G h q k).
Proof.
  intros m n f F g G HF HG c e v Hv q Hq.
  rewrite (sum_ext _ (fun k => F (c e) q k * v k + G (c e) q k * v k)) by (intros; ring). rewrite sum_plus.
  apply (is_derive_plus (fun u => f (c u) q) (fun u => g (c u) q)); [apply (HF c e v Hv q Hq)|apply (HG c e v Hv q Hq)].
Qed.

Lemma complement_differential : forall m n f F, differential m n f F ->
  differential m n (fun h q => 1 - f h q) (fun h q k => - F h q k).
Proof.
  intros m n f F HF c e v Hv q Hq. rewrite (sum_ext _ (fun k => - 1 * (F (c e) q k * v k))) by (intros; ring). rewrite sum_scal.
  evar_last; [apply (is_derive_minus (fun _ => 1) (fun u => f (c u) q)); [apply (is_derive_const 1 e)|apply (HF c e v Hv q Hq)]|].
  unfold minus, plus, opp, zero; simpl. ring.
Qed.

Lemma composition_differential : forall m n p f F g G, differential m n f F -> differential n p g G ->
  differential m p (fun h => g (f h)) (fun h q k => sum (fun i => G (f h) q i * F h i k) n).
Proof.
  intros m n p f F g G HF HG c e v Hv q Hq.
  evar_last; [apply (HG (fun u => f (c u)) e (fun i => sum (fun k => F (c e) i k * v k) m)); [intros i Hi; apply (HF c e v Hv i Hi)|auto]|].
  simpl. rewrite (sum_ext (fun k => sum _ n * v k) (fun k => sum (fun i => G (f (c e)) q i * (F (c e) i k * v k)) n)).
  - rewrite sum_swap. apply sum_ext; intros i Hi. now rewrite sum_scal.
  - intros k Hk. rewrite <- sum_scal_r. apply sum_ext; intros; ring.
Qed.

(** Leaky update h <- (1 - s) h + s c for any gate s and candidate c. *)
Lemma leaky_differential : forall n s S c C, differential n n s S -> differential n n c C ->
  differential n n (fun h q => (1 - s h q) * h q + s h q * c h q)
    (fun h q k => unit_row q k * (1 - s h q) + ((c h q - h q) * S h q k + s h q * C h q k)).
Proof.
  intros n s S c C HS HC. eapply differential_ext.
  - apply sum_differential; apply product_differential; [apply complement_differential, HS|apply (entry_differential n n 0); lia|apply HS|apply HC].
  - intros h q k Hq Hk. simpl. ring.
Qed.

(** ** The three baseline cells *)
Section Baselines.
Variable n : nat.
Variables (xc : nat -> R) (U : table).

Definition candidate (h : state) (q : nat) : R := tanh (affine n xc U h q).
Definition candidate_path (h : state) (q k : nat) : R := (1 - candidate h q ^ 2) * U q k.

Lemma candidate_differential : differential n n candidate candidate_path.
Proof.
  eapply differential_ext; [apply (pointwise_differential n n tanh _ _ _ tanh_derive (affine_differential n n xc U (le_n n)))|].
  intros h q k Hq Hk. simpl. destruct (lt_dec k n); [easy|lia].
Qed.

Lemma gate_differential : forall m x W, (n <= m)%nat ->
  differential m n (fun h q => logistic (affine n x W h q))
    (fun h q k => if lt_dec k n then logistic (affine n x W h q) * (1 - logistic (affine n x W h q)) * W q k else 0).
Proof.
  intros m x W L. eapply differential_ext; [apply (pointwise_differential m n logistic _ _ _ logistic_derive (affine_differential m n x W L))|].
  intros h q k Hq Hk. simpl. destruct (lt_dec k n); ring.
Qed.

(** DiagGate: a gate of its own for every unit. *)
Variables (xs : nat -> R) (Us : table).
Definition diag_gate (h : state) (q : nat) : R := logistic (affine n xs Us h q).
Definition diag_step (h : state) (q : nat) : R := (1 - diag_gate h q) * h q + diag_gate h q * candidate h q.
Definition diag_rest (h : state) (q k : nat) : R :=
  (candidate h q - h q) * (diag_gate h q * (1 - diag_gate h q)) * Us q k + diag_gate h q * (1 - candidate h q ^ 2) * U q k.

(** Eq. (60). *)
Theorem diag_gate_jacobian : differential n n diag_step (fun h q k => unit_row q k * (1 - diag_gate h q) + diag_rest h q k).
Proof.
  eapply differential_ext; [apply (leaky_differential n diag_gate _ candidate _ (gate_differential n xs Us (le_n n)) candidate_differential)|].
  intros h q k Hq Hk. simpl. destruct (lt_dec k n); [|lia]. unfold diag_rest, diag_gate, candidate_path. ring.
Qed.
End Baselines.

(** SharedGate: one gate, with one row of weights, for all units; ConstGate: a gate that reads nothing. *)
Section SharedAndConst.
Variable n : nat.
Variables (xc : nat -> R) (U : table) (x : R) (us : nat -> R) (s : R).

Definition shared_gate (h : state) : R := logistic (x + sum (fun k => us k * h k) n).
Definition shared_step (h : state) (q : nat) : R := (1 - shared_gate h) * h q + shared_gate h * candidate n xc U h q.
Definition shared_rest (h : state) (q k : nat) : R :=
  shared_gate h * (1 - candidate n xc U h q ^ 2) * U q k
  + shared_gate h * (1 - shared_gate h) * (candidate n xc U h q - h q) * us k.

(** Eq. (62). *)
Theorem shared_gate_jacobian : differential n n shared_step (fun h q k => unit_row q k * (1 - shared_gate h) + shared_rest h q k).
Proof.
  eapply differential_ext; [apply (diag_gate_jacobian n xc U (fun _ => x) (fun _ => us))|].
  intros h q k Hq Hk. unfold diag_rest, diag_gate, shared_rest, shared_gate, affine. ring.
Qed.

Definition const_step (h : state) (q : nat) : R := (1 - s) * h q + s * candidate n xc U h q.
Definition const_rest (h : state) (q k : nat) : R := s * (1 - candidate n xc U h q ^ 2) * U q k.

(** Eq. (64). *)
Theorem const_gate_jacobian : differential n n const_step (fun h q k => unit_row q k * (1 - s) + const_rest h q k).
Proof.
  eapply differential_ext.
  - apply (leaky_differential n (fun _ _ => s) (fun _ _ _ => 0) (candidate n xc U) (candidate_path n xc U)).
    + intros c e v Hv q Hq. rewrite sum_zero by (intros; ring). apply (is_derive_const s e).
    + apply candidate_differential.
  - intros h q k Hq Hk. unfold const_rest, candidate_path. ring.
Qed.
End SharedAndConst.

(** ** GRU *)
Section Gru.
Variable n : nat.
Variables (xz xr xg : nat -> R) (Uz Ur Uh : table).

Definition update (h : state) (q : nat) : R := logistic (affine n xz Uz h q).
Definition reset (h : state) (q : nat) : R := logistic (affine n xr Ur h q).
Definition proposal (h : state) (q : nat) : R := tanh (affine n xg Uh (fun k => reset h k * h k) q).
Definition gru_step (h : state) (q : nat) : R := (1 - update h q) * h q + update h q * proposal h q.
(** Eq. (52) and (53); the sum is over all units that the reset gate reaches. *)
Definition gru_rest (h : state) (q k : nat) : R :=
  (proposal h q - h q) * (update h q * (1 - update h q)) * Uz q k
  + update h q * (1 - proposal h q ^ 2)
    * (Uh q k * reset h k + sum (fun j => Uh q j * (h j * (reset h j * (1 - reset h j)) * Ur j k)) n).

(** Eq. (51)-(54). *)
Theorem gru_jacobian : differential n n gru_step (fun h q k => unit_row q k * (1 - update h q) + gru_rest h q k).
Proof.
  eapply differential_ext.
  - eapply (leaky_differential n update _ proposal _ (gate_differential n n xz Uz (le_n n))).
    eapply (pointwise_differential n n tanh _ (fun h => affine n xg Uh (fun k => reset h k * h k)) _ tanh_derive).
    eapply (composition_differential n n n (fun h k => reset h k * h k) _ (affine n xg Uh) _).
    + apply product_differential; [apply (gate_differential n n xr Ur (le_n n))|apply (entry_differential n n 0); lia].
    + apply (affine_differential n n xg Uh (le_n n)).
  - intros h q k Hq Hk. simpl. destruct (lt_dec k n); [|lia].
    rewrite (sum_ext _ (fun i => unit_row k i * (Uh q i * reset h i) + Uh q i * (h i * (reset h i * (1 - reset h i)) * Ur i k))).
    + rewrite sum_plus, sum_unit_row by auto. unfold gru_rest. fold (proposal h q). unfold update. ring.
    + intros i Hi. destruct (lt_dec i n); [|lia]. unfold reset, unit_row. destruct (Nat.eq_dec i k), (Nat.eq_dec k i); try lia; ring.
Qed.
End Gru.

(** ** LSTM: entries below n are hidden states, the n entries after them cells *)
Section Lstm.
Variable n : nat.
Variables (xf xi xo xg : nat -> R) (Uf Ui Uo Ug : table).

Definition forget (h : state) (q : nat) : R := logistic (affine n xf Uf h q).
Definition write (h : state) (q : nat) : R := logistic (affine n xi Ui h q).
Definition read (h : state) (q : nat) : R := logistic (affine n xo Uo h q).
Definition content (h : state) (q : nat) : R := tanh (affine n xg Ug h q).
Definition cell (h : state) (q : nat) : R := forget h q * h (n + q)%nat + write h q * content h q.
Definition hidden (h : state) (q : nat) : R := read h q * tanh (cell h q).
Definition stacked (top bottom : state -> nat -> R) (h : state) (i : nat) : R := if lt_dec i n then top h i else bottom h (i - n)%nat.
Definition lstm_step : state -> state := stacked hidden cell.

(** Output factor, cell by hidden, and the output gate's own path. *)
Definition exposure (h : state) (q : nat) : R := read h q * (1 - tanh (cell h q) ^ 2).
Definition cell_by_hidden (h : state) (q k : nat) : R :=
  h (n + q)%nat * (forget h q * (1 - forget h q)) * Uf q k + content h q * (write h q * (1 - write h q)) * Ui q k
  + write h q * (1 - content h q ^ 2) * Ug q k.
Definition output_path (h : state) (q k : nat) : R := tanh (cell h q) * (read h q * (1 - read h q)) * Uo q k.

Definition lstm_retention (h : state) (i k : nat) : R :=
  if lt_dec i n then unit_row (n + i) k * (exposure h i * forget h i) else unit_row i k * forget h (i - n)%nat.
Definition lstm_rest (h : state) (i k : nat) : R :=
  if lt_dec k n then
    if lt_dec i n then output_path h i k + exposure h i * cell_by_hidden h i k else cell_by_hidden h (i - n)%nat k
  else 0.

Lemma stacked_differential : forall m f F g G, differential m n f F -> differential m n g G ->
  differential m (n + n) (stacked f g) (fun h i k => if lt_dec i n then F h i k else G h (i - n)%nat k).
Proof.
  intros m f F g G HF HG c e v Hv i Hi. unfold stacked. destruct (lt_dec i n) as [L|L].
  - apply (HF c e v Hv i L).
  - apply (HG c e v Hv (i - n)%nat); lia.
Qed.

Lemma gate_slope : forall x W, differential (n + n) n (fun h q => logistic (affine n x W h q))
  (fun h q k => if lt_dec k n then logistic (affine n x W h q) * (1 - logistic (affine n x W h q)) * W q k else 0).
Proof. intros; apply gate_differential; lia. Qed.

Lemma cell_differential : differential (n + n) n cell
  (fun h q k => unit_row (n + q) k * forget h q + if lt_dec k n then cell_by_hidden h q k else 0).
Proof.
  eapply differential_ext.
  - eapply (sum_differential (n + n) n (fun h q => forget h q * h (n + q)%nat) _ (fun h q => write h q * content h q) _).
    + apply product_differential; [apply gate_slope|apply entry_differential; lia].
    + apply product_differential; [apply gate_slope|].
      eapply (pointwise_differential (n + n) n tanh _ (affine n xg Ug) _ tanh_derive). apply affine_differential; lia.
  - intros h q k Hq Hk. simpl. unfold cell_by_hidden. fold (content h q) (write h q) (forget h q).
    destruct (lt_dec k n); ring.
Qed.

Lemma hidden_differential : differential (n + n) n hidden
  (fun h q k => unit_row (n + q) k * (exposure h q * forget h q)
                + if lt_dec k n then output_path h q k + exposure h q * cell_by_hidden h q k else 0).
Proof.
  eapply differential_ext.
  - apply product_differential; [apply gate_slope|].
    apply (pointwise_differential (n + n) n tanh _ cell _ tanh_derive cell_differential).
  - intros h q k Hq Hk. simpl. unfold output_path, exposure. fold (read h q). destruct (lt_dec k n); ring.
Qed.

(** Eq. (41)-(43): the Jacobian of (h, c) is retention path plus rest. *)
Theorem lstm_jacobian : differential (n + n) (n + n) lstm_step (fun h i k => lstm_retention h i k + lstm_rest h i k).
Proof.
  eapply differential_ext; [apply (stacked_differential _ _ _ _ _ hidden_differential cell_differential)|].
  intros h i k Hi Hk. simpl. unfold lstm_retention, lstm_rest.
  destruct (lt_dec i n), (lt_dec k n); try ring; replace (n + (i - n))%nat with i by lia; ring.
Qed.
End Lstm.
