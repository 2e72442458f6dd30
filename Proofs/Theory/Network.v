(** * The diagonal network: linearisation, gradient bounds, and both descent theorems

    Cayci and Eryilmaz 2024. Neuron i has parameters theta i 0 (its weight) and theta i 1, ..., theta i d (input weights);
    F_t (X) = m^(-1/2) sum c_i h_t(theta_i; X). There are K residuals, the J-th at sequence [seq J], step [time J] and target [Y J];
    the loss is their sum of squares over [size]. What the paper takes from the random initialisation enters by name: a comparator
    whose J-th residual is at most [level J]. *)
Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Require Import Learnability.Theory.Sums Learnability.Theory.Geometric Learnability.Theory.Neuron.
Require Import Learnability.Theory.ProjectedDescent Learnability.Theory.Smoothness.
Open Scope R_scope.

Definition weights := nat -> nat -> R.
Definition inputs := nat -> nat -> R.

Lemma sum_opp : forall f n, - sum f n = sum (fun i => - f i) n.
Proof. intros f n; induction n; simpl; lra. Qed.

Lemma hidden_line : forall sg w v b x e t,
  hidden sg w v b x e t = hidden sg (w + e * v) 0 (fun k => b k + e * x k) (fun _ => 0) 0 t.
Proof. intros; induction t as [|t IH]; simpl; [easy|]. rewrite <- IH. f_equal. ring. Qed.

Lemma hidden_ext : forall sg w b b' t, (forall k, b k = b' k) -> hidden sg w 0 b (fun _ => 0) 0 t = hidden sg w 0 b' (fun _ => 0) 0 t.
Proof. intros sg w b b' t H; induction t as [|t IH]; simpl; [easy|]. now rewrite IH, H. Qed.

Lemma hidden_start : forall sg w v b x t, hidden sg w v b x 0 t = hidden sg w 0 b (fun _ => 0) 0 t.
Proof. intros; induction t as [|t IH]; simpl; [easy|]. rewrite <- IH. f_equal. ring. Qed.

Section Network.
Variables sg dsg ddsg : R -> R.
Variable d : nat.

Definition input_drive (th : nat -> R) (X : inputs) (t : nat) : R := sum (fun k => th (S k) * X t k) d.
Definition neuron (th : nat -> R) (X : inputs) (t : nat) : R := hidden sg (th 0%nat) 0 (input_drive th X) (fun _ => 0) 0 t.
(** Partial derivatives by the weight and by the input weights. *)
Definition neuron_gradient (th : nat -> R) (X : inputs) (t k : nat) : R :=
  match k with
  | O => slope sg dsg (th 0%nat) 1 (input_drive th X) (fun _ => 0) 0 t
  | S j => slope sg dsg (th 0%nat) 0 (input_drive th X) (fun s => X s j) 0 t
  end.

(** A directional derivative is the inner product with the gradient. *)
Theorem neuron_slope_is_inner_product : forall (th y : nat -> R) X t,
  slope sg dsg (th 0%nat) (y 0%nat) (input_drive th X) (fun s => sum (fun k => y (S k) * X s k) d) 0 t
  = sum (fun k => y k * neuron_gradient th X t k) (S d).
Proof.
  intros th y X t. rewrite sum_head. induction t as [|t IH].
  - simpl. rewrite sum_zero by (intros; ring). ring.
  - simpl neuron_gradient in *. simpl slope.
    rewrite (hidden_start sg _ (y 0%nat)), (hidden_start sg _ 1). rewrite IH.
    set (h := hidden sg (th 0%nat) 0 (input_drive th X) (fun _ => 0) 0 t).
    rewrite (sum_ext (fun i => y (S i) * (dsg ((th 0%nat + 0 * 0) * hidden sg (th 0%nat) 0 (input_drive th X) (fun s => X s i) 0 t + (input_drive th X t + 0 * X t i)) * _))
      (fun i => dsg (th 0%nat * h + input_drive th X t) * (y (S i) * X t i) + dsg (th 0%nat * h + input_drive th X t) * th 0%nat * (y (S i) * slope sg dsg (th 0%nat) 0 (input_drive th X) (fun s => X s i) 0 t))).
    + rewrite sum_plus, !sum_scal.
      replace ((th 0%nat + 0 * y 0%nat) * h + (input_drive th X t + 0 * sum (fun k => y (S k) * X t k) d)) with (th 0%nat * h + input_drive th X t) by ring.
      replace ((th 0%nat + 0 * 1) * h + (input_drive th X t + 0 * 0)) with (th 0%nat * h + input_drive th X t) by ring. ring.
    + intros i Hi. rewrite (hidden_start sg (th 0%nat) 0 (input_drive th X) (fun s => X s i)). fold h.
      replace ((th 0%nat + 0 * 0) * h + (input_drive th X t + 0 * X t i)) with (th 0%nat * h + input_drive th X t) by ring. ring.
Qed.

Hypothesis sg_derive : forall z, is_derive sg z (dsg z).
Hypothesis dsg_derive : forall z, is_derive dsg z (ddsg z).
Variables s0 s1 s2 a : R.
Hypothesis sg_bound : forall z, Rabs (sg z) <= s0.
Hypothesis dsg_bound : forall z, Rabs (dsg z) <= s1.
Hypothesis ddsg_bound : forall z, Rabs (ddsg z) <= s2.

Definition unit_inputs (X : inputs) : Prop := forall t, sum (fun k => X t k ^ 2) d <= 1.
Definition gap2 (th th' : nat -> R) : R := sum (fun k => (th' k - th k) ^ 2) (S d).
Definition Lip (t : nat) : R := lipschitz s0 s1 (a * s1) t.
Definition Smooth (t : nat) : R := smoothness s1 s2 (crude s0) (a * s1) t.

Lemma slope_constants : 0 <= s0 /\ 0 <= s1 /\ 0 <= s2.
Proof. repeat split; eapply Rle_trans; try apply Rabs_pos; [apply (sg_bound 0)|apply (dsg_bound 0)|apply (ddsg_bound 0)]. Qed.

Lemma lip_nonneg : forall t, 0 <= Lip t.
Proof. intros; apply Rmult_le_pos; [apply slope_constants|apply sqrt_pos]. Qed.

Lemma drive_speed : forall (y : nat -> R) X t, unit_inputs X -> Rabs (sum (fun k => y k * X t k) d) <= sqrt (sum (fun k => y k ^ 2) d).
Proof.
  intros y X t HX. pose proof (cauchy_schwarz y (X t) d) as C. specialize (HX t).
  assert (P : 0 <= sum (fun k => y k ^ 2) d) by (apply sum_nonneg; intros; apply pow2_ge_0).
  rewrite <- sqrt_Rsqr_abs. apply sqrt_le_1_alt. rewrite Rsqr_pow2. eapply Rle_trans; [apply C|]. nra.
Qed.

(** The line from th to th'. *)
Section Line.
Variables th th' : nat -> R.
Variable X : inputs.
Variable r : R.
Hypothesis X_unit : unit_inputs X.
Hypothesis r_nonneg : 0 <= r.
Hypothesis close : gap2 th th' <= r ^ 2.
Hypothesis w_bound : Rabs (th 0%nat) <= a.
Hypothesis w_bound' : Rabs (th' 0%nat) <= a.

Let v := th' 0%nat - th 0%nat.
Let y := fun k => th' (S k) - th (S k).
Let x := fun s => sum (fun k => y k * X s k) d.
Let D := sqrt (sum (fun k => y k ^ 2) d).

Lemma line_length : Rabs v ^ 2 + D ^ 2 <= r ^ 2.
Proof.
  unfold D. rewrite pow2_abs, <- (Rsqr_pow2 (sqrt _)), Rsqr_sqrt by (apply sum_nonneg; intros; apply pow2_ge_0).
  unfold gap2 in close. rewrite sum_head in close. exact close.
Qed.

Lemma line_weight : forall e, 0 <= e <= 1 -> Rabs (th 0%nat + e * v) <= a.
Proof.
  intros e He. apply Rabs_le_between in w_bound. apply Rabs_le_between in w_bound'. apply Rabs_le. unfold v. split; nra.
Qed.

Lemma line_ends : forall t, hidden sg (th 0%nat) v (input_drive th X) x 1 t = neuron th' X t
  /\ hidden sg (th 0%nat) v (input_drive th X) x 0 t = neuron th X t
  /\ slope sg dsg (th 0%nat) v (input_drive th X) x 0 t = sum (fun k => (th' k - th k) * neuron_gradient th X t k) (S d).
Proof.
  intros t. repeat split.
  - rewrite hidden_line. unfold neuron. replace (th 0%nat + 1 * v) with (th' 0%nat) by (unfold v; ring).
    apply hidden_ext. intros k. unfold input_drive, x, y. rewrite Rmult_1_l, <- sum_plus. apply sum_ext; intros; ring.
  - apply hidden_start.
  - apply (neuron_slope_is_inner_product th (fun k => th' k - th k) X t).
Qed.

Theorem neuron_linearisation : forall t,
  Rabs (neuron th' X t - neuron th X t - sum (fun k => (th' k - th k) * neuron_gradient th X t k) (S d)) <= r ^ 2 * Smooth t / 2.
Proof.
  intros t. destruct (line_ends t) as (E1 & E0 & EG). rewrite <- E1, <- E0, <- EG.
  apply (taylor_second_order (fun e => hidden sg (th 0%nat) v (input_drive th X) x e t)
    (fun e => slope sg dsg (th 0%nat) v (input_drive th X) x e t) (fun e => bend sg dsg ddsg (th 0%nat) v (input_drive th X) x e t)).
  - intros; now apply neuron_derivative.
  - intros; now apply neuron_second_derivative.
  - intros e He. apply (neuron_smoothness sg dsg ddsg (th 0%nat) v (input_drive th X) x s0 s1 s2 a (Rabs v) D r); auto.
    + lra.
    + intros s. now apply drive_speed.
    + apply line_length.
    + now apply line_weight.
Qed.

Theorem neuron_change : forall t, Rabs (neuron th' X t - neuron th X t) <= r * Lip t.
Proof.
  intros t. destruct (line_ends t) as (E1 & E0 & _). rewrite <- E1, <- E0.
  apply (mean_value_bound (fun e => hidden sg (th 0%nat) v (input_drive th X) x e t)
    (fun e => slope sg dsg (th 0%nat) v (input_drive th X) x e t)).
  - intros; now apply neuron_derivative.
  - intros e He. apply (neuron_lipschitz sg dsg ddsg (th 0%nat) v (input_drive th X) x s0 s1 s2 a (Rabs v) D r); auto.
    + lra.
    + intros s. now apply drive_speed.
    + apply line_length.
    + now apply line_weight.
Qed.
End Line.

(** The norm of a neuron's gradient is at most L_t: the derivative along the gradient itself. *)
Theorem neuron_gradient_norm : forall th X t, unit_inputs X -> Rabs (th 0%nat) <= a ->
  sum (fun k => neuron_gradient th X t k ^ 2) (S d) <= Lip t ^ 2.
Proof.
  intros th X t HX W. set (g := neuron_gradient th X t). set (G := sum (fun k => g k ^ 2) (S d)).
  assert (G0 : 0 <= G) by (apply sum_nonneg; intros; apply pow2_ge_0).
  assert (B : Rabs (slope sg dsg (th 0%nat) (g 0%nat) (input_drive th X) (fun s => sum (fun k => g (S k) * X s k) d) 0 t) <= sqrt G * Lip t).
  { apply (neuron_lipschitz sg dsg ddsg (th 0%nat) (g 0%nat) (input_drive th X) _ s0 s1 s2 a (Rabs (g 0%nat)) (sqrt (sum (fun k => g (S k) ^ 2) d)) (sqrt G)); auto.
    - lra.
    - intros s. now apply (drive_speed (fun k => g (S k))).
    - apply sqrt_pos.
    - rewrite pow2_abs, <- !(Rsqr_pow2 (sqrt _)), !Rsqr_sqrt; auto; [|apply sum_nonneg; intros; apply pow2_ge_0].
      unfold G. rewrite sum_head. lra.
    - now rewrite Rmult_0_l, Rplus_0_r. }
  rewrite neuron_slope_is_inner_product in B. fold g in B.
  rewrite (sum_ext (fun k => g k * g k) (fun k => g k ^ 2)) in B by (intros; ring). fold G in B.
  rewrite Rabs_pos_eq in B by auto. pose proof (lip_nonneg t). pose proof (sqrt_pos G). pose proof (sqrt_sqrt G G0).
  destruct (Req_dec (sqrt G) 0) as [Z|Z]; [assert (G = 0) by nra; pose proof (pow2_ge_0 (Lip t)); lra|].
  assert (sqrt G <= Lip t) by (apply Rmult_le_reg_l with (sqrt G); [lra|]; lra). nra.
Qed.

(** ** The network *)
Variable m : nat.
Hypothesis some_neurons : (1 <= m)%nat.
Variable c : nat -> R.
Hypothesis c_bound : forall i, Rabs (c i) <= 1.

Definition scale : R := / sqrt (INR m).
Definition network (th : weights) (X : inputs) (t : nat) : R := scale * sum (fun i => c i * neuron (th i) X t) m.
Definition network_gradient (th : weights) (X : inputs) (t i k : nat) : R := scale * (c i * neuron_gradient (th i) X t k).
Definition pairing (f g : weights) : R := sum (fun i => sum (fun k => f i k * g i k) (S d)) m.
(** Every neuron of th' within r / sqrt m of th. *)
Definition near (r : R) (th th' : weights) : Prop := forall i, (i < m)%nat -> gap2 (th i) (th' i) <= r ^ 2 / INR m.
Definition slow (th : weights) : Prop := forall i, (i < m)%nat -> Rabs (th i 0%nat) <= a.

Lemma width_pos : 0 < INR m.
Proof. apply lt_0_INR; lia. Qed.

Lemma scale_facts : 0 < scale /\ scale * scale = / INR m /\ scale * INR m = sqrt (INR m).
Proof.
  pose proof width_pos as M. pose proof (sqrt_lt_R0 _ M). pose proof (sqrt_sqrt (INR m)) as S. unfold scale.
  repeat split; [now apply Rinv_0_lt_compat| |].
  - rewrite <- Rinv_mult. f_equal. apply S; lra.
  - rewrite <- S at 2 by lra. field; lra.
Qed.

Lemma average_bound : forall (f : nat -> R) B, (forall i, (i < m)%nat -> Rabs (f i) <= B) ->
  Rabs (scale * sum (fun i => c i * f i) m) <= sqrt (INR m) * B.
Proof.
  intros f B H. destruct scale_facts as (P & _ & Q). rewrite Rabs_mult, Rabs_pos_eq by lra. rewrite <- Q, Rmult_assoc.
  apply Rmult_le_compat_l; [lra|]. rewrite <- sum_const. eapply Rle_trans; [apply sum_abs_le|]. apply sum_le. intros i Hi.
  rewrite Rabs_mult, <- (Rmult_1_l B). apply Rmult_le_compat; auto using Rabs_pos.
Qed.

Lemma near_radius : forall r, 0 <= r -> 0 <= r * scale /\ (r * scale) ^ 2 = r ^ 2 / INR m.
Proof.
  intros r Hr. destruct scale_facts as (P & Q & _). split; [nra|]. replace ((r * scale) ^ 2) with (r ^ 2 * (scale * scale)) by ring.
  rewrite Q. reflexivity.
Qed.

(** Linearisation between any two slow points: the error is at most beta_t r^2 / (2 sqrt m). *)
Theorem network_linearisation : forall th th' X r t, unit_inputs X -> 0 <= r -> near r th th' -> slow th -> slow th' ->
  Rabs (network th' X t - network th X t - pairing (network_gradient th X t) (fun i k => th' i k - th i k)) <= Smooth t * r ^ 2 / (2 * sqrt (INR m)).
Proof.
  intros th th' X r t HX Hr N W W'. destruct (near_radius r Hr) as [R0 R2]. destruct scale_facts as (P & Q & Q').
  unfold network, pairing, network_gradient.
  rewrite (sum_ext (fun i => sum _ (S d)) (fun i => scale * (c i * sum (fun k => (th' i k - th i k) * neuron_gradient (th i) X t k) (S d)))).
  2:{ intros i Hi. rewrite <- !sum_scal. apply sum_ext; intros; ring. }
  rewrite sum_scal, <- !Rmult_minus_distr_l, <- !sum_minus.
  rewrite (sum_ext _ (fun i => c i * (neuron (th' i) X t - neuron (th i) X t - sum (fun k => (th' i k - th i k) * neuron_gradient (th i) X t k) (S d)))) by (intros; ring).
  eapply Rle_trans.
  - apply (average_bound _ ((r * scale) ^ 2 * Smooth t / 2)). intros i Hi. apply neuron_linearisation; auto. rewrite R2. auto.
  - right. rewrite R2. pose proof width_pos. pose proof (sqrt_lt_R0 _ H). rewrite <- (sqrt_sqrt (INR m)) at 2 by lra. field. lra.
Qed.

(** From a start with output zero, the output stays below L_t r. *)
Theorem network_output_bound : forall th th' X r t, unit_inputs X -> 0 <= r -> near r th th' -> slow th -> slow th' ->
  Rabs (network th' X t - network th X t) <= r * Lip t.
Proof.
  intros th th' X r t HX Hr N W W'. destruct (near_radius r Hr) as [R0 R2]. unfold network.
  rewrite <- Rmult_minus_distr_l, <- sum_minus.
  rewrite (sum_ext _ (fun i => c i * (neuron (th' i) X t - neuron (th i) X t))) by (intros; ring).
  eapply Rle_trans.
  - apply (average_bound _ (r * scale * Lip t)). intros i Hi. apply neuron_change; auto. rewrite R2. auto.
  - right. unfold scale. pose proof width_pos. pose proof (sqrt_lt_R0 _ H). field. lra.
Qed.

Lemma network_gradient_neuron : forall th X t i, (i < m)%nat -> unit_inputs X -> slow th ->
  sum (fun k => network_gradient th X t i k ^ 2) (S d) <= Lip t ^ 2 / INR m.
Proof.
  intros th X t i Hi HX W. destruct scale_facts as (P & Q & _). unfold network_gradient.
  rewrite (sum_ext _ (fun k => / INR m * c i ^ 2 * neuron_gradient (th i) X t k ^ 2)).
  2:{ intros; rewrite <- Q; ring. }
  rewrite sum_scal. pose proof (neuron_gradient_norm (th i) X t HX (W i Hi)) as G.
  assert (C : c i ^ 2 <= 1).
  { rewrite <- (pow2_abs (c i)). pose proof (Rabs_pos (c i)). pose proof (c_bound i). nra. }
  pose proof (Rinv_0_lt_compat _ width_pos). pose proof (pow2_ge_0 (Lip t)). pose proof (pow2_ge_0 (c i)).
  assert (0 <= sum (fun k => neuron_gradient (th i) X t k ^ 2) (S d)) by (apply sum_nonneg; intros; apply pow2_ge_0).
  unfold Rdiv. rewrite (Rmult_comm _ (/ INR m)), Rmult_assoc. apply Rmult_le_compat_l; [lra|]. nra.
Qed.

(** ** Loss, gradient, descent *)
Variable K : nat.
Variable seq : nat -> inputs.
Variable time : nat -> nat.
Variables Y level : nat -> R.
Variable size : R.
Hypothesis size_pos : 0 < size.
Hypothesis seq_unit : forall J, unit_inputs (seq J).

Definition residual (th : weights) (J : nat) : R := network th (seq J) (time J) - Y J.
Definition loss (th : weights) : R := sum (fun J => residual th J ^ 2) K / size.
Definition loss_gradient (th : weights) (i k : nat) : R :=
  2 / size * sum (fun J => residual th J * network_gradient th (seq J) (time J) i k) K.

Variables Lam : R.
Hypothesis Lam_total : sum (fun J => Lip (time J) ^ 2) K <= size * Lam.

Lemma loss_nonneg : forall th, 0 <= loss th.
Proof.
  intros th. apply Rmult_le_pos; [apply sum_nonneg; intros; apply pow2_ge_0|left; now apply Rinv_0_lt_compat].
Qed.

(** Every neuron's share of the gradient is small, and so is the whole. *)
Theorem loss_gradient_neuron_bound : forall th i, (i < m)%nat -> slow th ->
  sum (fun k => loss_gradient th i k ^ 2) (S d) <= 4 * Lam * loss th / INR m.
Proof.
  intros th i Hi W. set (A := sum (fun J => residual th J ^ 2) K).
  assert (A0 : 0 <= A) by (apply sum_nonneg; intros; apply pow2_ge_0).
  apply Rle_trans with (sum (fun k => 4 / size ^ 2 * (A * sum (fun J => network_gradient th (seq J) (time J) i k ^ 2) K)) (S d)).
  - apply sum_le; intros k Hk. unfold loss_gradient.
    pose proof (cauchy_schwarz (residual th) (fun J => network_gradient th (seq J) (time J) i k) K) as C. fold A in C.
    replace ((2 / size * sum (fun J => residual th J * network_gradient th (seq J) (time J) i k) K) ^ 2)
      with (4 / size ^ 2 * sum (fun J => residual th J * network_gradient th (seq J) (time J) i k) K ^ 2) by (field; lra).
    apply Rmult_le_compat_l; auto. left; apply Rdiv_lt_0_compat; [lra|now apply pow_lt].
  - rewrite sum_scal, sum_scal, sum_swap.
    assert (B : sum (fun J => sum (fun k => network_gradient th (seq J) (time J) i k ^ 2) (S d)) K <= size * Lam / INR m).
    { apply Rle_trans with (sum (fun J => Lip (time J) ^ 2 / INR m) K).
      - apply sum_le; intros J HJ. now apply network_gradient_neuron.
      - unfold Rdiv. rewrite sum_scal_r. apply Rmult_le_compat_r; auto. left; apply Rinv_0_lt_compat, width_pos. }
    pose proof width_pos. unfold loss. fold A.
    replace (4 * Lam * (A / size) / INR m) with (4 / size ^ 2 * (A * (size * Lam / INR m))) by (field; lra).
    apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; [lra|now apply pow_lt]|]. apply Rmult_le_compat_l; auto.
Qed.

Theorem loss_gradient_bound : forall th, slow th -> pairing (loss_gradient th) (loss_gradient th) <= 4 * Lam * loss th.
Proof.
  intros th W. unfold pairing. apply Rle_trans with (sum (fun _ => 4 * Lam * loss th / INR m) m).
  - apply sum_le; intros i Hi. rewrite (sum_ext _ (fun k => loss_gradient th i k ^ 2)) by (intros; ring).
    now apply loss_gradient_neuron_bound.
  - rewrite sum_const. right. pose proof width_pos. field; lra.
Qed.

Variable comparator : weights.
Hypothesis comparator_slow : slow comparator.
Hypothesis comparator_level : forall J, (J < K)%nat -> Rabs (residual comparator J) <= level J.
Variables reach Z : R.
Hypothesis reach_nonneg : 0 <= reach.
Hypothesis Z_total : sum (fun J => (level J + Smooth (time J) * reach ^ 2 / (2 * sqrt (INR m))) ^ 2) K <= size * Z.

(** Towards the comparator the gradient points downhill, up to the level Z. *)
Theorem gradient_towards_comparator : forall th, slow th -> near reach th comparator ->
  pairing (loss_gradient th) (fun i k => th i k - comparator i k) >= loss th - Z.
Proof.
  intros th W N.
  set (lin := fun J => pairing (network_gradient th (seq J) (time J)) (fun i k => th i k - comparator i k)).
  assert (E : pairing (loss_gradient th) (fun i k => th i k - comparator i k) = 2 / size * sum (fun J => residual th J * lin J) K).
  { unfold pairing, loss_gradient, lin, pairing. rewrite <- sum_scal.
    rewrite (sum_ext (fun J => 2 / size * _) (fun J => sum (fun i => sum (fun k => 2 / size * (residual th J * network_gradient th (seq J) (time J) i k) * (th i k - comparator i k)) (S d)) m)).
    - rewrite (sum_swap (fun J i => sum (fun k => 2 / size * (residual th J * network_gradient th (seq J) (time J) i k) * (th i k - comparator i k)) (S d)) K m).
      apply sum_ext; intros i Hi. rewrite (sum_swap (fun J k => 2 / size * (residual th J * network_gradient th (seq J) (time J) i k) * (th i k - comparator i k)) K (S d)).
      apply sum_ext; intros k Hk. rewrite <- sum_scal, <- sum_scal_r. apply sum_ext; intros; ring.
    - intros J HJ. rewrite <- !sum_scal. apply sum_ext; intros i Hi. rewrite <- !sum_scal. apply sum_ext; intros; ring. }
  rewrite E. set (def := fun J => residual th J - lin J).
  assert (DB : forall J, (J < K)%nat -> def J ^ 2 <= (level J + Smooth (time J) * reach ^ 2 / (2 * sqrt (INR m))) ^ 2).
  { intros J HJ. pose proof (network_linearisation th comparator (seq J) reach (time J) (seq_unit J) reach_nonneg N W comparator_slow) as L.
    assert (M : pairing (network_gradient th (seq J) (time J)) (fun i k => comparator i k - th i k) = - lin J).
    { unfold lin, pairing. rewrite sum_opp. apply sum_ext; intros i Hi. rewrite sum_opp. apply sum_ext; intros; ring. }
    rewrite M in L. specialize (comparator_level J HJ).
    assert (F : def J = residual comparator J - (network comparator (seq J) (time J) - network th (seq J) (time J) - - lin J)) by (unfold def, residual; ring).
    rewrite <- (pow2_abs (def J)). apply pow_incr. split; [apply Rabs_pos|]. rewrite F.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp. lra. }
  pose proof (descent_direction (residual th) def K) as DD.
  rewrite (sum_ext (fun J => residual th J * (residual th J - def J)) (fun J => residual th J * lin J)) in DD by (intros; unfold def; ring).
  assert (ZB : sum (fun J => def J ^ 2) K <= size * Z) by (eapply Rle_trans; [apply sum_le, DB|apply Z_total]).
  apply Rle_ge. unfold loss. apply Rmult_le_reg_l with size; auto.
  replace (size * (sum (fun J => residual th J ^ 2) K / size - Z)) with (sum (fun J => residual th J ^ 2) K - size * Z) by (field; lra).
  replace (size * (2 / size * sum (fun J => residual th J * lin J) K)) with (2 * sum (fun J => residual th J * lin J) K) by (field; lra). lra.
Qed.

(** One step of descent, in distance to the comparator. *)
Definition apart (th th' : weights) : R := sum (fun i => gap2 (th i) (th' i)) m.

Lemma step_apart : forall th eta, slow th -> near reach th comparator -> 0 < eta -> 0 < Lam -> eta <= 1 / (4 * Lam) ->
  apart comparator (fun i k => th i k - eta * loss_gradient th i k) <= apart comparator th - eta * loss th + 2 * eta * Z.
Proof.
  intros th eta W N He HL Hs.
  assert (E : apart comparator (fun i k => th i k - eta * loss_gradient th i k)
    = apart comparator th - 2 * eta * pairing (loss_gradient th) (fun i k => th i k - comparator i k)
      + eta ^ 2 * pairing (loss_gradient th) (loss_gradient th)).
  { unfold apart, pairing, gap2. rewrite <- !sum_scal, <- sum_minus, <- sum_plus. apply sum_ext; intros i Hi.
    rewrite <- !sum_scal, <- sum_minus, <- sum_plus. apply sum_ext; intros; ring. }
  pose proof (gradient_towards_comparator th W N) as G. pose proof (loss_gradient_bound th W) as B. pose proof (loss_nonneg th) as L0.
  assert (H1 : eta ^ 2 * pairing (loss_gradient th) (loss_gradient th) <= eta * loss th).
  { apply Rle_trans with (eta ^ 2 * (4 * Lam * loss th)); [apply Rmult_le_compat_l; auto; apply pow2_ge_0|].
    assert (eta * (4 * Lam) <= 1).
    { apply (Rmult_le_compat_r (4 * Lam)) in Hs; [|lra]. replace (1 / (4 * Lam) * (4 * Lam)) with 1 in Hs by (field; lra). auto. }
    replace (eta ^ 2 * (4 * Lam * loss th)) with (eta * (4 * Lam) * (eta * loss th)) by ring.
    assert (0 <= eta * loss th) by nra. nra. }
  assert (H2 : 2 * eta * pairing (loss_gradient th) (fun i k => th i k - comparator i k) >= 2 * eta * (loss th - Z)) by nra.
  rewrite E. nra.
Qed.

Lemma apart_nonneg : forall th th', 0 <= apart th th'.
Proof. intros; apply sum_nonneg; intros; apply sum_nonneg; intros; apply pow2_ge_0. Qed.

Lemma telescope : forall (theta : nat -> weights) eta tau, 0 < eta ->
  (forall s, (s < tau)%nat -> apart comparator (theta (S s)) <= apart comparator (theta s) - eta * loss (theta s) + 2 * eta * Z) ->
  eta * sum (fun s => loss (theta s)) tau + apart comparator (theta tau) <= apart comparator (theta 0%nat) + 2 * eta * Z * INR tau.
Proof.
  intros theta eta tau He; induction tau as [|t IH]; intros H; [simpl; lra|].
  rewrite S_INR. simpl sum. pose proof (H t ltac:(lia)). assert (forall s, (s < t)%nat -> apart comparator (theta (S s)) <= apart comparator (theta s) - eta * loss (theta s) + 2 * eta * Z) by (intros; apply H; lia).
  specialize (IH H1). nra.
Qed.

Lemma average_from_sum : forall (theta : nat -> weights) eta tau nu, 0 < eta -> (1 <= tau)%nat ->
  eta * sum (fun s => loss (theta s)) tau <= nu ^ 2 + 2 * eta * Z * INR tau ->
  sum (fun s => loss (theta s)) tau / INR tau <= nu ^ 2 / (eta * INR tau) + 2 * Z.
Proof.
  intros theta eta tau nu He Ht H. assert (T : 0 < INR tau) by (apply lt_0_INR; lia).
  apply Rmult_le_reg_r with (eta * INR tau); [nra|].
  replace (sum (fun s => loss (theta s)) tau / INR tau * (eta * INR tau)) with (eta * sum (fun s => loss (theta s)) tau) by (field; lra).
  replace ((nu ^ 2 / (eta * INR tau) + 2 * Z) * (eta * INR tau)) with (nu ^ 2 + 2 * eta * Z * INR tau) by (field; lra). auto.
Qed.

(** Theorem P for the network itself: iterates that stay slow and within reach, and whose projection brings no neuron
    further from the comparator. *)
Theorem projected_descent_of_network : forall (theta : nat -> weights) eta nu tau,
  0 < eta -> 0 < Lam -> eta <= 1 / (4 * Lam) -> (1 <= tau)%nat ->
  (forall s, slow (theta s)) -> (forall s, near reach (theta s) comparator) ->
  (forall s, apart comparator (theta (S s)) <= apart comparator (fun i k => theta s i k - eta * loss_gradient (theta s) i k)) ->
  apart comparator (theta 0%nat) <= nu ^ 2 ->
  sum (fun s => loss (theta s)) tau / INR tau <= nu ^ 2 / (eta * INR tau) + 2 * Z.
Proof.
  intros theta eta nu tau He HL Hs Ht W N Pr H0. apply average_from_sum; auto.
  pose proof (telescope theta eta tau He) as T. pose proof (apart_nonneg comparator (theta tau)).
  assert (forall s, (s < tau)%nat -> apart comparator (theta (S s)) <= apart comparator (theta s) - eta * loss (theta s) + 2 * eta * Z).
  { intros s _. eapply Rle_trans; [apply Pr|]. now apply step_apart. }
  specialize (T H1). lra.
Qed.

(** Theorem G, plain descent: while 2 eta tau Z <= nu^2 the iterates stay by themselves within rho / sqrt m of the start, for
    rho^2 >= 8 nu^2 Lam eta tau, and the average loss obeys the same bound. *)
Theorem plain_descent_of_network : forall (theta : nat -> weights) eta nu rho tau,
  0 < eta -> 0 < Lam -> eta <= 1 / (4 * Lam) -> 0 <= Z -> 0 <= rho ->
  (forall th, near rho (theta 0%nat) th -> slow th) -> (forall th, near rho (theta 0%nat) th -> near reach th comparator) ->
  (forall s i k, theta (S s) i k = theta s i k - eta * loss_gradient (theta s) i k) ->
  apart comparator (theta 0%nat) <= nu ^ 2 -> 2 * eta * INR tau * Z <= nu ^ 2 -> 8 * nu ^ 2 * Lam * (eta * INR tau) <= rho ^ 2 ->
  (forall s, (s <= tau)%nat -> near rho (theta 0%nat) (theta s)) /\
  ((1 <= tau)%nat -> sum (fun s => loss (theta s)) tau / INR tau <= nu ^ 2 / (eta * INR tau) + 2 * Z).
Proof.
  intros theta eta nu rho tau He HL Hs Z0 Hrho SL RE Step H0 HZ HR. pose proof width_pos as M.
  assert (OneStep : forall s, near rho (theta 0%nat) (theta s) ->
    apart comparator (theta (S s)) <= apart comparator (theta s) - eta * loss (theta s) + 2 * eta * Z).
  { intros s N. replace (apart comparator (theta (S s))) with (apart comparator (fun i k => theta s i k - eta * loss_gradient (theta s) i k)).
    - apply step_apart; auto.
    - unfold apart, gap2. apply sum_ext; intros i Hi. apply sum_ext; intros k Hk. now rewrite Step. }
  assert (Sum : forall s, (s <= tau)%nat -> (forall s', (s' < s)%nat -> near rho (theta 0%nat) (theta s')) ->
    eta * sum (fun s' => loss (theta s')) s <= nu ^ 2 + 2 * eta * Z * INR s).
  { intros s Hst N. pose proof (telescope theta eta s He (fun s' Hs' => OneStep s' (N s' Hs'))). pose proof (apart_nonneg comparator (theta s)). lra. }
  assert (Path : forall s i k, theta s i k - theta 0%nat i k = - eta * sum (fun s' => loss_gradient (theta s') i k) s).
  { intros s i k; induction s as [|s IH]; simpl; [ring|]. rewrite Step. lra. }
  assert (All : forall s, (s <= tau)%nat -> forall s', (s' <= s)%nat -> near rho (theta 0%nat) (theta s')).
  { induction s as [|s IH]; intros Hst s' Hs'.
    - replace s' with 0%nat by lia. intros i Hi. unfold gap2. rewrite sum_zero by (intros; ring).
      apply Rmult_le_pos; [apply pow2_ge_0|left; now apply Rinv_0_lt_compat].
    - destruct (Nat.eq_dec s' (S s)) as [->|E]; [|apply IH; lia].
      assert (N : forall s', (s' < S s)%nat -> near rho (theta 0%nat) (theta s')) by (intros; apply IH; lia).
      pose proof (Sum (S s) Hst N) as SB. assert (IS : INR (S s) <= INR tau) by now apply le_INR.
      pose proof (pos_INR (S s)) as P0.
      assert (SB2 : eta * sum (fun s' => loss (theta s')) (S s) <= 2 * nu ^ 2).
      { assert (2 * eta * Z * INR (S s) <= 2 * eta * Z * INR tau) by (apply Rmult_le_compat_l; nra). lra. }
      intros i Hi. unfold gap2.
      apply Rle_trans with (sum (fun k => eta ^ 2 * (INR (S s) * sum (fun s' => loss_gradient (theta s') i k ^ 2) (S s))) (S d)).
      + apply sum_le; intros k Hk. rewrite Path. replace ((- eta * sum (fun s' => loss_gradient (theta s') i k) (S s)) ^ 2)
          with (eta ^ 2 * sum (fun s' => loss_gradient (theta s') i k) (S s) ^ 2) by ring.
        apply Rmult_le_compat_l; [apply pow2_ge_0|].
        pose proof (cauchy_schwarz (fun _ => 1) (fun s' => loss_gradient (theta s') i k) (S s)) as C.
        rewrite (sum_ext (fun s' => 1 * _) (fun s' => loss_gradient (theta s') i k)), (sum_ext (fun _ => 1 ^ 2) (fun _ => 1)), sum_const in C by (intros; ring).
        lra.
      + rewrite sum_scal, sum_scal, sum_swap.
        assert (GB : sum (fun s' => sum (fun k => loss_gradient (theta s') i k ^ 2) (S d)) (S s)
          <= 4 * Lam / INR m * sum (fun s' => loss (theta s')) (S s)).
        { rewrite <- sum_scal. apply sum_le; intros s' Hs2. eapply Rle_trans; [apply loss_gradient_neuron_bound; auto|]. right; field; lra. }
        apply Rle_trans with (4 * Lam / INR m * (eta * INR (S s)) * (eta * sum (fun s' => loss (theta s')) (S s))).
        * replace (4 * Lam / INR m * (eta * INR (S s)) * (eta * sum (fun s' => loss (theta s')) (S s)))
            with (eta ^ 2 * (INR (S s) * (4 * Lam / INR m * sum (fun s' => loss (theta s')) (S s)))) by ring.
          apply Rmult_le_compat_l; [apply pow2_ge_0|]. apply Rmult_le_compat_l; auto.
        * assert (Q : 0 < 4 * Lam / INR m) by (apply Rdiv_lt_0_compat; lra).
          apply Rle_trans with (4 * Lam / INR m * (eta * INR tau) * (2 * nu ^ 2)).
          -- apply Rmult_le_compat; [apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra]|apply Rmult_le_pos; [lra|apply sum_nonneg; intros; apply loss_nonneg]| |auto].
             apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_l; lra.
          -- unfold Rdiv. replace (4 * Lam * / INR m * (eta * INR tau) * (2 * nu ^ 2)) with (8 * nu ^ 2 * Lam * (eta * INR tau) * / INR m) by ring.
             apply Rmult_le_compat_r; auto. left; now apply Rinv_0_lt_compat. }
  split; [intros s Hst; now apply (All s Hst)|]. intros Ht. apply average_from_sum; auto. apply Sum; auto.
  intros s' Hs'. apply (All tau); lia.
Qed.
End Network.
