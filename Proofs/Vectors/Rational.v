(** * Rational mirrors of the definitions, proved equal to the real ones

    The mirrors compute; the vectors under Fixtures/vectors are their values. *)
Require Import Reals QArith Qabs Qreals List Lra Lia.
Require Import Learnability.Theory.Sums Learnability.Theory.Rayleigh Learnability.Theory.Transport.
Require Import Learnability.Theory.Window Learnability.Theory.Geometric Learnability.Theory.Kappa.
Require Import Learnability.Theory.MatchedStatistic.
Open Scope Q_scope.
Arguments Qred : simpl never.
Arguments Qplus : simpl never.
Arguments Qmult : simpl never.

Lemma Q2R_red : forall x, Q2R (Qred x) = Q2R x.
Proof. intros; apply Qeq_eqR, Qred_correct. Qed.

Fixpoint sumQ (f : nat -> Q) (n : nat) : Q :=
  match n with O => 0 | S k => Qred (sumQ f k + f k) end.

Lemma sumQ_correct : forall f n, Q2R (sumQ f n) = sum (fun i => Q2R (f i)) n.
Proof.
  intros f n; induction n as [|n IH]; simpl sumQ; simpl sum.
  - unfold Q2R; simpl; lra.
  - rewrite Q2R_red, Q2R_plus, IH; auto.
Qed.

Lemma Q2R_1 : Q2R 1 = 1%R.
Proof. unfold Q2R; simpl; lra. Qed.

Lemma Q2R_0 : Q2R 0 = 0%R.
Proof. unfold Q2R; simpl; lra. Qed.

Fixpoint powQ (x : Q) (n : nat) : Q := match n with O => 1 | S k => Qred (x * powQ x k) end.

Lemma powQ_correct : forall x n, Q2R (powQ x n) = (Q2R x ^ n)%R.
Proof.
  intros x n; induction n as [|n IH]; simpl; [apply Q2R_1|].
  rewrite Q2R_red, Q2R_mult, IH; auto.
Qed.

(** Zeroth- and first-order transport. *)
Fixpoint gammaQ (a : nat -> Q) (l : nat) : Q :=
  match l with O => 1 | S k => Qred (a k * gammaQ a k) end.

Fixpoint GammaQ (a b : nat -> Q) (l : nat) : Q :=
  match l with O => 1 | S k => Qred (a k * GammaQ a b k + b k * gammaQ a k) end.

Theorem gammaQ_correct : forall a l, Q2R (gammaQ a l) = gamma (fun j => Q2R (a j)) l.
Proof.
  intros a l; induction l as [|l IH]; [apply Q2R_1|]. simpl gammaQ.
  rewrite gamma_S, Q2R_red, Q2R_mult, IH; auto.
Qed.

Theorem GammaQ_correct : forall a b l,
  Q2R (GammaQ a b l) = Gamma (fun j => Q2R (a j)) (fun j => Q2R (b j)) l.
Proof.
  intros a b l; induction l as [|l IH].
  - unfold Gamma, gamma; simpl. rewrite Q2R_1; lra.
  - simpl GammaQ. rewrite Gamma_S, Q2R_red, Q2R_plus, !Q2R_mult, IH, gammaQ_correct; auto.
Qed.

(** Rayleigh base rate. *)
Definition rayleighQ (lam b : nat -> Q) (n : nat) : Q :=
  Qred (sumQ (fun i => lam i * (b i * b i)) n / sumQ (fun i => b i * b i) n).

Theorem rayleighQ_correct : forall lam b n, ~ sumQ (fun i => b i * b i) n == 0 ->
  Q2R (rayleighQ lam b n) = rayleigh (fun i => Q2R (lam i)) (fun i => Q2R (b i)) n.
Proof.
  intros lam b n H. unfold rayleighQ, rayleigh, energy.
  rewrite Q2R_red, Q2R_div, !sumQ_correct by auto.
  rewrite (sum_ext (fun i => Q2R (lam i * (b i * b i))) (fun i => (Q2R (lam i) * Q2R (b i) ^ 2)%R))
    by (intros; rewrite !Q2R_mult; ring).
  rewrite (sum_ext (fun i => Q2R (b i * b i)) (fun i => (Q2R (b i) ^ 2)%R)) by (intros; rewrite !Q2R_mult; ring).
  auto.
Qed.

(** Oriented mean of the matched statistic. *)
Definition orientedQ (mu m : nat -> Q) (n : nat) : Q := sumQ (fun q => Qabs (mu q * m q)) n.

Lemma Q2R_abs : forall x, Q2R (Qabs x) = Rabs (Q2R x).
Proof.
  intros x. destruct (Qlt_le_dec x 0) as [L|L].
  - rewrite (Qeq_eqR _ _ (Qabs_neg x (Qlt_le_weak _ _ L))), Q2R_opp.
    apply Qlt_Rlt in L. rewrite Q2R_0 in L. rewrite Rabs_left; auto.
  - rewrite (Qeq_eqR _ _ (Qabs_pos x L)). apply Qle_Rle in L. rewrite Q2R_0 in L. rewrite Rabs_pos_eq; auto.
Qed.

Theorem orientedQ_correct : forall mu m n,
  Q2R (orientedQ mu m n) = oriented_mean (fun q => Q2R (mu q)) (fun q => Q2R (m q)) n.
Proof.
  intros. unfold orientedQ. rewrite sumQ_correct, oriented_mean_is_sum_of_moduli.
  apply sum_ext; intros. now rewrite Q2R_abs, Q2R_mult.
Qed.

(** Polynomials of the kernel regime. *)
Definition pQ (x : Q) (t : nat) : Q := sumQ (fun k => powQ x k) t.
Definition qQ (x : Q) (t : nat) : Q := sumQ (fun k => inject_Z (Z.of_nat (S k)) * powQ x k) t.

Lemma Q2R_nat : forall n, Q2R (inject_Z (Z.of_nat n)) = INR n.
Proof. intros; unfold Q2R, inject_Z; simpl. rewrite INR_IZR_INZ. field. Qed.

Theorem pQ_correct : forall x t, Q2R (pQ x t) = p (Q2R x) t.
Proof. intros; unfold pQ, p. rewrite sumQ_correct. apply sum_ext; intros; apply powQ_correct. Qed.

Theorem qQ_correct : forall x t, Q2R (qQ x t) = q (Q2R x) t.
Proof.
  intros; unfold qQ, q. rewrite sumQ_correct. apply sum_ext; intros.
  now rewrite Q2R_mult, Q2R_nat, powQ_correct.
Qed.

(** The concentration exponent. *)
Definition kappaQ (a : Q) : Q := Qred (a / (a - 1)).

Theorem kappaQ_correct : forall a, ~ a - 1 == 0 -> Q2R (kappaQ a) = kappa (Q2R a).
Proof.
  intros a H. unfold kappaQ, kappa.
  rewrite Q2R_red, Q2R_div, Q2R_minus, Q2R_1 by auto. auto.
Qed.

(** Largest lag up to n at which the envelope reaches y. *)
Fixpoint windowQ (f : nat -> Q) (y : Q) (n : nat) : nat :=
  match n with
  | O => O
  | S k => if Qlt_le_dec (f (S k)) y then windowQ f y k else S k
  end.

Theorem windowQ_correct : forall f y n, (forall l, (n < l)%nat -> f l < y) ->
  sup_inverse (fun l => Q2R (f l)) (Q2R y) (windowQ f y n).
Proof.
  intros f y n; induction n as [|n IH]; intros B.
  - split; auto. intros l L T. exfalso. apply Rle_Qle in T. apply (Qlt_not_le _ _ (B l L)); auto.
  - simpl. destruct (Qlt_le_dec (f (S n)) y) as [L|L].
    + apply IH. intros l Hl. destruct (Nat.eq_dec l (S n)) as [->|]; auto. apply B; lia.
    + split.
      * right; split; [lia|]. now apply Qle_Rle.
      * intros l L1 T. destruct (le_lt_dec l (S n)) as [|G]; auto. exfalso. apply Rle_Qle in T.
        apply (Qlt_not_le _ _ (B l G)); auto.
Qed.
