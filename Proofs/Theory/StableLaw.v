(** * Symmetric stable laws with a rational tail index: the distribution function as a limit, and its deciles

    The law with characteristic function exp (-|s|^alpha), alpha = a/b, has distribution function
    1/2 + 1/pi times the integral over t > 0 of sin (x t) / t exp (-t^alpha) (inversion of the characteristic function,
    which is taken as the definition). With t = u^b the integrand is b sin (x u^b) / u exp (-u^a), smooth at zero. *)
Require Import Reals Lra Lia Psatz.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

Definition phase (a b : nat) (x u : R) : R := INR b * (sin (x * u ^ b) / u) * exp (- u ^ a).

(** What is left beyond T. *)
Definition phase_tail (a b : nat) (T : R) : R := INR b / (INR a * T ^ a) * exp (- T ^ a).

Lemma sin_below : forall y, Rabs (sin y) <= Rabs y.
Proof.
  assert (P : forall y, 0 <= y -> - y <= sin y <= y).
  { intros y Hy. destruct Hy as [Hy|E]; [|rewrite <- E, sin_0; lra]. pose proof (sin_lt_x y Hy).
    split; [|lra]. destruct (Rle_or_lt y 1) as [L|L].
    - assert (0 <= sin y) by (apply sin_ge_0; [lra|pose proof PI2_1; lra]). lra.
    - pose proof (SIN_bound y). lra. }
  intros y. destruct (Rle_or_lt 0 y) as [L|L].
  - rewrite (Rabs_pos_eq y) by auto. apply Rabs_le, P; auto.
  - rewrite (Rabs_left y) by auto. rewrite <- (Ropp_involutive y), sin_neg, Rabs_Ropp. apply Rabs_le.
    destruct (P (- y)); lra.
Qed.

Section Law.
Variables a b : nat.
Hypothesis Ha : (1 <= a)%nat.
Hypothesis Hb : (2 <= b)%nat.
Variable x : R.

Lemma pos_b : 2 <= INR b.
Proof. replace 2 with (INR 2) by (simpl; ring). now apply le_INR. Qed.

Lemma pos_a : 1 <= INR a.
Proof. replace 1 with (INR 1) by (simpl; ring). now apply le_INR. Qed.

Lemma phase_small : forall u, Rabs u <= 1 -> Rabs (phase a b x u) <= INR b * exp 1 * Rabs x * Rabs u.
Proof.
  intros u H. pose proof pos_b. destruct (Req_dec u 0) as [->|N].
  - unfold phase. rewrite pow_i by lia. rewrite Rmult_0_r, sin_0. unfold Rdiv. rewrite Rmult_0_l, Rmult_0_r, Rmult_0_l, !Rabs_R0. lra.
  - unfold phase. rewrite !Rabs_mult. rewrite (Rabs_pos_eq (exp _)) by (left; apply exp_pos).
    rewrite (Rabs_pos_eq (INR b)) by lra. pose proof (Rabs_pos_lt u N) as U.
    assert (E : exp (- u ^ a) <= exp 1).
    { assert (L : - u ^ a <= 1).
      { assert (Rabs (u ^ a) <= 1).
        { rewrite <- RPow_abs. rewrite <- (pow1 a). apply pow_incr. split; [apply Rabs_pos|auto]. }
        pose proof (Rle_abs (- u ^ a)). rewrite Rabs_Ropp in *. lra. }
      destruct L as [L|E]; [left; now apply exp_increasing|rewrite E; lra]. }
    assert (S : Rabs (sin (x * u ^ b) / u) <= Rabs x * Rabs u).
    { unfold Rdiv. rewrite Rabs_mult, Rabs_inv. apply Rmult_le_reg_r with (Rabs u); auto.
      rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. eapply Rle_trans; [apply sin_below|].
      rewrite Rabs_mult, Rmult_assoc. apply Rmult_le_compat_l; [apply Rabs_pos|].
      replace b with (S (S (b - 2))) by lia. simpl. rewrite <- !Rmult_assoc, !Rabs_mult.
      rewrite <- (Rmult_1_r (Rabs u * Rabs u)) at 2. apply Rmult_le_compat_l; [nra|].
      rewrite <- RPow_abs. rewrite <- (pow1 (b - 2)). apply pow_incr. split; [apply Rabs_pos|auto]. }
    replace (INR b * exp 1 * Rabs x * Rabs u) with (INR b * (Rabs x * Rabs u) * exp 1) by ring.
    apply Rmult_le_compat; [apply Rmult_le_pos; [lra|apply Rabs_pos]|left; apply exp_pos| |auto].
    apply Rmult_le_compat_l; [lra|auto].
Qed.

Lemma phase_continuous : forall u, continuous (phase a b x) u.
Proof.
  intros u. destruct (Req_dec u 0) as [->|N].
  - assert (Z : phase a b x 0 = 0).
    { unfold phase. rewrite pow_i by lia. rewrite Rmult_0_r, sin_0. unfold Rdiv. ring. }
    apply filterlim_locally. intros [eps He]. rewrite Z. set (C := INR b * exp 1 * Rabs x).
    assert (C0 : 0 <= C).
    { unfold C. pose proof pos_b. pose proof (exp_pos 1). pose proof (Rabs_pos x). apply Rmult_le_pos; nra. }
    assert (D : 0 < Rmin 1 (eps / (C + 1))) by (apply Rmin_pos; [lra|apply Rdiv_lt_0_compat; lra]).
    exists (mkposreal _ D). intros v Hv. apply Rabs_lt_between' in Hv. simpl in Hv.
    unfold ball in *; simpl in *. unfold AbsRing_ball, abs, minus, plus, opp in *; simpl in *.
    assert (V : Rabs v < Rmin 1 (eps / (C + 1))) by (apply Rabs_def1; lra).
    assert (V1 : Rabs v <= 1) by (left; eapply Rlt_le_trans; [apply V|apply Rmin_l]).
    assert (V2 : Rabs v < eps / (C + 1)) by (eapply Rlt_le_trans; [apply V|apply Rmin_r]).
    rewrite Ropp_0, Rplus_0_r. eapply Rle_lt_trans; [now apply phase_small|]. fold C.
    apply (Rmult_lt_compat_r (C + 1)) in V2; [|lra]. replace (eps / (C + 1) * (C + 1)) with eps in V2 by (field; lra).
    pose proof (Rabs_pos v). nra.
  - apply (ex_derive_continuous (phase a b x)). unfold phase. auto_derive. auto.
Qed.

Lemma phase_integrable : forall v w, ex_RInt (phase a b x) v w.
Proof. intros; apply (ex_RInt_continuous (phase a b x)). intros; apply phase_continuous. Qed.

Lemma phase_tail_bound : forall v w, 0 < v -> v <= w -> Rabs (RInt (phase a b x) v w) <= phase_tail a b v.
Proof.
  intros v w Hv Hw. pose proof pos_a. pose proof pos_b. assert (P : 0 < v ^ a) by now apply pow_lt.
  set (k := INR b / (INR a * v ^ a)). assert (K : 0 < k) by (apply Rdiv_lt_0_compat; nra).
  set (m := fun u => k * (INR a * u ^ pred a * exp (- u ^ a))).
  assert (M : is_RInt m v w (minus (- k * exp (- w ^ a)) (- k * exp (- v ^ a)))).
  { apply (is_RInt_derive (fun u => - k * exp (- u ^ a)) m).
    - intros u _. unfold m. auto_derive; auto. ring.
    - intros u _. apply (ex_derive_continuous m). unfold m. auto_derive. auto. }
  assert (L : norm (RInt (phase a b x) v w) <= minus (- k * exp (- w ^ a)) (- k * exp (- v ^ a))).
  { apply (norm_RInt_le (phase a b x) m v w); auto; [|apply (RInt_correct (phase a b x)), phase_integrable].
    intros u [U1 U2]. unfold m. assert (U : 0 < u) by lra.
    unfold norm; simpl. unfold abs; simpl. unfold phase.
    rewrite !Rabs_mult. rewrite (Rabs_pos_eq (exp _)) by (left; apply exp_pos). rewrite (Rabs_pos_eq (INR b)) by lra.
    rewrite <- Rmult_assoc. apply Rmult_le_compat_r; [left; apply exp_pos|].
    assert (S : Rabs (sin (x * u ^ b) / u) <= / u).
    { unfold Rdiv. rewrite Rabs_mult, (Rabs_pos_eq (/ u)) by (left; now apply Rinv_0_lt_compat).
      rewrite <- (Rmult_1_l (/ u)) at 2. apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|].
      apply Rabs_le. apply SIN_bound. }
    apply Rle_trans with (INR b * / u); [apply Rmult_le_compat_l; lra|].
    assert (V : v ^ a <= u ^ a) by (apply pow_incr; lra).
    replace (u ^ a) with (u * u ^ pred a) in V by (destruct a; [lia|reflexivity]).
    unfold k. replace (INR b / (INR a * v ^ a) * (INR a * u ^ pred a)) with (INR b * (u ^ pred a / v ^ a)) by (field; lra).
    apply Rmult_le_compat_l; [lra|]. apply Rmult_le_reg_r with (u * v ^ a); [nra|].
    replace (/ u * (u * v ^ a)) with (v ^ a) by (field; lra).
    replace (u ^ pred a / v ^ a * (u * v ^ a)) with (u * u ^ pred a) by (field; lra). auto. }
  unfold norm in L; simpl in L. unfold abs in L; simpl in L. eapply Rle_trans; [apply L|].
  unfold minus, plus, opp; simpl. unfold phase_tail. fold k. pose proof (exp_pos (- w ^ a)). nra.
Qed.

Lemma phase_difference : forall u v, RInt (phase a b x) 0 v - RInt (phase a b x) 0 u = RInt (phase a b x) u v.
Proof.
  intros u v. assert (E : forall p q r : R, p + q = r -> r - p = q) by (intros; lra).
  apply E. apply (RInt_Chasles (phase a b x) 0 u v); apply phase_integrable.
Qed.

Lemma phase_tail_decreasing : forall v, 1 <= v -> phase_tail a b v <= INR b / INR a * exp (- v).
Proof.
  intros v Hv. pose proof pos_a. pose proof pos_b. unfold phase_tail.
  assert (P : v <= v ^ a).
  { replace a with (S (pred a)) by lia. simpl. rewrite <- (Rmult_1_r v) at 1. apply Rmult_le_compat_l; [lra|]. now apply pow_R1_Rle. }
  apply Rmult_le_compat.
  - left; apply Rdiv_lt_0_compat; nra.
  - left; apply exp_pos.
  - unfold Rdiv. apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; nra.
  - destruct P as [P|E]; [left; apply exp_increasing; lra|rewrite <- E; lra].
Qed.

(** The integral up to T has a limit, within the tail of any T. *)
Theorem stable_integral_converges : exists l, is_lim (fun T => RInt (phase a b x) 0 T) p_infty l
  /\ forall T, 0 < T -> Rabs (l - RInt (phase a b x) 0 T) <= phase_tail a b T.
Proof.
  pose proof pos_a. pose proof pos_b.
  assert (C : exists l : R, filterlim (fun T => RInt (phase a b x) 0 T) (Rbar_locally p_infty) (locally l)).
  { apply (proj1 (filterlim_locally_cauchy (U := R_CompleteSpace) (F := Rbar_locally p_infty) _)). intros [eps He].
    set (k := INR b / INR a). assert (K : 0 < k) by (apply Rdiv_lt_0_compat; lra).
    set (M := Rmax 1 (ln (k / eps) + 1)).
    exists (fun T => M < T). split; [now exists M|].
    assert (D : forall u v, M < u -> u <= v -> Rabs (RInt (phase a b x) 0 v - RInt (phase a b x) 0 u) < eps).
    { intros u v Hu Huv. assert (U1 : 1 < u) by (eapply Rle_lt_trans; [apply Rmax_l|apply Hu]).
      rewrite phase_difference.
      eapply Rle_lt_trans; [apply phase_tail_bound; lra|]. eapply Rle_lt_trans; [apply phase_tail_decreasing; lra|]. fold k.
      assert (L : ln (k / eps) < u).
      { assert (ln (k / eps) + 1 <= M) by apply Rmax_r. lra. }
      apply exp_increasing in L. rewrite exp_ln in L by (apply Rdiv_lt_0_compat; lra).
      rewrite exp_Ropp. apply Rmult_lt_reg_r with (exp u); [apply exp_pos|].
      rewrite Rmult_assoc, Rinv_l, Rmult_1_r by (pose proof (exp_pos u); lra).
      apply (Rmult_lt_compat_l eps) in L; auto. replace (eps * (k / eps)) with k in L by (field; lra). auto. }
    intros u v Hu Hv. change (Rabs (RInt (phase a b x) 0 v - RInt (phase a b x) 0 u) < eps).
    destruct (Rle_or_lt u v) as [L|L]; [now apply D|].
    rewrite Rabs_minus_sym.
    apply D; lra. }
  destruct C as [l Hl]. exists l. split; [exact Hl|]. intros T HT.
  apply (is_lim_le_loc (fun w => Rabs (RInt (phase a b x) 0 w - RInt (phase a b x) 0 T)) (fun _ => phase_tail a b T) p_infty (Rabs (l - RInt (phase a b x) 0 T)) (phase_tail a b T)).
  - exists T. intros w Hw. rewrite phase_difference.
    apply phase_tail_bound; lra.
  - apply (is_lim_Rabs (fun w => RInt (phase a b x) 0 w - RInt (phase a b x) 0 T) p_infty (l - RInt (phase a b x) 0 T)).
    apply (is_lim_minus' (fun w => RInt (phase a b x) 0 w) (fun _ => RInt (phase a b x) 0 T) p_infty l); [exact Hl|apply is_lim_const].
  - apply is_lim_const.
Qed.
End Law.

(** Distribution function of the unit law with tail index a/b. *)
Definition stable_cdf (a b : nat) (x : R) : R := 1/2 + real (Lim (fun T => RInt (phase a b x) 0 T) p_infty) / PI.

Lemma stable_cdf_near : forall a b x T, (1 <= a)%nat -> (2 <= b)%nat -> 0 < T ->
  Rabs (PI * (stable_cdf a b x - 1/2) - RInt (phase a b x) 0 T) <= phase_tail a b T.
Proof.
  intros a b x T Ha Hb HT. destruct (stable_integral_converges a b Ha Hb x) as [l [L H]].
  unfold stable_cdf. rewrite (is_lim_unique _ _ _ L). change (real (Finite l)) with l. pose proof PI_RGT_0.
  assert (E : PI * (1/2 + l / PI - 1/2) = l) by (field; lra). rewrite E. auto.
Qed.

(** Near zero the sine lies between its Taylor polynomials, so that no quotient is left. *)
Definition sine_low (x y : R) : R := x - x ^ 3 * y ^ 2 / 6.
Definition sine_high (x y : R) : R := sine_low x y + x ^ 5 * y ^ 4 / 120.
Definition phase_near (a b : nat) (s : R -> R -> R) (x u : R) : R := INR b * (u ^ pred b * s x (u ^ b)) * exp (- u ^ a).

Lemma sine_between : forall x y, 0 <= x * y <= 1 -> sine_low x y * y <= sin (x * y) <= sine_high x y * y.
Proof.
  intros x y H. destruct (pre_sin_bound (x * y) 0) as [L U]; try lra.
  assert (F3 : INR (fact 3) = 6) by (simpl; ring). assert (F5 : INR (fact 5) = 120) by (simpl; ring).
  unfold sin_approx, sum_f_R0, sin_term in L, U. cbn [Nat.mul Nat.add] in L, U. rewrite F3 in L, U. rewrite F5 in U.
  change (INR (fact 1)) with 1 in L, U. cbn [pow] in L, U. unfold sine_high, sine_low. split.
  - eapply Rle_trans; [|apply L]. right. field.
  - eapply Rle_trans; [apply U|]. right. field.
Qed.

Lemma phase_near_bounds : forall a b x d, (1 <= a)%nat -> (2 <= b)%nat -> 0 <= x -> 0 < d -> x * d ^ b <= 1 ->
  RInt (phase_near a b sine_low x) 0 d <= RInt (phase a b x) 0 d <= RInt (phase_near a b sine_high x) 0 d.
Proof.
  intros a b x d Ha Hb Hx Hd H.
  assert (I : forall s, (forall u, ex_derive (fun u => s x (u ^ b)) u) -> ex_RInt (phase_near a b s x) 0 d).
  { intros s Hs. apply (ex_RInt_continuous (phase_near a b s x)). intros u _. apply (ex_derive_continuous (phase_near a b s x)).
    apply (ex_derive_mult (fun u => INR b * (u ^ pred b * s x (u ^ b))) (fun u => exp (- u ^ a))); [|auto_derive; auto].
    apply (ex_derive_scal (fun u => u ^ pred b * s x (u ^ b))). apply (ex_derive_mult (fun u => u ^ pred b) (fun u => s x (u ^ b))); [auto_derive; auto|apply Hs]. }
  assert (B : forall u, 0 < u < d -> sine_low x (u ^ b) * u ^ b <= sin (x * u ^ b) <= sine_high x (u ^ b) * u ^ b).
  { intros u Hu. apply sine_between. assert (0 <= u ^ b <= d ^ b) by (split; [apply pow_le; lra|apply pow_incr; lra]).
    split; [nra|]. eapply Rle_trans; [|apply H]. apply Rmult_le_compat_l; lra. }
  assert (E : forall u s, 0 < u -> s * u ^ b / u = u ^ pred b * s).
  { intros u s Hu. replace (u ^ b) with (u * u ^ pred b) by (destruct b; [lia|reflexivity]). field. lra. }
  assert (C : forall u v w, 0 < u -> v <= w -> INR b * (v / u) * exp (- u ^ a) <= INR b * (w / u) * exp (- u ^ a)).
  { intros u v w Hu L. apply Rmult_le_compat_r; [left; apply exp_pos|]. apply Rmult_le_compat_l; [apply pos_INR|].
    apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|auto]. }
  assert (IL : ex_RInt (phase_near a b sine_low x) 0 d) by (apply I; intros u; unfold sine_low; auto_derive; auto).
  assert (IH : ex_RInt (phase_near a b sine_high x) 0 d) by (apply I; intros u; unfold sine_high, sine_low; auto_derive; auto).
  assert (IP : ex_RInt (phase a b x) 0 d) by now apply phase_integrable.
  split; (apply RInt_le; [lra|assumption|assumption|]); intros u Hu; unfold phase, phase_near; rewrite <- (E u) by lra;
    apply C; try lra; apply (B u Hu).
Qed.

(** A value of the distribution function lies below 9/10 if the two integrals and the tail add up to less than 2 pi/5 ... *)
Lemma decile_above : forall a b x d T, (1 <= a)%nat -> (2 <= b)%nat -> 0 <= x -> 0 < d < T -> x * d ^ b <= 1 ->
  RInt (phase_near a b sine_high x) 0 d + RInt (phase a b x) d T + phase_tail a b T < 2 * PI / 5 -> stable_cdf a b x < 9/10.
Proof.
  intros a b x d T Ha Hb Hx Hd H S. pose proof PI_RGT_0. pose proof (stable_cdf_near a b x T Ha Hb) as N.
  destruct (phase_near_bounds a b x d) as [_ U]; auto; try lra. pose proof (phase_difference a b Ha Hb x d T).
  assert (N' := N ltac:(lra)). apply Rabs_le_between' in N'.
  assert (PI * (stable_cdf a b x - 1/2) < PI * (2/5)) by lra. apply Rmult_lt_reg_l in H2; lra.
Qed.

(** ... and above if they exceed it. *)
Lemma decile_below : forall a b x d T, (1 <= a)%nat -> (2 <= b)%nat -> 0 <= x -> 0 < d < T -> x * d ^ b <= 1 ->
  2 * PI / 5 < RInt (phase_near a b sine_low x) 0 d + RInt (phase a b x) d T - phase_tail a b T -> 9/10 < stable_cdf a b x.
Proof.
  intros a b x d T Ha Hb Hx Hd H S. pose proof PI_RGT_0. pose proof (stable_cdf_near a b x T Ha Hb) as N.
  destruct (phase_near_bounds a b x d) as [L _]; auto; try lra. pose proof (phase_difference a b Ha Hb x d T).
  assert (N' := N ltac:(lra)). apply Rabs_le_between' in N'.
  assert (PI * (2/5) < PI * (stable_cdf a b x - 1/2)) by lra. apply Rmult_lt_reg_l in H2; lra.
Qed.
