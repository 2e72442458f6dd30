(** * The learnability window as a largest lag, and lemma 5.2

    Livi 2025, Eq. (22), (24), (25), lemma 5.2 and appendix I. Lags are natural numbers from one on;
    [last_lag P H] says that H is the largest lag with P, and zero when there is none. *)
Require Import Reals Lra Lia Psatz.
Require Import Learnability.Theory.Sums Learnability.Theory.Kappa.
Open Scope R_scope.

Definition last_lag (P : nat -> Prop) (H : nat) : Prop :=
  (H = 0%nat \/ ((1 <= H)%nat /\ P H)) /\ (forall l, (1 <= l)%nat -> P l -> (l <= H)%nat).

(** The inverse that lemma 5.2 needs: the largest lag at which f still reaches y. *)
Definition sup_inverse (f : nat -> R) (y : R) : nat -> Prop := last_lag (fun l => y <= f l).

(** The two other readings of a generalised inverse: first lag at which f has fallen to, or below, y. *)
Definition first_lag (P : nat -> Prop) (H : nat) : Prop :=
  (1 <= H)%nat /\ P H /\ (forall l, (1 <= l)%nat -> P l -> (H <= l)%nat).
Definition inf_inverse (f : nat -> R) (y : R) : nat -> Prop := first_lag (fun l => f l <= y).
Definition strict_inf_inverse (f : nat -> R) (y : R) : nat -> Prop := first_lag (fun l => f l < y).

Definition nonincreasing (f : nat -> R) : Prop := forall l, (1 <= l)%nat -> f (S l) <= f l.

Theorem last_lag_unique : forall P H H', last_lag P H -> last_lag P H' -> H = H'.
Proof.
  intros P H H' [A B] [A' B']. destruct A as [->|[A1 A2]], A' as [->|[A1' A2']]; auto.
  - specialize (B H' A1' A2'); lia.
  - specialize (B' H A1 A2); lia.
  - specialize (B H' A1' A2'); specialize (B' H A1 A2); lia.
Qed.

(** More admissible lags, a window at least as long. *)
Theorem last_lag_monotone : forall (P Q : nat -> Prop) H H',
  (forall l, (1 <= l)%nat -> P l -> Q l) -> last_lag P H -> last_lag Q H' -> (H <= H')%nat.
Proof.
  intros P Q H H' I [A _] [_ B]. destruct A as [->|[A1 A2]]; [lia|]. apply B; auto.
Qed.

Lemma nonincreasing_le : forall f, nonincreasing f ->
  forall i j, (1 <= i)%nat -> (i <= j)%nat -> f j <= f i.
Proof.
  intros f M i j Hi H. induction H; [lra|]. eapply Rle_trans; [apply M; lia|auto].
Qed.

(** A window exists as soon as all lags beyond some point fail. *)
Theorem window_exists : forall (P : nat -> Prop) M, (forall l, P l \/ ~ P l) ->
  (forall l, (M < l)%nat -> ~ P l) -> exists H, last_lag P H.
Proof.
  intros P M D; induction M as [|M IH]; intros B.
  - exists 0%nat; split; auto. intros l L1 L2. exfalso; apply (B l); auto.
  - destruct (D (S M)) as [Y|N].
    + exists (S M); split; [right; split; [lia|auto]|].
      intros l L1 L2. destruct (le_lt_dec l (S M)); auto. exfalso; apply (B l); auto.
    + apply IH. intros l L. destruct (Nat.eq_dec l (S M)) as [->|]; auto. apply B; lia.
Qed.

(** If some lag is always admissible, however far out, there is no finite window. *)
Theorem window_absent : forall P : nat -> Prop,
  (forall M, exists l, (M < l)%nat /\ P l) -> forall H, ~ last_lag P H.
Proof.
  intros P U H [_ B]. destruct (U H) as [l [L1 L2]]. specialize (B l); lia || (apply B in L2; lia).
Qed.

(** ** Lemma 5.2 *)

(** With the sup-inverse the sandwich needs no monotonicity, neither of the envelope nor of N. *)
Theorem window_sandwich : forall (f need : nat -> R) c1 c2 k N H lo hi,
  0 < c1 -> 0 < c2 -> 0 < k -> 0 < N -> (forall l, (1 <= l)%nat -> 0 < f l) ->
  (forall l, (1 <= l)%nat -> samples c1 k (f l) <= need l <= samples c2 k (f l)) ->
  last_lag (fun l => need l <= N) H ->
  sup_inverse f (threshold c2 k N) lo -> sup_inverse f (threshold c1 k N) hi ->
  (lo <= H <= hi)%nat.
Proof.
  intros f need c1 c2 k N H lo hi C1 C2 K HN F B W L U. split.
  - apply (last_lag_monotone (fun l => threshold c2 k N <= f l) (fun l => need l <= N)); auto.
    intros l Hl T. apply threshold_inverts_samples in T; auto. specialize (B l Hl). lra.
  - apply (last_lag_monotone (fun l => need l <= N) (fun l => threshold c1 k N <= f l)); auto.
    intros l Hl T. apply threshold_inverts_samples; auto. specialize (B l Hl). lra.
Qed.

(** Eq. (24): bounded noise scales and effective means turn the sample count into a pure power of f. *)
Theorem requirement_sandwich : forall A k f s m smin smax mmin mmax,
  0 < A -> 0 < k -> 0 < f -> 0 < smin -> smin <= s <= smax -> 0 < mmin -> mmin <= m <= mmax ->
  samples (A * smin / mmax) k f <= samples (A * s / m) k f <= samples (A * smax / mmin) k f.
Proof.
  intros A k f s m smin smax mmin mmax HA Hk Hf Hs1 Hs Hm1 Hm. unfold samples, Rdiv.
  assert (I1 : / mmax <= / m) by (apply Rinv_le_contravar; lra).
  assert (I2 : / m <= / mmin) by (apply Rinv_le_contravar; lra).
  assert (P0 : 0 < / mmax) by (apply Rinv_0_lt_compat; lra).
  assert (P1 : 0 < / m) by (apply Rinv_0_lt_compat; lra).
  assert (Pf : 0 < / f) by (apply Rinv_0_lt_compat; lra).
  assert (A * smin * / mmax <= A * s * / m) by (apply Rmult_le_compat; nra).
  assert (A * s * / m <= A * smax * / mmin) by (apply Rmult_le_compat; nra).
  assert (0 < A * smin * / mmax) by (apply Rmult_lt_0_compat; nra).
  split; apply Rpower_le_base; nra.
Qed.

(** The window of Eq. (22), by the threshold, is the window by the sample requirement. *)
Theorem window_two_readings : forall f A k N H, 0 < A -> 0 < k -> 0 < N ->
  (forall l, (1 <= l)%nat -> 0 < f l) ->
  (last_lag (fun l => threshold A k N <= f l) H <-> last_lag (fun l => samples A k (f l) <= N) H).
Proof.
  intros f A k N H HA Hk HN F. unfold last_lag. split; intros [E B]; split.
  - destruct E as [E|[E1 E2]]; auto. right; split; auto. now apply threshold_inverts_samples; auto.
  - intros l L T. apply B; auto. apply threshold_inverts_samples; auto.
  - destruct E as [E|[E1 E2]]; auto. right; split; auto. apply threshold_inverts_samples; auto.
  - intros l L T. apply B; auto. now apply threshold_inverts_samples; auto.
Qed.

Theorem window_grows_with_samples : forall f A k N N' H H', 0 < A -> 0 < k -> 0 < N -> N <= N' ->
  sup_inverse f (threshold A k N) H -> sup_inverse f (threshold A k N') H' -> (H <= H')%nat.
Proof.
  intros f A k N N' H H' HA Hk HN L W W'.
  apply (last_lag_monotone (fun l => threshold A k N <= f l) (fun l => threshold A k N' <= f l)); auto.
  intros l _ T. eapply Rle_trans; [|apply T]. unfold threshold. apply Rmult_le_compat_l; [lra|].
  rewrite !Rpower_Ropp. apply Rinv_le_contravar; [apply Rpower_pos|].
  apply Rpower_le_base; auto. now apply Rinv_0_lt_compat.
Qed.

(** ** The other conventions do not give lemma 5.2 *)

(** inf (f <= y) overshoots by one even for a strictly decreasing envelope with c1 = c2. *)
Theorem inf_inverse_overshoots :
  exists f y H G, (forall l, f (S l) < f l) /\ 0 < y /\
    sup_inverse f y H /\ inf_inverse f y G /\ (H < G)%nat.
Proof.
  exists (fun l => / INR (S l)), (5/12), 1%nat, 2%nat.
  assert (D : forall l, / INR (S (S l)) < / INR (S l)).
  { intros l. apply Rinv_lt_contravar.
    - apply Rmult_lt_0_compat; apply lt_0_INR; lia.
    - apply lt_INR; lia. }
  assert (M : forall i j, (i <= j)%nat -> / INR (S j) <= / INR (S i)).
  { intros i j L; induction L; [lra|]. specialize (D m); lra. }
  repeat split; auto; try lra; try lia.
  - right; split; [lia|]. simpl; lra.
  - intros l L T. destruct (le_lt_dec l 1); auto. specialize (M 2%nat l l0). simpl in M. simpl in T. lra.
  - simpl; lra.
  - intros l L T. destruct l as [|[|l]]; try lia. simpl in T; lra.
Qed.

(** On a plateau at the threshold the same inverse falls short by any number of lags. *)
Theorem inf_inverse_undershoots : forall n : nat,
  exists f y H G, nonincreasing f /\ 0 < y /\
    sup_inverse f y H /\ inf_inverse f y G /\ (G + n <= H)%nat.
Proof.
  intros n. exists (fun l => if le_lt_dec l (n + 1) then 1 else 0), 1, (n + 1)%nat, 1%nat.
  repeat split; try lra; try lia.
  - intros l L. destruct (le_lt_dec (S l) (n + 1)), (le_lt_dec l (n + 1)); lra || lia.
  - right; split; [lia|]. destruct (le_lt_dec (n + 1) (n + 1)); lra || lia.
  - intros l L. destruct (le_lt_dec l (n + 1)); auto; lra.
  - destruct (le_lt_dec 1 (n + 1)); lra.
Qed.

(** The exact relation: for a nonincreasing envelope, sup (f >= y) is inf (f < y) less one. *)
Theorem sup_inverse_is_strict_inf_less_one : forall f y H G, nonincreasing f ->
  sup_inverse f y H -> strict_inf_inverse f y G -> G = S H.
Proof.
  intros f y H G M [A B] [G1 [G2 G3]]. apply Nat.le_antisymm.
  - apply G3; [lia|]. destruct (Rlt_or_le (f (S H)) y) as [|L]; auto.
    apply B in L; lia.
  - destruct A as [->|[A1 A2]]; [lia|]. destruct (le_lt_dec (S H) G); auto.
    assert (f H <= f G) by (apply nonincreasing_le; auto; lia). lra.
Qed.

(** For a strictly decreasing envelope the conventions differ by at most one lag. *)
Theorem inverses_differ_by_one : forall f y H G, (forall l, (1 <= l)%nat -> f (S l) < f l) ->
  sup_inverse f y H -> inf_inverse f y G -> (H <= G <= S H)%nat.
Proof.
  intros f y H G D [A B] [G1 [G2 G3]].
  assert (M : nonincreasing f) by (intros l L; left; auto). split.
  - destruct A as [->|[A1 A2]]; [lia|]. destruct (le_lt_dec H G) as [|L]; auto.
    assert (f H <= f (S G)) by (apply nonincreasing_le; auto; lia).
    specialize (D G G1). lra.
  - apply G3; [lia|]. destruct (Rle_or_lt (f (S H)) y) as [|L]; auto.
    assert (y <= f (S H)) by lra. apply B in H0; lia.
Qed.

(** The proof of lemma 5.2 calls the admissible lags an interval; they need not be one,
    even under a constant envelope, when the noise-to-mean ratio varies with the lag. *)
Theorem admissible_lags_need_not_be_interval :
  exists (f ratio : nat -> R) (N : R), nonincreasing f /\ (forall l, 0 < f l) /\
    (forall l, 7/10 <= ratio l <= 14/10) /\ 0 < N /\
    samples (ratio 1%nat) 2 (f 1%nat) <= N /\ N < samples (ratio 2%nat) 2 (f 2%nat) /\
    samples (ratio 3%nat) 2 (f 3%nat) <= N.
Proof.
  exists (fun _ => 1), (fun l => if Nat.even l then 14/10 else 7/10), 1.
  assert (S1 : samples (7/10) 2 1 <= 1).
  { unfold samples. replace (7/10/1) with (7/10) by field.
    replace 2 with (INR 2) by (simpl; lra). rewrite Rpower_pow; simpl; lra. }
  assert (S2 : 1 < samples (14/10) 2 1).
  { unfold samples. replace (14/10/1) with (14/10) by field.
    replace 2 with (INR 2) by (simpl; lra). rewrite Rpower_pow; simpl; lra. }
  repeat split; try (intros; lra); simpl; auto; try (destruct (Nat.even l); lra).
  intros l; lra.
Qed.

(** Sec. 5.6 (iv): no lag is ever learnable exactly when the signal is not positive at any lag. *)
Theorem window_always_empty_iff : forall f A k, 0 < A -> 0 < k ->
  ((forall N, 0 < N -> last_lag (fun l => threshold A k N <= f l) 0)
   <-> forall l, (1 <= l)%nat -> f l <= 0).
Proof.
  intros f A k HA Hk; split.
  - intros W l L. destruct (Rle_or_lt (f l) 0) as [|P]; auto. exfalso.
    assert (S0 : 0 < samples A k (f l)) by apply Rpower_pos.
    destruct (W (samples A k (f l)) S0) as [_ B]. specialize (B l L).
    assert (l <= 0)%nat; [|lia]. apply B. apply threshold_inverts_samples; auto; lra.
  - intros Z N HN; split; auto. intros l L T. specialize (Z l L).
    assert (0 < threshold A k N) by (apply Rmult_lt_0_compat; auto; apply Rpower_pos). lra.
Qed.
