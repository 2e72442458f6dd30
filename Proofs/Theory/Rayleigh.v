(** * Rayleigh base rate of a preconditioned row

    [lam] is the diagonal of the preconditioner, [b] the row of immediate derivatives.
    Livi 2025, Eq. (7), Eq. (8), Eq. (9), and appendix D, Eq. (65). *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Sums.
Open Scope R_scope.

Definition energy (b : nat -> R) (n : nat) : R := sum (fun i => b i ^ 2) n.

Definition rayleigh (lam b : nat -> R) (n : nat) : R :=
  sum (fun i => lam i * b i ^ 2) n / energy b n.

(** What the preconditioner does beyond scaling the row by its base rate. *)
Definition residual (lam b : nat -> R) (n i : nat) : R :=
  lam i * b i - rayleigh lam b n * b i.

Lemma energy_nonneg : forall b n, 0 <= energy b n.
Proof. intros; apply sum_nonneg; intros; apply pow2_ge_0. Qed.

Lemma rayleigh_mult : forall lam b n, 0 < energy b n ->
  rayleigh lam b n * energy b n = sum (fun i => lam i * b i ^ 2) n.
Proof. intros; unfold rayleigh; field; lra. Qed.

(** Eq. (65) in its tight form: only entries where the row is not zero count. *)
Theorem rayleigh_upper : forall lam b n hi, 0 < energy b n ->
  (forall i, (i < n)%nat -> b i <> 0 -> lam i <= hi) -> rayleigh lam b n <= hi.
Proof.
  intros lam b n hi E H. apply Rmult_le_reg_r with (energy b n); auto.
  rewrite rayleigh_mult; auto. unfold energy; rewrite <- sum_scal.
  apply sum_le; intros i Hi. destruct (Req_dec (b i) 0) as [Z|Z].
  - rewrite Z; lra.
  - specialize (H i Hi Z). pose proof (pow2_ge_0 (b i)); nra.
Qed.

Theorem rayleigh_lower : forall lam b n lo, 0 < energy b n ->
  (forall i, (i < n)%nat -> b i <> 0 -> lo <= lam i) -> lo <= rayleigh lam b n.
Proof.
  intros lam b n lo E H. apply Rmult_le_reg_r with (energy b n); auto.
  rewrite rayleigh_mult; auto. unfold energy; rewrite <- sum_scal.
  apply sum_le; intros i Hi. destruct (Req_dec (b i) 0) as [Z|Z].
  - rewrite Z; lra.
  - specialize (H i Hi Z). pose proof (pow2_ge_0 (b i)); nra.
Qed.

(** The upper end is reached exactly when every active entry has the largest rate. *)
Theorem rayleigh_upper_equality : forall lam b n hi, 0 < energy b n ->
  (forall i, (i < n)%nat -> b i <> 0 -> lam i <= hi) ->
  (rayleigh lam b n = hi <-> forall i, (i < n)%nat -> b i <> 0 -> lam i = hi).
Proof.
  intros lam b n hi E H; split.
  - intros R i Hi Z.
    assert (S : sum (fun i => (hi - lam i) * b i ^ 2) n = 0).
    { replace (sum _ n) with (hi * energy b n - sum (fun i => lam i * b i ^ 2) n).
      - rewrite <- rayleigh_mult, R; auto; ring.
      - unfold energy; rewrite <- sum_scal, <- sum_minus; apply sum_ext; intros; ring. }
    apply (sum_eq_zero_term _ _ i) in S; auto.
    + assert (0 < b i ^ 2) by (rewrite <- Rsqr_pow2; apply Rsqr_pos_lt; auto). nra.
    + intros j Hj; destruct (Req_dec (b j) 0) as [Zj|Zj]; [rewrite Zj; lra|].
      specialize (H j Hj Zj); pose proof (pow2_ge_0 (b j)); nra.
  - intros A; apply Rle_antisym; [now apply rayleigh_upper|].
    apply rayleigh_lower; auto. intros i Hi Z; rewrite A; auto; lra.
Qed.

(** Plain gradient descent: a constant diagonal gives the learning rate itself. *)
Theorem rayleigh_constant : forall mu b n, 0 < energy b n -> rayleigh (fun _ => mu) b n = mu.
Proof.
  intros; unfold rayleigh. rewrite sum_scal. fold (energy b n). field; lra.
Qed.

Theorem rayleigh_row_scale : forall lam b n c, c <> 0 -> 0 < energy b n ->
  rayleigh lam (fun i => c * b i) n = rayleigh lam b n.
Proof.
  intros lam b n c Hc E. unfold rayleigh, energy.
  rewrite (sum_ext (fun i => lam i * (c * b i) ^ 2) (fun i => c ^ 2 * (lam i * b i ^ 2)))
    by (intros; ring).
  rewrite (sum_ext (fun i => (c * b i) ^ 2) (fun i => c ^ 2 * b i ^ 2)) by (intros; ring).
  rewrite !sum_scal. unfold energy in E. field; lra.
Qed.

Theorem residual_orthogonal : forall lam b n, 0 < energy b n ->
  sum (fun i => residual lam b n i * b i) n = 0.
Proof.
  intros lam b n E.
  rewrite (sum_ext _ (fun i => lam i * b i ^ 2 - rayleigh lam b n * b i ^ 2))
    by (intros; unfold residual; ring).
  rewrite sum_minus, sum_scal. fold (energy b n). rewrite rayleigh_mult; auto; ring.
Qed.

(** The base rate is the best scalar: the excess of any other is exactly its squared distance. *)
Theorem rayleigh_projection : forall lam b n c, 0 < energy b n ->
  energy (fun i => lam i * b i - c * b i) n
  = energy (residual lam b n) n + (c - rayleigh lam b n) ^ 2 * energy b n.
Proof.
  intros lam b n c E. pose proof (residual_orthogonal lam b n E) as O.
  set (r := rayleigh lam b n) in *. unfold energy.
  rewrite (sum_ext (fun i => (lam i * b i - c * b i) ^ 2)
    (fun i => (residual lam b n i ^ 2 + (c - r) ^ 2 * b i ^ 2)
              - 2 * (c - r) * (residual lam b n i * b i)))
    by (intros; unfold residual; fold r; ring).
  rewrite sum_minus, sum_plus, !sum_scal, O. ring.
Qed.

Theorem rayleigh_unique_minimiser : forall lam b n c, 0 < energy b n ->
  energy (fun i => lam i * b i - c * b i) n <= energy (residual lam b n) n ->
  c = rayleigh lam b n.
Proof.
  intros lam b n c E H. rewrite rayleigh_projection in H; auto.
  pose proof (pow2_ge_0 (c - rayleigh lam b n)).
  assert (Z : (c - rayleigh lam b n) ^ 2 = 0) by nra.
  rewrite <- Rsqr_pow2 in Z. apply Rsqr_0_uniq in Z. lra.
Qed.

Theorem rayleigh_pythagoras : forall lam b n, 0 < energy b n ->
  energy (fun i => lam i * b i) n
  = rayleigh lam b n ^ 2 * energy b n + energy (residual lam b n) n.
Proof.
  intros lam b n E. pose proof (rayleigh_projection lam b n 0 E) as P.
  unfold energy at 1 in P. unfold energy at 1.
  rewrite (sum_ext _ (fun i => (lam i * b i - 0 * b i) ^ 2)) by (intros; ring).
  rewrite P; ring.
Qed.

(** The part that Eq. (11) drops need not be small: here it is a fifth of the energy. *)
Theorem residual_not_negligible :
  exists lam b, (forall i, 0 < lam i) /\ 0 < energy b 2 /\
    energy (residual lam b 2) 2 = energy (fun i => lam i * b i) 2 / 5.
Proof.
  exists (fun i => match i with O => 1 | _ => 3 end), (fun _ => 1).
  repeat split.
  - intros [|]; lra.
  - unfold energy; simpl; lra.
  - unfold energy, residual, rayleigh, energy; simpl; field.
Qed.

(** For a zero row every scalar is a best one: Eq. (7) needs a row that is not zero. *)
Theorem rayleigh_zero_row_undetermined : forall lam b n c, energy b n = 0 ->
  energy (fun i => lam i * b i - c * b i) n = 0.
Proof.
  intros lam b n c E. unfold energy. apply sum_zero; intros i Hi.
  assert (b i ^ 2 = 0).
  { apply (sum_eq_zero_term (fun i => b i ^ 2) n); auto; intros; apply pow2_ge_0. }
  assert (Z : b i = 0) by (apply Rsqr_0_uniq; rewrite Rsqr_pow2; auto). rewrite Z; ring.
Qed.

(** ** The envelope, Eq. (8) and (9) *)

Definition envelope (rate transport : nat -> R) (n : nat) : R :=
  sum (fun q => Rabs (rate q * transport q)) n.
Definition gates_part (mu : R) (transport : nat -> R) (n : nat) : R :=
  mu * sum (fun q => Rabs (transport q)) n.
Definition adaptive_part (mu : R) (rate transport : nat -> R) (n : nat) : R :=
  sum (fun q => (rate q - mu) * Rabs (transport q)) n.

Theorem envelope_split : forall mu rate transport n,
  (forall q, (q < n)%nat -> 0 <= rate q) ->
  envelope rate transport n = gates_part mu transport n + adaptive_part mu rate transport n.
Proof.
  intros mu rate transport n H. unfold envelope, gates_part, adaptive_part.
  rewrite <- sum_scal, <- sum_plus. apply sum_ext; intros q Hq.
  rewrite Rabs_mult, (Rabs_pos_eq (rate q)); auto; ring.
Qed.

(** The adaptive part may be negative, so the gates part need not lie below the envelope. *)
Theorem adaptive_part_may_be_negative :
  exists mu rate transport, 0 < mu /\ (forall q, 0 < rate q) /\
    adaptive_part mu rate transport 1 < 0 /\
    envelope rate transport 1 < gates_part mu transport 1.
Proof.
  exists 1, (fun _ => 1/2), (fun _ => 1). unfold adaptive_part, envelope, gates_part; simpl.
  rewrite (Rabs_pos_eq 1), (Rabs_pos_eq (1/2*1)) by lra. repeat split; intros; lra.
Qed.

(** Duplicating every unit doubles the envelope: it is a sum over units, not a mean. *)
Theorem envelope_doubles : forall rate transport n,
  envelope (fun q => rate (Nat.div2 q)) (fun q => transport (Nat.div2 q)) (2 * n)
  = 2 * envelope rate transport n.
Proof.
  intros rate transport n; unfold envelope. set (g := fun q => Rabs (rate q * transport q)).
  rewrite (sum_ext _ (fun q => g (Nat.div2 q))) by reflexivity.
  induction n as [|n IH]; [simpl; lra|].
  assert (E : sum (fun q => g (Nat.div2 q)) (2 * S n)
              = sum (fun q => g (Nat.div2 q)) (2 * n) + g (Nat.div2 (2 * n)) + g (Nat.div2 (S (2 * n)))).
  { replace (2 * S n)%nat with (S (S (2 * n))) by lia. reflexivity. }
  rewrite E, IH, Nat.div2_double, Nat.div2_succ_double. change (sum g (S n)) with (sum g n + g n). ring.
Qed.

(** Adaptive rates between lo and hi keep the envelope between lo and hi times the transport. *)
Theorem envelope_rate_sandwich : forall lo hi rate transport n,
  0 <= lo -> (forall q, (q < n)%nat -> lo <= rate q <= hi) ->
  gates_part lo transport n <= envelope rate transport n <= gates_part hi transport n.
Proof.
  intros lo hi rate transport n L H. unfold gates_part, envelope. rewrite <- !sum_scal.
  split; apply sum_le; intros q Hq; specialize (H q Hq);
    rewrite Rabs_mult, (Rabs_pos_eq (rate q)) by lra;
    pose proof (Rabs_pos (transport q)); nra.
Qed.
