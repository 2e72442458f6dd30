(** * Lipschitz and smoothness constants of one neuron, and the linearisation of the network

    Cayci and Eryilmaz 2024. Constants: |sg| <= s0, |sg'| <= s1, |sg''| <= s2, |w| <= a, X = a s1, C = sqrt (1 + s0^2).
    A direction has length at most r: speed v of the weight and speed x t of the drive with v^2 + D^2 <= r^2, |x t| <= D. *)
Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Require Import Learnability.Theory.Sums Learnability.Theory.Geometric Learnability.Theory.Neuron.
Require Import Learnability.Theory.ProjectedDescent.
Open Scope R_scope.

(** L_t and beta_t. *)
Definition lipschitz (s0 s1 X : R) (t : nat) : R := s1 * sqrt (s0 ^ 2 * p X (pred t) ^ 2 + p X t ^ 2).
Definition crude (s0 : R) : R := sqrt (1 + s0 ^ 2).

Lemma crude_square : forall s0, crude s0 ^ 2 = 1 + s0 ^ 2.
Proof. intros; unfold crude. rewrite <- Rsqr_pow2, Rsqr_sqrt; [auto|pose proof (pow2_ge_0 s0); lra]. Qed.

Lemma crude_nonneg : forall s0, 0 <= crude s0.
Proof. intros; apply sqrt_pos. Qed.

(** Cauchy-Schwarz in the plane. *)
Lemma plane_bound : forall V D r A B, 0 <= r -> V ^ 2 + D ^ 2 <= r ^ 2 -> V * A + D * B <= r * sqrt (A ^ 2 + B ^ 2).
Proof.
  intros V D r A B Hr H. pose proof (pow2_ge_0 A). pose proof (pow2_ge_0 B).
  assert (S : sqrt (A ^ 2 + B ^ 2) * sqrt (A ^ 2 + B ^ 2) = A ^ 2 + B ^ 2) by (apply sqrt_sqrt; lra).
  pose proof (sqrt_pos (A ^ 2 + B ^ 2)) as P. set (S0 := sqrt (A ^ 2 + B ^ 2)) in *.
  assert (Q : (V * A + D * B) ^ 2 <= (r * S0) ^ 2).
  { replace ((r * S0) ^ 2) with (r ^ 2 * (A ^ 2 + B ^ 2)) by (rewrite <- S; ring).
    apply Rle_trans with ((V ^ 2 + D ^ 2) * (A ^ 2 + B ^ 2)).
    - pose proof (pow2_ge_0 (V * B - D * A)). lra.
    - apply Rmult_le_compat_r; lra. }
  assert (0 <= r * S0) by now apply Rmult_le_pos.
  apply Rsqr_incr_0_var; auto. rewrite !Rsqr_pow2. auto.
Qed.

Section Bounds.
Variables sg dsg ddsg : R -> R.
Variables w v : R.
Variables b x : nat -> R.
Hypothesis sg_derive : forall z, is_derive sg z (dsg z).
Hypothesis dsg_derive : forall z, is_derive dsg z (ddsg z).

Definition drive (e : R) (t : nat) : R := (w + e * v) * hidden sg w v b x e t + (b t + e * x t).
Definition drive_slope (e : R) (t : nat) : R := v * hidden sg w v b x e t + x t + (w + e * v) * slope sg dsg w v b x e t.

Fixpoint bend (e : R) (t : nat) : R :=
  match t with
  | O => 0
  | S k => ddsg (drive e k) * drive_slope e k ^ 2 + dsg (drive e k) * (2 * v * slope sg dsg w v b x e k + (w + e * v) * bend e k)
  end.

Lemma drive_derive : forall e t, is_derive (fun u => drive u t) e (drive_slope e t).
Proof.
  intros e t. unfold drive, drive_slope. evar_last.
  - apply (is_derive_plus (fun u => (w + u * v) * hidden sg w v b x u t) (fun u => b t + u * x t)).
    + apply (is_derive_mult (fun u => w + u * v) (fun u => hidden sg w v b x u t)).
      * instantiate (1 := v). auto_derive; [auto|ring].
      * apply neuron_derivative; auto.
      * intros; apply Rmult_comm.
    + instantiate (1 := x t). auto_derive; [auto|ring].
  - unfold plus, mult; simpl. ring.
Qed.

(** The second recursion is the second derivative along the line. *)
Theorem neuron_second_derivative : forall e t, is_derive (fun u => slope sg dsg w v b x u t) e (bend e t).
Proof.
  intros e t; induction t as [|t IH].
  - apply (is_derive_const 0 e).
  - apply (is_derive_ext (fun u => dsg (drive u t) * drive_slope u t)); [reflexivity|]. evar_last.
    + apply (is_derive_mult (fun u => dsg (drive u t)) (fun u => drive_slope u t)).
      * apply (is_derive_comp dsg (fun u => drive u t)); [apply dsg_derive|apply drive_derive].
      * unfold drive_slope.
        apply (is_derive_plus (fun u => v * hidden sg w v b x u t + x t) (fun u => (w + u * v) * slope sg dsg w v b x u t)).
        -- apply (is_derive_plus (fun u => v * hidden sg w v b x u t) (fun _ => x t)).
           ++ apply (is_derive_scal (fun u => hidden sg w v b x u t)). apply neuron_derivative; auto.
           ++ apply (is_derive_const (x t) e).
        -- apply (is_derive_mult (fun u => w + u * v) (fun u => slope sg dsg w v b x u t)).
           ++ instantiate (1 := v). auto_derive; [auto|ring].
           ++ apply IH.
           ++ intros; apply Rmult_comm.
      * intros; apply Rmult_comm.
    + simpl bend. unfold plus, mult, scal, zero; simpl. unfold mult; simpl. ring.
Qed.

Variables s0 s1 s2 a V D r : R.
Hypothesis sg_bound : forall z, Rabs (sg z) <= s0.
Hypothesis dsg_bound : forall z, Rabs (dsg z) <= s1.
Hypothesis ddsg_bound : forall z, Rabs (ddsg z) <= s2.
Hypothesis speed_bound : Rabs v <= V.
Hypothesis drive_bound : forall t, Rabs (x t) <= D.
Hypothesis length_nonneg : 0 <= r.
Hypothesis length_bound : V ^ 2 + D ^ 2 <= r ^ 2.

Lemma constants_nonneg : 0 <= s0 /\ 0 <= s1 /\ 0 <= s2 /\ 0 <= V /\ 0 <= D.
Proof.
  repeat split; eapply Rle_trans; try apply Rabs_pos; [apply (sg_bound 0)|apply (dsg_bound 0)|apply (ddsg_bound 0)|apply speed_bound|apply (drive_bound 0)].
Qed.

Lemma hidden_bound : forall e t, Rabs (hidden sg w v b x e t) <= s0.
Proof. intros e [|t]; simpl; [rewrite Rabs_R0; apply constants_nonneg|apply sg_bound]. Qed.

Lemma slope_bound : forall e t, Rabs (w + e * v) <= a -> Rabs (slope sg dsg w v b x e t) <= s1 * (V * (s0 * p (a * s1) (pred t)) + D * p (a * s1) t).
Proof.
  intros e t W. destruct constants_nonneg as (S0 & S1 & _ & V0 & D0).
  assert (A0 : 0 <= a) by (eapply Rle_trans; [apply Rabs_pos|apply W]).
  assert (X0 : 0 <= a * s1) by now apply Rmult_le_pos.
  induction t as [|t IH]; [simpl; unfold p; simpl; rewrite Rabs_R0; nra|].
  simpl slope. rewrite Rabs_mult. fold (drive e t) (drive_slope e t).
  apply Rmult_le_compat; auto using Rabs_pos. simpl pred. rewrite (p_recursion (a * s1) t).
  assert (M : Rabs ((w + e * v) * slope sg dsg w v b x e t) <= a * (s1 * (V * (s0 * p (a * s1) (pred t)) + D * p (a * s1) t))).
  { rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos. }
  assert (F : Rabs (v * hidden sg w v b x e t) + a * s1 * (V * (s0 * p (a * s1) (pred t))) <= V * (s0 * p (a * s1) t)).
  { destruct t as [|t]; [simpl; unfold p; simpl; rewrite Rmult_0_r, Rabs_R0; lra|].
    simpl pred. rewrite (p_recursion (a * s1) t). rewrite Rabs_mult.
    assert (Rabs v * Rabs (hidden sg w v b x e (S t)) <= V * s0) by (apply Rmult_le_compat; auto using Rabs_pos, hidden_bound).
    nra. }
  unfold drive_slope. eapply Rle_trans; [apply Rabs_triang|].
  eapply Rle_trans; [apply Rplus_le_compat_r, Rabs_triang|]. specialize (drive_bound t). lra.
Qed.

(** Lemma A: along a direction of length r the first derivative is at most r L_t. *)
Theorem neuron_lipschitz : forall e t, Rabs (w + e * v) <= a -> Rabs (slope sg dsg w v b x e t) <= r * lipschitz s0 s1 (a * s1) t.
Proof.
  intros e t W. destruct constants_nonneg as (S0 & S1 & _ & V0 & D0). eapply Rle_trans; [now apply slope_bound|].
  unfold lipschitz. rewrite (Rmult_comm r), Rmult_assoc. apply Rmult_le_compat_l; auto. rewrite (Rmult_comm _ r).
  replace (s0 ^ 2 * p (a * s1) (pred t) ^ 2) with ((s0 * p (a * s1) (pred t)) ^ 2) by ring. now apply plane_bound.
Qed.

Lemma speed_and_drive : V * s0 + D <= r * crude s0.
Proof.
  pose proof (plane_bound V D r s0 1 length_nonneg length_bound). unfold crude.
  replace (1 + s0 ^ 2) with (s0 ^ 2 + 1 ^ 2) by ring. lra.
Qed.

Lemma slope_crude : forall e t, Rabs (w + e * v) <= a -> Rabs (slope sg dsg w v b x e t) <= r * (s1 * crude s0 * p (a * s1) t).
Proof.
  intros e t W. destruct constants_nonneg as (S0 & S1 & _ & V0 & D0).
  assert (A0 : 0 <= a) by (eapply Rle_trans; [apply Rabs_pos|apply W]).
  assert (X0 : 0 <= a * s1) by now apply Rmult_le_pos.
  eapply Rle_trans; [apply (neuron_first_derivative_bound sg dsg w v b x s0 s1 a V D); auto|].
  pose proof (p_nonneg (a * s1) t X0). pose proof speed_and_drive.
  replace (r * (s1 * crude s0 * p (a * s1) t)) with (s1 * (r * crude s0) * p (a * s1) t) by ring.
  apply Rmult_le_compat_r; auto. apply Rmult_le_compat_l; auto.
Qed.

Lemma drive_slope_bound : forall e t, Rabs (w + e * v) <= a -> Rabs (drive_slope e t) <= r * (crude s0 * p (a * s1) (S t)).
Proof.
  intros e t W. destruct constants_nonneg as (S0 & S1 & _ & V0 & D0).
  rewrite p_recursion. unfold drive_slope. eapply Rle_trans; [apply Rabs_triang|].
  assert (Rabs (v * hidden sg w v b x e t + x t) <= r * crude s0).
  { eapply Rle_trans; [apply Rabs_triang|]. eapply Rle_trans; [|apply speed_and_drive]. apply Rplus_le_compat; auto.
    rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos, hidden_bound. }
  assert (Rabs ((w + e * v) * slope sg dsg w v b x e t) <= a * (r * (s1 * crude s0 * p (a * s1) t))).
  { rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos, slope_crude. }
  lra.
Qed.

(** Lemma B: along a direction of length r the second derivative is at most r^2 beta_t. *)
Theorem neuron_smoothness : forall e t, Rabs (w + e * v) <= a -> Rabs (bend e t) <= r ^ 2 * smoothness s1 s2 (crude s0) (a * s1) t.
Proof.
  intros e t W. destruct constants_nonneg as (S0 & S1 & S2 & V0 & D0).
  assert (VR : V <= r).
  { apply Rsqr_incr_0_var; auto. rewrite !Rsqr_pow2. pose proof (pow2_ge_0 D). lra. }
  induction t as [|t IH]; [simpl; rewrite Rabs_R0; lra|]. simpl bend. simpl smoothness.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite (Rabs_mult (ddsg _)), (Rabs_mult (dsg _)).
  assert (P : Rabs (drive_slope e t ^ 2) <= (r * (crude s0 * p (a * s1) (S t))) ^ 2).
  { rewrite <- RPow_abs. apply pow_incr. split; [apply Rabs_pos|now apply drive_slope_bound]. }
  assert (T1 : Rabs (ddsg (drive e t)) * Rabs (drive_slope e t ^ 2) <= s2 * (r * (crude s0 * p (a * s1) (S t))) ^ 2)
    by (apply Rmult_le_compat; auto using Rabs_pos).
  assert (T2 : Rabs (2 * v * slope sg dsg w v b x e t + (w + e * v) * bend e t)
    <= 2 * (r * (r * (s1 * crude s0 * p (a * s1) t))) + a * (r ^ 2 * smoothness s1 s2 (crude s0) (a * s1) t)).
  { eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat.
    - rewrite !Rabs_mult, (Rabs_pos_eq 2), Rmult_assoc by lra. apply Rmult_le_compat_l; [lra|].
      apply Rmult_le_compat; auto using Rabs_pos, slope_crude. lra.
    - rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos. }
  assert (T3 : Rabs (dsg (drive e t)) * Rabs (2 * v * slope sg dsg w v b x e t + (w + e * v) * bend e t)
    <= s1 * (2 * (r * (r * (s1 * crude s0 * p (a * s1) t))) + a * (r ^ 2 * smoothness s1 s2 (crude s0) (a * s1) t)))
    by (apply Rmult_le_compat; auto using Rabs_pos).
  eapply Rle_trans; [apply Rplus_le_compat; [apply T1|apply T3]|]. right; simpl; ring.
Qed.
End Bounds.

(** ** Taylor's bound of second order *)

Lemma taylor_upper : forall f df ddf B, (forall u, is_derive f u (df u)) -> (forall u, is_derive df u (ddf u)) ->
  (forall u, 0 <= u <= 1 -> ddf u <= B) -> f 1 - f 0 - df 0 <= B / 2.
Proof.
  intros f df ddf B F G H.
  assert (S : forall u, 0 <= u <= 1 -> df u - df 0 <= B * u).
  { intros u Hu. destruct (MVT_gen df 0 u ddf) as [c [Hc E]].
    - intros; apply G.
    - intros y _. apply continuity_pt_filterlim, (ex_derive_continuous df). exists (ddf y); apply G.
    - rewrite Rmin_left, Rmax_right in Hc by lra. rewrite E, Rminus_0_r. apply Rmult_le_compat_r; [lra|]. apply H; lra. }
  destruct (MVT_gen (fun u => f u - u * df 0 - B * u ^ 2 / 2) 0 1 (fun u => df u - df 0 - B * u)) as [c [Hc E]].
  - intros u _. evar_last.
    + apply (is_derive_minus (fun u => f u - u * df 0) (fun u => B * u ^ 2 / 2)).
      * apply (is_derive_minus f (fun u => u * df 0)); [apply F|]. instantiate (1 := df 0). auto_derive; [auto|ring].
      * instantiate (1 := B * u). auto_derive; [auto|field].
    + unfold minus, plus, opp; simpl. ring.
  - intros u _. apply continuity_pt_filterlim. apply (ex_derive_continuous (fun u => f u - u * df 0 - B * u ^ 2 / 2)).
    exists (df u - df 0 - B * u). evar_last.
    + apply (is_derive_minus (fun u => f u - u * df 0) (fun u => B * u ^ 2 / 2)).
      * apply (is_derive_minus f (fun u => u * df 0)); [apply F|]. instantiate (1 := df 0). auto_derive; [auto|ring].
      * instantiate (1 := B * u). auto_derive; [auto|field].
    + unfold minus, plus, opp; simpl. ring.
  - rewrite Rmin_left, Rmax_right in Hc by lra. specialize (S c). cbv beta in E. lra.
Qed.

Lemma taylor_second_order : forall f df ddf B, (forall u, is_derive f u (df u)) -> (forall u, is_derive df u (ddf u)) ->
  (forall u, 0 <= u <= 1 -> Rabs (ddf u) <= B) -> Rabs (f 1 - f 0 - df 0) <= B / 2.
Proof.
  intros f df ddf B F G H. apply Rabs_le. split.
  - assert (T : - f 1 - - f 0 - - df 0 <= B / 2).
    { apply (taylor_upper (fun u => - f u) (fun u => - df u) (fun u => - ddf u)).
      - intros u; apply (is_derive_opp f), F.
      - intros u; apply (is_derive_opp df), G.
      - intros u Hu. specialize (H u Hu). apply Rabs_le_between in H. lra. }
    lra.
  - apply (taylor_upper f df ddf); auto. intros u Hu. specialize (H u Hu). apply Rabs_le_between in H. lra.
Qed.

Lemma mean_value_bound : forall f df B, (forall u, is_derive f u (df u)) -> (forall u, 0 <= u <= 1 -> Rabs (df u) <= B) ->
  Rabs (f 1 - f 0) <= B.
Proof.
  intros f df B F H. destruct (MVT_gen f 0 1 df) as [c [Hc E]].
  - intros; apply F.
  - intros y _. apply continuity_pt_filterlim, (ex_derive_continuous f). exists (df y); apply F.
  - rewrite Rmin_left, Rmax_right in Hc by lra. rewrite E, Rminus_0_r, Rmult_1_r. now apply H.
Qed.
