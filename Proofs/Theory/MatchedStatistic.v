(** * The matched statistic and its mean

    Livi 2025, Eq. (13)-(15). At a fixed lag, mu q is the effective rate of unit q and m q the mean of its
    alignment; psi = sum over q of sgn(m q) mu q zeta q, so its mean is sum of mu q |m q|. *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Sums.
Open Scope R_scope.

Definition sgn (x : R) : R := if Rlt_dec 0 x then 1 else if Rlt_dec x 0 then -1 else 0.

Lemma sgn_mult_self : forall x, sgn x * x = Rabs x.
Proof.
  intros x; unfold sgn. destruct (Rlt_dec 0 x); [rewrite Rabs_pos_eq; lra|].
  destruct (Rlt_dec x 0); [rewrite Rabs_left; lra|].
  replace x with 0 by lra. rewrite Rabs_R0; ring.
Qed.

(** Mean of the published statistic, oriented by the sign of m q alone, for rates that are not random. *)
Definition published_mean (mu m : nat -> R) (n : nat) : R := sum (fun q => sgn (m q) * mu q * m q) n.
(** Mean of the amended statistic, oriented by the sign of mu q * m q. *)
Definition oriented_mean (mu m : nat -> R) (n : nat) : R := sum (fun q => sgn (mu q * m q) * (mu q * m q)) n.
Definition norm1 (mu : nat -> R) (n : nat) : R := sum (fun q => Rabs (mu q)) n.
(** Eq. (15), as published and with the moduli that make it an average. *)
Definition published_alignment (mu m : nat -> R) (n : nat) : R :=
  sum (fun q => mu q / norm1 mu n * Rabs (m q)) n.
Definition alignment (mu m : nat -> R) (n : nat) : R :=
  sum (fun q => Rabs (mu q) / norm1 mu n * Rabs (m q)) n.

(** Eq. (14): envelope times mean alignment, for either reading. *)
Theorem matched_mean_factorises : forall mu m n, norm1 mu n <> 0 ->
  published_mean mu m n = norm1 mu n * published_alignment mu m n.
Proof.
  intros mu m n H. unfold published_mean, published_alignment. rewrite <- sum_scal.
  apply sum_ext; intros q _. rewrite <- (sgn_mult_self (m q)). field; auto.
Qed.

Theorem oriented_mean_factorises : forall mu m n, norm1 mu n <> 0 ->
  oriented_mean mu m n = norm1 mu n * alignment mu m n.
Proof.
  intros mu m n H. unfold oriented_mean, alignment. rewrite <- sum_scal.
  apply sum_ext; intros q _. rewrite sgn_mult_self, Rabs_mult. field; auto.
Qed.

(** The published claim of a non-negative mean is false once a first-order term turns a rate negative. *)
Theorem published_mean_may_be_negative :
  exists mu m, published_mean mu m 2 = -(4/5) /\ published_alignment mu m 2 = -(8/7).
Proof.
  exists (fun q => match q with O => 1/5 | _ => -(1/2) end), (fun q => match q with O => 1 | _ => 2 end).
  unfold published_mean, published_alignment, norm1, sgn; simpl.
  destruct (Rlt_dec 0 1); [|lra]. destruct (Rlt_dec 0 2); [|lra].
  rewrite (Rabs_pos_eq (1/5)), (Rabs_left (-(1/2))), (Rabs_pos_eq 1), (Rabs_pos_eq 2) by lra.
  split; field.
Qed.

Theorem published_mean_nonnegative_if_rates_are : forall mu m n, (forall q, 0 <= mu q) ->
  0 <= published_mean mu m n.
Proof.
  intros mu m n H. apply sum_nonneg; intros q _.
  replace (sgn (m q) * mu q * m q) with (mu q * (sgn (m q) * m q)) by ring.
  rewrite sgn_mult_self. pose proof (H q); pose proof (Rabs_pos (m q)); nra.
Qed.

(** Amended: oriented by mu q * m q every term contributes constructively ... *)
Theorem oriented_mean_is_sum_of_moduli : forall mu m n,
  oriented_mean mu m n = sum (fun q => Rabs (mu q * m q)) n.
Proof. intros; apply sum_ext; intros; apply sgn_mult_self. Qed.

Theorem oriented_mean_nonnegative : forall mu m n, 0 <= oriented_mean mu m n.
Proof.
  intros; rewrite oriented_mean_is_sum_of_moduli. apply sum_nonneg; intros; apply Rabs_pos.
Qed.

(** ... no other choice of signs does better ... *)
Theorem oriented_mean_is_maximal : forall sigma mu m n, (forall q, Rabs (sigma q) <= 1) ->
  sum (fun q => sigma q * (mu q * m q)) n <= oriented_mean mu m n.
Proof.
  intros sigma mu m n H. rewrite oriented_mean_is_sum_of_moduli. apply sum_le; intros q _.
  eapply Rle_trans; [apply Rle_abs|]. rewrite Rabs_mult.
  pose proof (H q); pose proof (Rabs_pos (mu q * m q)); nra.
Qed.

(** ... and the mean alignment lies between zero and the largest single alignment. *)
Theorem alignment_bounds : forall mu m n M, 0 < norm1 mu n ->
  (forall q, (q < n)%nat -> Rabs (m q) <= M) -> 0 <= alignment mu m n <= M.
Proof.
  intros mu m n M P H. unfold alignment.
  assert (I : 0 < / norm1 mu n) by now apply Rinv_0_lt_compat. split.
  - apply sum_nonneg; intros q _. pose proof (Rabs_pos (mu q)); pose proof (Rabs_pos (m q)).
    unfold Rdiv. apply Rmult_le_pos; auto. apply Rmult_le_pos; auto; lra.
  - apply Rle_trans with (sum (fun q => Rabs (mu q) * (/ norm1 mu n * M)) n).
    + apply sum_le; intros q Hq. specialize (H q Hq). pose proof (Rabs_pos (mu q)).
      unfold Rdiv. rewrite Rmult_assoc. apply Rmult_le_compat_l; auto. apply Rmult_le_compat_l; lra.
    + rewrite sum_scal_r. fold (norm1 mu n). right. field; lra.
Qed.

(** ** Random rates: Eq. (14) needs rate and alignment to be uncorrelated *)

Definition expect (p X : nat -> R) (n : nat) : R := sum (fun w => p w * X w) n.

Theorem correlated_rate_breaks_factorisation :
  exists p mu zeta, (forall w, 0 <= p w) /\ sum p 2 = 1 /\ (forall w, 0 < mu w) /\
    expect p mu 2 * expect p zeta 2 = 0 /\ expect p (fun w => mu w * zeta w) 2 = 1.
Proof.
  exists (fun _ => 1/2), (fun w => match w with O => 3 | _ => 1 end), (fun w => match w with O => 1 | _ => -1 end).
  unfold expect; simpl. repeat split; try (intros; lra); try lra. intros [|]; lra.
Qed.

Theorem uncorrelated_rate_factorises : forall p mu zeta n, sum p n = 1 ->
  expect p (fun w => (mu w - expect p mu n) * (zeta w - expect p zeta n)) n = 0 ->
  expect p (fun w => mu w * zeta w) n = expect p mu n * expect p zeta n.
Proof.
  intros p mu zeta n P C.
  assert (E : forall a b, expect p (fun w => (mu w - a) * (zeta w - b)) n
      = expect p (fun w => mu w * zeta w) n - b * expect p mu n - a * expect p zeta n + a * b * sum p n).
  { intros a b. unfold expect. rewrite <- !sum_scal, <- !sum_minus, <- sum_plus.
    apply sum_ext; intros; ring. }
  rewrite E, P in C. lra.
Qed.

(** ** One random direction does not preserve geometry *)

(** For an isotropic direction w of length one in P dimensions the mean square of w.g is |g|^2 / P ... *)
Theorem isotropic_projection_second_moment : forall p (w : nat -> nat -> R) (g : nat -> R) n P,
  (forall i j, (i < P)%nat -> (j < P)%nat ->
     expect p (fun k => w k i * w k j) n = if Nat.eq_dec i j then / INR P else 0) ->
  expect p (fun k => (sum (fun i => w k i * g i) P) ^ 2) n = sum (fun i => g i ^ 2) P / INR P.
Proof.
  intros p w g n P H. unfold expect in *.
  rewrite (sum_ext _ (fun k => sum (fun i => sum (fun j => g i * g j * (p k * (w k i * w k j))) P) P)).
  2:{ intros k _.
      rewrite (sum_ext (fun i => sum (fun j => g i * g j * (p k * (w k i * w k j))) P)
                 (fun i => p k * sum (fun j => w k j * g j) P * (w k i * g i))).
      - rewrite sum_scal. ring.
      - intros i _. rewrite <- sum_scal, <- sum_scal_r. apply sum_ext; intros; ring. }
  rewrite sum_swap.
  rewrite (sum_ext _ (fun i => g i ^ 2 * / INR P)).
  - now rewrite sum_scal_r.
  - intros i Hi. rewrite sum_swap.
    rewrite (sum_ext _ (fun j => g i * g j * (if Nat.eq_dec i j then / INR P else 0))).
    + rewrite (sum_single _ P i Hi).
      * destruct (Nat.eq_dec i i); [ring|lia].
      * intros j _ Hj. destruct (Nat.eq_dec i j); [congruence|ring].
    + intros j Hj. rewrite sum_scal. rewrite H; auto.
Qed.

(** ... but any single direction sends some unit vector to zero: no one-dimensional projection
    is a Johnson-Lindenstrauss map. *)
Theorem single_projection_kills_a_vector : forall w : nat -> R,
  exists g : nat -> R, sum (fun i => g i ^ 2) 2 = 1 /\ sum (fun i => w i * g i) 2 = 0.
Proof.
  intros w. destruct (Req_dec (w 0%nat ^ 2 + w 1%nat ^ 2) 0) as [Z|NZ].
  - exists (fun i => match i with O => 1 | _ => 0 end). simpl in *. split; [ring|].
    assert (w 0%nat = 0) by nra. rewrite H; ring.
  - assert (P : 0 < w 0%nat ^ 2 + w 1%nat ^ 2).
    { pose proof (pow2_ge_0 (w 0%nat)); pose proof (pow2_ge_0 (w 1%nat)); lra. }
    set (r := sqrt (w 0%nat ^ 2 + w 1%nat ^ 2)).
    assert (R2 : r * r = w 0%nat ^ 2 + w 1%nat ^ 2) by (apply sqrt_sqrt; lra).
    assert (R0 : 0 < r) by now apply sqrt_lt_R0.
    exists (fun i => match i with O => - w 1%nat / r | _ => w 0%nat / r end). simpl sum. split.
    + transitivity ((w 0%nat ^ 2 + w 1%nat ^ 2) / (r * r)); [simpl; field; lra|].
      rewrite R2. field; lra.
    + field; lra.
Qed.
