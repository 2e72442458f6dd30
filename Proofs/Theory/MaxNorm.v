(** * Projection on the max-norm ball, and projected descent of the network

    Cayci and Eryilmaz 2024. Around a centre every neuron keeps its weight within rw and its input weights within ru in
    Euclidean norm: a clamp of the weight, a radial shrink of the input weights, neuron by neuron. *)
Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Require Import Learnability.Theory.Sums Learnability.Theory.ProjectedDescent Learnability.Theory.Smoothness Learnability.Theory.Network.
Open Scope R_scope.

Section Ball.
Variables d m : nat.
Variables rw ru : R.
Hypothesis rw_nonneg : 0 <= rw.
Hypothesis ru_nonneg : 0 <= ru.
Variable centre : weights.

Definition in_ball (th : weights) : Prop := forall i, (i < m)%nat ->
  Rabs (th i 0%nat - centre i 0%nat) <= rw /\ sum (fun k => (th i (S k) - centre i (S k)) ^ 2) d <= ru ^ 2.
Definition project (th : weights) : weights := fun i k =>
  match k with
  | O => centre i 0%nat + clamp (- rw) rw (th i 0%nat - centre i 0%nat)
  | S j => centre i (S j) + radial ru (fun k => th i (S k) - centre i (S k)) d j
  end.
Definition squared_distance (th th' : weights) : R := sum (fun i => gap2 d (th i) (th' i)) m.

Lemma clamp_obtuse : forall x y, - rw <= y <= rw -> (x - clamp (- rw) rw x) * (y - clamp (- rw) rw x) <= 0.
Proof.
  intros x y H. unfold clamp, Rmax, Rmin. destruct (Rle_dec rw x); [destruct (Rle_dec (- rw) rw)|destruct (Rle_dec (- rw) x)]; nra.
Qed.

Lemma radial_obtuse : forall (x y : nat -> R), sum (fun k => y k ^ 2) d <= ru ^ 2 ->
  sum (fun k => (x k - radial ru x d k) * (y k - radial ru x d k)) d <= 0.
Proof.
  intros x y Hy. unfold radial. destruct (Rle_dec (square_norm x d) (ru ^ 2)) as [L|N].
  - right. apply sum_zero; intros; ring.
  - assert (P : 0 < square_norm x d) by (pose proof (pow2_ge_0 ru); lra).
    set (n := sqrt (square_norm x d)). assert (N0 : 0 < n) by now apply sqrt_lt_R0.
    assert (NN : n * n = square_norm x d) by (apply sqrt_sqrt; lra).
    assert (RN : ru < n) by (apply Rnot_le_lt; intro L; apply N; rewrite <- NN; nra).
    set (t := ru / n). assert (TN : t * n = ru) by (unfold t; field; lra).
    assert (T : 0 <= t <= 1) by (split; apply Rmult_le_reg_r with n; lra).
    assert (C : inner x y d <= n * ru).
    { pose proof (cauchy_schwarz x y d) as CS. fold (inner x y d) (square_norm x d) in CS.
      assert (inner x y d ^ 2 <= (n * ru) ^ 2).
      { replace ((n * ru) ^ 2) with (n * n * ru ^ 2) by ring. rewrite NN. eapply Rle_trans; [apply CS|]. apply Rmult_le_compat_l; lra. }
      assert (0 <= n * ru) by nra. destruct (Rle_or_lt (inner x y d) (n * ru)); auto. exfalso. nra. }
    replace (sum (fun k => (x k - t * x k) * (y k - t * x k)) d) with ((1 - t) * (inner x y d - t * (n * n))).
    + replace (t * (n * n)) with (n * (t * n)) by ring. rewrite TN. nra.
    + rewrite NN. unfold inner, square_norm. rewrite <- sum_scal, <- sum_minus, <- sum_scal. apply sum_ext; intros; ring.
Qed.

Lemma project_lands : forall th, in_ball (project th).
Proof.
  intros th i Hi. unfold project. split.
  - replace (centre i 0%nat + clamp (- rw) rw (th i 0%nat - centre i 0%nat) - centre i 0%nat) with (clamp (- rw) rw (th i 0%nat - centre i 0%nat)) by ring.
    apply Rabs_le, clamp_lands. lra.
  - rewrite (sum_ext _ (fun k => radial ru (fun k => th i (S k) - centre i (S k)) d k ^ 2)) by (intros; ring).
    now apply radial_lands.
Qed.

Lemma project_obtuse : forall th y i, (i < m)%nat -> in_ball y ->
  sum (fun k => (th i k - project th i k) * (y i k - project th i k)) (S d) <= 0.
Proof.
  intros th y i Hi H. destruct (H i Hi) as [Hw Hu]. rewrite sum_head. unfold project.
  pose proof (clamp_obtuse (th i 0%nat - centre i 0%nat) (y i 0%nat - centre i 0%nat)) as A. apply Rabs_le_between in Hw. specialize (A Hw).
  pose proof (radial_obtuse (fun k => th i (S k) - centre i (S k)) (fun k => y i (S k) - centre i (S k)) Hu) as B.
  rewrite (sum_ext _ (fun k => (th i (S k) - centre i (S k) - radial ru (fun k => th i (S k) - centre i (S k)) d k)
    * (y i (S k) - centre i (S k) - radial ru (fun k => th i (S k) - centre i (S k)) d k))) by (intros; ring).
  replace ((th i 0%nat - (centre i 0%nat + clamp (- rw) rw (th i 0%nat - centre i 0%nat))) * (y i 0%nat - (centre i 0%nat + clamp (- rw) rw (th i 0%nat - centre i 0%nat))))
    with ((th i 0%nat - centre i 0%nat - clamp (- rw) rw (th i 0%nat - centre i 0%nat)) * (y i 0%nat - centre i 0%nat - clamp (- rw) rw (th i 0%nat - centre i 0%nat))) by ring.
  lra.
Qed.

Lemma project_fixes : forall th, in_ball th -> forall i k, (i < m)%nat -> (k < S d)%nat -> project th i k = th i k.
Proof.
  intros th H i k Hi Hk. destruct (H i Hi) as [Hw Hu]. destruct k as [|k]; unfold project.
  - apply Rabs_le_between in Hw. rewrite clamp_fixes by auto. ring.
  - unfold radial, square_norm. destruct (Rle_dec _ _) as [L|N]; [ring|easy].
Qed.

(** It is the Euclidean projection: it lands in the ball, changes nothing there, no point of the ball is nearer, and it brings
    no two points further apart. *)
Theorem max_norm_projection : forall th th' : weights,
  in_ball (project th) /\
  (forall i k, (i < m)%nat -> (k < S d)%nat -> project (project th) i k = project th i k) /\
  (forall y, in_ball y -> squared_distance th (project th) <= squared_distance th y) /\
  squared_distance (project th) (project th') <= squared_distance th th'.
Proof.
  intros th th'. repeat split; try (now apply project_lands).
  - intros i k Hi Hk. apply project_fixes; auto. apply project_lands.
  - intros y Hy. apply sum_le; intros i Hi. pose proof (project_obtuse th y i Hi Hy) as O. unfold gap2.
    assert (E : sum (fun k => (y i k - th i k) ^ 2) (S d) = sum (fun k => (project th i k - th i k) ^ 2) (S d)
      + (sum (fun k => (y i k - project th i k) ^ 2) (S d) - 2 * sum (fun k => (th i k - project th i k) * (y i k - project th i k)) (S d))).
    { rewrite <- sum_scal, <- sum_minus, <- sum_plus. apply sum_ext; intros; ring. }
    assert (0 <= sum (fun k => (y i k - project th i k) ^ 2) (S d)) by (apply sum_nonneg; intros; apply pow2_ge_0). lra.
  - apply sum_le; intros i Hi. unfold gap2.
    pose proof (project_obtuse th (project th') i Hi (project_lands th')) as O.
    pose proof (project_obtuse th' (project th) i Hi (project_lands th)) as O'.
    assert (E : sum (fun k => (th' i k - th i k) ^ 2) (S d) = sum (fun k => (project th' i k - project th i k) ^ 2) (S d)
      + sum (fun k => (th' i k - th i k - (project th' i k - project th i k)) ^ 2) (S d)
      - 2 * sum (fun k => (th i k - project th i k) * (project th' i k - project th i k)) (S d)
      - 2 * sum (fun k => (th' i k - project th' i k) * (project th i k - project th' i k)) (S d)).
    { rewrite <- !sum_scal, <- !sum_plus, <- !sum_minus. apply sum_ext; intros; ring. }
    assert (0 <= sum (fun k => (th' i k - th i k - (project th' i k - project th i k)) ^ 2) (S d)) by (apply sum_nonneg; intros; apply pow2_ge_0). lra.
Qed.

(** Hence no neuron moves away from a point of the ball. *)
Lemma project_contracts : forall th y, in_ball y -> squared_distance y (project th) <= squared_distance y th.
Proof.
  intros th y Hy. destruct (max_norm_projection y th) as (_ & _ & _ & N).
  replace (squared_distance y (project th)) with (squared_distance (project y) (project th)); auto.
  apply sum_ext; intros i Hi. apply sum_ext; intros k Hk. now rewrite (project_fixes y Hy i k Hi Hk).
Qed.
End Ball.

Lemma minkowski : forall (x y : nat -> R) d A B, 0 <= A -> 0 <= B -> sum (fun k => x k ^ 2) d <= A ^ 2 -> sum (fun k => y k ^ 2) d <= B ^ 2 ->
  sum (fun k => (x k - y k) ^ 2) d <= (A + B) ^ 2.
Proof.
  intros x y d A B HA HB Hx Hy. pose proof (cauchy_schwarz x y d) as C.
  assert (X0 : 0 <= sum (fun k => x k ^ 2) d) by (apply sum_nonneg; intros; apply pow2_ge_0).
  assert (Y0 : 0 <= sum (fun k => y k ^ 2) d) by (apply sum_nonneg; intros; apply pow2_ge_0).
  assert (Q : sum (fun k => x k * y k) d ^ 2 <= (A * B) ^ 2).
  { eapply Rle_trans; [apply C|]. replace ((A * B) ^ 2) with (A ^ 2 * B ^ 2) by ring. apply Rmult_le_compat; auto. }
  assert (P : 0 <= A * B) by now apply Rmult_le_pos.
  assert (I : - (A * B) <= sum (fun k => x k * y k) d).
  { destruct (Rle_or_lt (- (A * B)) (sum (fun k => x k * y k) d)); auto. exfalso. nra. }
  replace (sum (fun k => (x k - y k) ^ 2) d) with (sum (fun k => x k ^ 2) d - 2 * sum (fun k => x k * y k) d + sum (fun k => y k ^ 2) d).
  - nra.
  - rewrite <- sum_scal, <- sum_minus, <- sum_plus. apply sum_ext; intros; ring.
Qed.

(** Theorem P, deterministic part: projected descent of the diagonal network from its initial weights, on a ball that holds a
    comparator with residuals at most [level]. Only that level rests on the random initialisation. *)
Theorem projected_descent_on_ball :
  forall (sg dsg ddsg : R -> R) (d : nat) (s0 s1 s2 : R),
  (forall z, is_derive sg z (dsg z)) -> (forall z, is_derive dsg z (ddsg z)) ->
  (forall z, Rabs (sg z) <= s0) -> (forall z, Rabs (dsg z) <= s1) -> (forall z, Rabs (ddsg z) <= s2) ->
  forall (m : nat) (c : nat -> R), (1 <= m)%nat -> (forall i, Rabs (c i) <= 1) ->
  forall (K : nat) (seq : nat -> inputs) (time : nat -> nat) (Y level : nat -> R) (size : R),
  0 < size -> (forall J, unit_inputs d (seq J)) ->
  forall (start comparator : weights) (alpha rw ru nw nu_ Lam Z eta : R) (theta : nat -> weights) (tau : nat),
  let a := alpha + rw / sqrt (INR m) in
  let radius := sqrt ((rw + nw) ^ 2 + (ru + nu_) ^ 2) in
  let step := fun s i k => theta s i k - eta * loss_gradient sg dsg d m c K seq time Y size (theta s) i k in
  0 <= nw <= rw -> 0 <= nu_ <= ru -> (forall i, Rabs (start i 0%nat) <= alpha) ->
  sum (fun J => Lip s0 s1 a (time J) ^ 2) K <= size * Lam ->
  in_ball d m (nw / sqrt (INR m)) (nu_ / sqrt (INR m)) start comparator ->
  (forall J, (J < K)%nat -> Rabs (residual sg d m c seq time Y comparator J) <= level J) ->
  sum (fun J => (level J + Smooth s0 s1 s2 a (time J) * radius ^ 2 / (2 * sqrt (INR m))) ^ 2) K <= size * Z ->
  0 < eta -> 0 < Lam -> eta <= 1 / (4 * Lam) -> (1 <= tau)%nat ->
  theta 0%nat = start -> (forall s, theta (S s) = project d (rw / sqrt (INR m)) (ru / sqrt (INR m)) start (step s)) ->
  (forall s, in_ball d m (rw / sqrt (INR m)) (ru / sqrt (INR m)) start (theta s)) /\
  sum (fun s => loss sg d m c K seq time Y size (theta s)) tau / INR tau <= (nw ^ 2 + nu_ ^ 2) / (eta * INR tau) + 2 * Z.
Proof.
  intros sg dsg ddsg d s0 s1 s2 D1 D2 B0 B1 B2 m c Hm Hc K seq time Y level size Hsize Hseq start comparator alpha rw ru nw nu_ Lam Z eta theta tau
    a radius step Hw Hu Hstart HLam Hcomp Hlevel HZ He HL Hs Ht T0 TS.
  assert (M : 0 < INR m) by (apply lt_0_INR; lia). assert (M' : 0 < sqrt (INR m)) by now apply sqrt_lt_R0.
  assert (MM : sqrt (INR m) * sqrt (INR m) = INR m) by (apply sqrt_sqrt; lra).
  assert (NN : forall x, 0 <= x -> 0 <= x / sqrt (INR m)) by (intros; apply Rmult_le_pos; auto; left; now apply Rinv_0_lt_compat).
  assert (LE : forall x y, x <= y -> x / sqrt (INR m) <= y / sqrt (INR m)) by (intros; apply Rmult_le_compat_r; auto; left; now apply Rinv_0_lt_compat).
  assert (SQ : forall x, (x / sqrt (INR m)) ^ 2 = x ^ 2 / INR m).
  { intros x. replace (x ^ 2 / INR m) with (x ^ 2 / (sqrt (INR m) * sqrt (INR m))) by now rewrite MM. field; lra. }
  assert (Ball : forall s, in_ball d m (rw / sqrt (INR m)) (ru / sqrt (INR m)) start (theta s)).
  { intros [|s].
    - rewrite T0. intros i Hi. rewrite Rminus_eq_0, Rabs_R0, sum_zero by (intros; ring). split; [apply NN; lra|apply pow2_ge_0].
    - rewrite TS. apply project_lands; apply NN; lra. }
  assert (Wide : in_ball d m (rw / sqrt (INR m)) (ru / sqrt (INR m)) start comparator).
  { intros i Hi. destruct (Hcomp i Hi) as [A B]. pose proof (LE nw rw ltac:(lra)). pose proof (LE nu_ ru ltac:(lra)). split; [lra|].
    eapply Rle_trans; [apply B|]. apply pow_incr. split; [apply NN; lra|auto]. }
  assert (Slow : forall th, in_ball d m (rw / sqrt (INR m)) (ru / sqrt (INR m)) start th -> slow a m th).
  { intros th H i Hi. destruct (H i Hi) as [A _]. specialize (Hstart i). unfold a.
    replace (th i 0%nat) with (start i 0%nat + (th i 0%nat - start i 0%nat)) by ring. eapply Rle_trans; [apply Rabs_triang|]. lra. }
  assert (R2 : radius ^ 2 = (rw + nw) ^ 2 + (ru + nu_) ^ 2).
  { unfold radius. rewrite <- Rsqr_pow2, Rsqr_sqrt; auto. pose proof (pow2_ge_0 (rw + nw)). pose proof (pow2_ge_0 (ru + nu_)). lra. }
  split; auto.
  replace (nw ^ 2 + nu_ ^ 2) with (sqrt (nw ^ 2 + nu_ ^ 2) ^ 2)
    by (rewrite <- Rsqr_pow2, Rsqr_sqrt; auto; pose proof (pow2_ge_0 nw); pose proof (pow2_ge_0 nu_); lra).
  apply (projected_descent_of_network sg dsg ddsg d D1 D2 s0 s1 s2 a B0 B1 B2 m Hm c Hc K seq time Y level size Hsize Hseq Lam HLam
    comparator (Slow _ Wide) Hlevel radius Z (sqrt_pos _) HZ theta eta _ tau); auto.
  - intros s i Hi. destruct (Ball s i Hi) as [A B]. destruct (Hcomp i Hi) as [A' B']. unfold gap2. rewrite sum_head, R2.
    replace (((rw + nw) ^ 2 + (ru + nu_) ^ 2) / INR m) with ((nw / sqrt (INR m) + rw / sqrt (INR m)) ^ 2 + (nu_ / sqrt (INR m) + ru / sqrt (INR m)) ^ 2)
      by (rewrite <- !Rdiv_plus_distr, !SQ; field; lra).
    apply Rplus_le_compat.
    + rewrite <- pow2_abs. apply pow_incr. split; [apply Rabs_pos|].
      replace (comparator i 0%nat - theta s i 0%nat) with (comparator i 0%nat - start i 0%nat - (theta s i 0%nat - start i 0%nat)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp. lra.
    + rewrite (sum_ext _ (fun k => (comparator i (S k) - start i (S k) - (theta s i (S k) - start i (S k))) ^ 2)) by (intros; ring).
      apply (minkowski (fun k => comparator i (S k) - start i (S k)) (fun k => theta s i (S k) - start i (S k))); auto; apply NN; lra.
  - intros s. rewrite TS. apply (project_contracts d m _ _ (NN rw ltac:(lra)) (NN ru ltac:(lra)) start (step s) comparator Wide).
  - rewrite T0. unfold apart. rewrite <- Rsqr_pow2, Rsqr_sqrt by (pose proof (pow2_ge_0 nw); pose proof (pow2_ge_0 nu_); lra).
    apply Rle_trans with (sum (fun _ => (nw ^ 2 + nu_ ^ 2) / INR m) m).
    + apply sum_le; intros i Hi. destruct (Hcomp i Hi) as [A B]. unfold gap2. rewrite sum_head.
      replace ((nw ^ 2 + nu_ ^ 2) / INR m) with ((nw / sqrt (INR m)) ^ 2 + (nu_ / sqrt (INR m)) ^ 2) by (rewrite !SQ; field; lra).
      apply Rplus_le_compat.
      * replace ((start i 0%nat - comparator i 0%nat) ^ 2) with (Rabs (comparator i 0%nat - start i 0%nat) ^ 2) by (rewrite pow2_abs; ring).
        apply pow_incr. split; [apply Rabs_pos|auto].
      * eapply Rle_trans; [|apply B]. right. apply sum_ext; intros; ring.
    + rewrite sum_const. right. field. lra.
Qed.

(** Mirrored initialisation: with opposite signs on equal neurons the network is zero for every input, so the output bound and
    the linearisation speak of the output itself. *)
Theorem mirrored_network_is_zero : forall sg d h (c : nat -> R) (th : weights) X t,
  (forall i, (i < h)%nat -> c (h + i)%nat = - c i) -> (forall i k, (i < h)%nat -> th (h + i)%nat k = th i k) ->
  network sg d (h + h) c th X t = 0.
Proof.
  intros sg d h c th X t Hc Hth. unfold network.
  assert (S2 : forall (f : nat -> R) p q, sum f (p + q) = sum f p + sum (fun i => f (p + i)%nat) q).
  { intros f p q; induction q as [|q IH]; [rewrite Nat.add_0_r; simpl; ring|]. rewrite Nat.add_succ_r. simpl. rewrite IH. ring. }
  rewrite S2, (sum_ext (fun i => c (h + i)%nat * _) (fun i => - (c i * neuron sg d (th i) X t))).
  - rewrite <- sum_opp. ring.
  - intros i Hi. rewrite Hc by auto. unfold neuron. rewrite Hth by auto.
    rewrite (hidden_ext sg (th i 0%nat) (input_drive d (th (h + i)%nat) X) (input_drive d (th i) X)); [ring|].
    intros k. unfold input_drive. apply sum_ext; intros j Hj. now rewrite Hth.
Qed.
