(** * Projected gradient descent: the deterministic part of the convergence theorem

    Cayci and Eryilmaz 2024. Vectors have P real entries. What the probability statement of the paper supplies
    enters as hypotheses, by name: a comparator with error level Z, and a bound Lam on squared gradient norms. *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Sums.
Open Scope R_scope.

Definition square_norm (x : nat -> R) (P : nat) : R := sum (fun i => x i ^ 2) P.
Definition inner (x y : nat -> R) (P : nat) : R := sum (fun i => x i * y i) P.
Definition distance2 (x y : nat -> R) (P : nat) : R := square_norm (fun i => x i - y i) P.

Lemma distance2_step : forall x g c eta P,
  distance2 (fun i => x i - eta * g i) c P
  = distance2 x c P - 2 * eta * inner g (fun i => x i - c i) P + eta ^ 2 * square_norm g P.
Proof.
  intros. unfold distance2, square_norm, inner.
  rewrite <- !sum_scal, <- sum_minus, <- sum_plus. apply sum_ext; intros; ring.
Qed.

Lemma distance2_nonneg : forall x y P, 0 <= distance2 x y P.
Proof. intros; apply sum_nonneg; intros; apply pow2_ge_0. Qed.

(** ** Projection on the per-neuron intervals *)

Definition clamp (lo hi x : R) : R := Rmax lo (Rmin hi x).

Theorem clamp_lands : forall lo hi x, lo <= hi -> lo <= clamp lo hi x <= hi.
Proof.
  intros; unfold clamp, Rmax, Rmin. destruct (Rle_dec hi x); [destruct (Rle_dec lo hi)|destruct (Rle_dec lo x)]; lra.
Qed.

Theorem clamp_fixes : forall lo hi x, lo <= x <= hi -> clamp lo hi x = x.
Proof.
  intros; unfold clamp, Rmax, Rmin. destruct (Rle_dec hi x); [destruct (Rle_dec lo hi)|destruct (Rle_dec lo x)]; lra.
Qed.

Theorem clamp_idempotent : forall lo hi x, lo <= hi -> clamp lo hi (clamp lo hi x) = clamp lo hi x.
Proof. intros; apply clamp_fixes; now apply clamp_lands. Qed.

Theorem clamp_nonexpansive : forall lo hi x y, lo <= hi -> Rabs (clamp lo hi x - clamp lo hi y) <= Rabs (x - y).
Proof.
  intros; unfold clamp, Rmax, Rmin, Rabs.
  destruct (Rle_dec hi x), (Rle_dec hi y); repeat destruct (Rle_dec lo _); repeat destruct (Rcase_abs _); lra.
Qed.

(** The radial projection of one neuron's input weights on a ball moves no point away from any point of the ball. *)
Definition radial (r : R) (x : nat -> R) (d : nat) : nat -> R :=
  if Rle_dec (square_norm x d) (r ^ 2) then x else fun i => r / sqrt (square_norm x d) * x i.

Theorem radial_lands : forall r x d, 0 <= r -> square_norm (radial r x d) d <= r ^ 2.
Proof.
  intros r x d Hr. unfold radial. destruct (Rle_dec (square_norm x d) (r ^ 2)) as [|N]; auto.
  assert (P : 0 < square_norm x d) by (pose proof (pow2_ge_0 r); lra).
  assert (S0 : 0 < sqrt (square_norm x d)) by now apply sqrt_lt_R0.
  unfold square_norm at 1. rewrite (sum_ext _ (fun i => (r / sqrt (square_norm x d)) ^ 2 * x i ^ 2)) by (intros; ring).
  rewrite sum_scal. fold (square_norm x d).
  rewrite <- (sqrt_sqrt (square_norm x d)) at 2 by lra. right. field; lra.
Qed.

Theorem radial_contracts_towards_ball : forall r x y d, 0 <= r -> square_norm y d <= r ^ 2 ->
  distance2 (radial r x d) y d <= distance2 x y d.
Proof.
  intros r x y d Hr Hy. unfold radial. destruct (Rle_dec (square_norm x d) (r ^ 2)) as [|N]; [lra|].
  assert (P : 0 < square_norm x d) by (pose proof (pow2_ge_0 r); lra).
  set (n := sqrt (square_norm x d)). assert (N0 : 0 < n) by now apply sqrt_lt_R0.
  assert (NN : n * n = square_norm x d) by (apply sqrt_sqrt; lra).
  assert (RN : r < n) by (apply Rnot_le_lt; intro L; apply N; rewrite <- NN; nra).
  set (t := r / n). assert (T : 0 <= t < 1).
  { unfold t; split; [apply Rmult_le_pos; auto; left; now apply Rinv_0_lt_compat|].
    apply Rmult_lt_reg_r with n; auto. replace (r / n * n) with r by (field; lra). lra. }
  assert (TN : t * n = r) by (unfold t; field; lra).
  (* inner x y <= n * r by Cauchy-Schwarz *)
  assert (C : inner x y d <= n * r).
  { pose proof (cauchy_schwarz x y d) as CS. fold (inner x y d) (square_norm x d) (square_norm y d) in CS.
    assert (inner x y d ^ 2 <= (n * r) ^ 2).
    { replace ((n * r) ^ 2) with (n * n * r ^ 2) by ring. rewrite NN.
      eapply Rle_trans; [apply CS|]. apply Rmult_le_compat_l; lra. }
    assert (0 <= n * r) by nra. destruct (Rle_or_lt (inner x y d) (n * r)); auto. exfalso. nra. }
  assert (E : forall s, distance2 (fun i => s * x i) y d = s ^ 2 * (n * n) - 2 * s * inner x y d + square_norm y d).
  { intros s. rewrite NN. unfold distance2, square_norm, inner.
    rewrite <- !sum_scal, <- sum_minus, <- sum_plus. apply sum_ext; intros; ring. }
  rewrite E. replace (distance2 x y d) with (distance2 (fun i => 1 * x i) y d)
    by (unfold distance2, square_norm; apply sum_ext; intros; ring).
  rewrite E.
  assert (0 <= (1 - t) * (n * n * (1 + t) - 2 * inner x y d)).
  { apply Rmult_le_pos; [lra|]. replace (n * n * (1 + t)) with (n * n + n * (t * n)) by ring. rewrite TN. nra. }
  nra.
Qed.

(** ** The two inequalities that drive the theorem *)

(** Residuals r, comparator defects d: the inner product is at least loss less defect level. *)
Theorem descent_direction : forall (r d : nat -> R) n,
  2 * sum (fun j => r j * (r j - d j)) n >= sum (fun j => r j ^ 2) n - sum (fun j => d j ^ 2) n.
Proof.
  intros. rewrite <- sum_scal, <- sum_minus. apply Rle_ge, sum_le; intros j _.
  pose proof (pow2_ge_0 (r j - d j)). nra.
Qed.

(** The gradient is a residual-weighted sum of output gradients with norms at most Ls: |grad|^2 <= 4 Lam R
    in its scalar form, with G the norm bound 2/n sum |r| Ls. *)
Theorem gradient_bound : forall (r Ls : nat -> R) K n Lam, 0 < n ->
  sum (fun j => Ls j ^ 2) K <= n * Lam -> 0 <= Lam ->
  (2 / n * sum (fun j => Rabs (r j) * Ls j) K) ^ 2 <= 4 * Lam * (sum (fun j => r j ^ 2) K / n).
Proof.
  intros r Ls K n Lam Hn HL H0. pose proof (cauchy_schwarz (fun j => Rabs (r j)) Ls K) as C.
  rewrite (sum_ext (fun j => Rabs (r j) ^ 2) (fun j => r j ^ 2)) in C.
  2:{ intros; apply pow2_abs. }
  set (S := sum (fun j => Rabs (r j) * Ls j) K) in *. set (A := sum (fun j => r j ^ 2) K) in *.
  set (B := sum (fun j => Ls j ^ 2) K) in *.
  assert (A0 : 0 <= A) by (apply sum_nonneg; intros; apply pow2_ge_0).
  replace ((2 / n * S) ^ 2) with (4 / (n * n) * S ^ 2) by (field; lra).
  replace (4 * Lam * (A / n)) with (4 / (n * n) * (A * (n * Lam))) by (field; lra).
  apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; nra|]. eapply Rle_trans; [apply C|].
  apply Rmult_le_compat_l; auto.
Qed.

(** ** Theorem P: average loss of projected gradient descent *)

Theorem projected_descent_sum : forall (theta g : nat -> nat -> R) (loss : nat -> R) c P eta Lam Z,
  0 < eta -> 0 < Lam -> eta <= 1 / (4 * Lam) -> (forall s, 0 <= loss s) ->
  (forall s, inner (g s) (fun i => theta s i - c i) P >= loss s - Z) ->
  (forall s, square_norm (g s) P <= 4 * Lam * loss s) ->
  (forall s, distance2 (theta (S s)) c P <= distance2 (fun i => theta s i - eta * g s i) c P) ->
  forall tau, eta * sum loss tau + distance2 (theta tau) c P
              <= distance2 (theta 0%nat) c P + 2 * eta * Z * INR tau.
Proof.
  intros theta g loss c P eta Lam Z He HL Hs L0 D G Pr tau; induction tau as [|t IH]; [simpl; lra|].
  rewrite S_INR. simpl sum. specialize (D t); specialize (G t); specialize (Pr t); specialize (L0 t).
  rewrite distance2_step in Pr.
  assert (E : eta ^ 2 * square_norm (g t) P <= eta * loss t).
  { apply Rle_trans with (eta ^ 2 * (4 * Lam * loss t)); [apply Rmult_le_compat_l; auto; apply pow2_ge_0|].
    assert (eta * (4 * Lam) <= 1).
    { apply (Rmult_le_compat_r (4 * Lam)) in Hs; [|lra]. replace (1 / (4 * Lam) * (4 * Lam)) with 1 in Hs by (field; lra). auto. }
    replace (eta ^ 2 * (4 * Lam * loss t)) with (eta * (4 * Lam) * (eta * loss t)) by ring.
    assert (0 <= eta * loss t) by nra. nra. }
  assert (2 * eta * inner (g t) (fun i => theta t i - c i) P >= 2 * eta * (loss t - Z)) by nra. nra.
Qed.

(** Average loss at most nu^2/(eta tau) + 2 Z, for a start within nu of the comparator. *)
Theorem projected_descent : forall (theta g : nat -> nat -> R) (loss : nat -> R) c P eta Lam Z nu tau,
  0 < eta -> 0 < Lam -> eta <= 1 / (4 * Lam) -> (forall s, 0 <= loss s) ->
  (forall s, inner (g s) (fun i => theta s i - c i) P >= loss s - Z) ->
  (forall s, square_norm (g s) P <= 4 * Lam * loss s) ->
  (forall s, distance2 (theta (S s)) c P <= distance2 (fun i => theta s i - eta * g s i) c P) ->
  distance2 (theta 0%nat) c P <= nu ^ 2 -> (1 <= tau)%nat ->
  sum loss tau / INR tau <= nu ^ 2 / (eta * INR tau) + 2 * Z.
Proof.
  intros theta g loss c P eta Lam Z nu tau He HL Hs L0 D G Pr H0 Ht.
  pose proof (projected_descent_sum theta g loss c P eta Lam Z He HL Hs L0 D G Pr tau) as S0.
  pose proof (distance2_nonneg (theta tau) c P). assert (T : 0 < INR tau) by (apply lt_0_INR; lia).
  apply Rmult_le_reg_r with (eta * INR tau); [nra|].
  replace (sum loss tau / INR tau * (eta * INR tau)) with (eta * sum loss tau) by (field; lra).
  replace ((nu ^ 2 / (eta * INR tau) + 2 * Z) * (eta * INR tau)) with (nu ^ 2 + 2 * eta * Z * INR tau) by (field; lra).
  lra.
Qed.

(** Hence some iterate has a loss as small as that. *)
Theorem best_iterate : forall (loss : nat -> R) tau b, (1 <= tau)%nat -> sum loss tau / INR tau <= b ->
  exists s, (s < tau)%nat /\ loss s <= b.
Proof.
  intros loss tau b Ht H. assert (T : 0 < INR tau) by (apply lt_0_INR; lia).
  assert (S0 : sum loss tau <= INR tau * b).
  { apply (Rmult_le_compat_r (INR tau)) in H; [|lra]. replace (sum loss tau / INR tau * INR tau) with (sum loss tau) in H by (field; lra). lra. }
  clear H T. induction tau as [|t IH]; [lia|]. simpl sum in S0. rewrite S_INR in S0.
  destruct (Rle_or_lt (loss t) b) as [L|L]; [exists t; split; auto|].
  destruct t as [|t]; [simpl in S0; lra|].
  destruct IH as [s [A B]]; [lia|lra|]. exists s; split; auto.
Qed.

(** The hypotheses can be met with losses that are not zero: one weight, loss theta^2, gradient 2 theta. *)
Theorem projected_descent_inhabited :
  exists (theta g : nat -> nat -> R) (loss : nat -> R) (c : nat -> R),
    (forall s, 0 < loss s) /\
    (forall s, inner (g s) (fun i => theta s i - c i) 1 >= loss s - 0) /\
    (forall s, square_norm (g s) 1 <= 4 * 1 * loss s) /\
    (forall s, distance2 (theta (S s)) c 1 <= distance2 (fun i => theta s i - 1/4 * g s i) c 1).
Proof.
  exists (fun s _ => (1/2) ^ s), (fun s _ => 2 * (1/2) ^ s), (fun s => ((1/2) ^ s) ^ 2), (fun _ => 0).
  assert (P : forall s, 0 < (1/2) ^ s) by (intros; apply pow_lt; lra).
  repeat split; intros s; specialize (P s); unfold inner, square_norm, distance2, square_norm; simpl; nra.
Qed.

(** ** Mirrored initialisation *)

(** Paired neurons with opposite output signs cancel: the network is zero at the start, for every input. *)
Theorem mirrored_output_is_zero : forall (h sign : nat -> R) m,
  sum (fun i => sign i * h i) m + sum (fun i => - sign i * h i) m = 0.
Proof. intros; rewrite <- sum_plus; apply sum_zero; intros; ring. Qed.
