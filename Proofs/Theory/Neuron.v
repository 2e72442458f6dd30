(** * One recurrent neuron along a line of parameters: Lipschitz and smoothness constants

    Cayci and Eryilmaz 2024. h_(t+1) = sg (w h_t + input_t), h_0 = 0; along the line the weight moves at speed v and the
    input drive at speed x t. Constants: |sg| <= s0, |sg'| <= s1, |w| <= a, and X = a s1. *)
Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Require Import Learnability.Theory.Sums Learnability.Theory.Geometric.
Open Scope R_scope.

Section Neuron.
Variables sg dsg : R -> R.
Variables w v : R.
Variables b x : nat -> R.
Hypothesis sg_derive : forall z, is_derive sg z (dsg z).

Fixpoint hidden (e : R) (t : nat) : R :=
  match t with O => 0 | S k => sg ((w + e * v) * hidden e k + (b k + e * x k)) end.
Fixpoint slope (e : R) (t : nat) : R :=
  match t with
  | O => 0
  | S k => dsg ((w + e * v) * hidden e k + (b k + e * x k)) * (v * hidden e k + x k + (w + e * v) * slope e k)
  end.

(** The gradient recursion is the derivative. *)
Theorem neuron_derivative : forall e t, is_derive (fun u => hidden u t) e (slope e t).
Proof.
  intros e t; induction t as [|t IH]; simpl.
  - apply (is_derive_const 0 e).
  - evar_last.
    + apply (is_derive_comp sg (fun u => (w + u * v) * hidden u t + (b t + u * x t))).
      * apply sg_derive.
      * apply (is_derive_plus (fun u => (w + u * v) * hidden u t) (fun u => b t + u * x t)).
        -- apply (is_derive_mult (fun u => w + u * v) (fun u => hidden u t)).
           ++ instantiate (1 := v). auto_derive; [auto|ring].
           ++ apply IH.
           ++ intros; apply Rmult_comm.
        -- instantiate (1 := x t). auto_derive; [auto|ring].
    + unfold scal, plus, mult; simpl. unfold mult; simpl. ring.
Qed.

Variables s0 s1 a V D : R.
Hypothesis sg_bound : forall z, Rabs (sg z) <= s0.
Hypothesis dsg_bound : forall z, Rabs (dsg z) <= s1.
Hypothesis speed_bound : Rabs v <= V.
Hypothesis drive_bound : forall t, Rabs (x t) <= D.

(** Lemma A, in one direction: |h_t'| <= s1 (V s0 + D) p_t (a s1). *)
Theorem neuron_first_derivative_bound : forall e t, Rabs (w + e * v) <= a ->
  Rabs (slope e t) <= s1 * (V * s0 + D) * p (a * s1) t.
Proof.
  intros e t W.
  assert (S0 : 0 <= s0) by (eapply Rle_trans; [apply Rabs_pos|apply (sg_bound 0)]).
  assert (S1 : 0 <= s1) by (eapply Rle_trans; [apply Rabs_pos|apply (dsg_bound 0)]).
  assert (V0 : 0 <= V) by (eapply Rle_trans; [apply Rabs_pos|apply speed_bound]).
  assert (HB : forall k, Rabs (hidden e k) <= s0) by (intros [|k]; simpl; [rewrite Rabs_R0; auto|apply sg_bound]).
  induction t as [|t IH]; [unfold p; simpl; rewrite Rabs_R0; lra|].
  rewrite p_recursion. simpl slope. rewrite Rabs_mult.
  set (C := V * s0 + D) in *.
  assert (M : Rabs (v * hidden e t + x t + (w + e * v) * slope e t) <= C + a * (s1 * C * p (a * s1) t)).
  { eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat.
    - eapply Rle_trans; [apply Rabs_triang|]. unfold C. apply Rplus_le_compat; [|apply drive_bound].
      rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos.
    - rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos. }
  apply Rle_trans with (s1 * (C + a * (s1 * C * p (a * s1) t))).
  - apply Rmult_le_compat; auto using Rabs_pos.
  - right; ring.
Qed.
End Neuron.

(** ** Smoothness: the recursion of the second-derivative bound and its closed form *)

(** s2 bounds |sg''|, C is sqrt (1 + s0^2), X = a s1. *)
Fixpoint smoothness (s1 s2 C X : R) (t : nat) : R :=
  match t with
  | O => 0
  | S k => s2 * C ^ 2 * p X (S k) ^ 2 + 2 * s1 * (s1 * C * p X k) + X * smoothness s1 s2 C X k
  end.

Theorem smoothness_closed_form : forall s1 s2 C X t, 0 <= s2 -> 0 <= X ->
  smoothness s1 s2 C X t <= s2 * C ^ 2 * (p X t * q X t) + 2 * s1 ^ 2 * C * q X (pred t).
Proof.
  intros s1 s2 C X t H2 HX; induction t as [|t IH]; [unfold p, q; simpl; lra|].
  simpl smoothness. simpl pred.
  assert (Q : q X t = p X t + X * q X (pred t)).
  { destruct t as [|t]; [unfold p, q; simpl; ring|]. apply q_recursion. }
  rewrite (q_recursion X t).
  assert (P1 : p X t <= p X (S t)) by (apply p_monotone; [lra|lia]).
  assert (Q0 : 0 <= q X t) by now apply q_nonneg.
  assert (E : X * (p X t * q X t) <= X * (p X (S t) * q X t)).
  { apply Rmult_le_compat_l; auto. apply Rmult_le_compat_r; auto. }
  assert (F : 0 <= s2 * C ^ 2) by (apply Rmult_le_pos; auto; apply pow2_ge_0).
  assert (G : X * smoothness s1 s2 C X t <= X * (s2 * C ^ 2 * (p X t * q X t) + 2 * s1 ^ 2 * C * q X (pred t)))
    by (apply Rmult_le_compat_l; auto).
  assert (I : s2 * C ^ 2 * (X * (p X t * q X t)) <= s2 * C ^ 2 * (X * (p X (S t) * q X t))) by (apply Rmult_le_compat_l; auto).
  assert (J : 2 * s1 ^ 2 * C * q X t = 2 * s1 ^ 2 * C * p X t + 2 * s1 ^ 2 * C * (X * q X (pred t))) by (rewrite Q at 1; ring).
  nra.
Qed.
