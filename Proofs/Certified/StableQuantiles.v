(** * Certified deciles of stable laws

    By verified integration on integers, so that no axiom on machine numbers enters. The law with index 2 is normal of
    variance 2, with density exp (-x^2/4) / (2 sqrt pi). *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
Require Import Learnability.Theory.StableLaw Learnability.Certified.Constants.
Import Enclosure.
Open Scope R_scope.

(** Upper tenth at tail index 3/2: the distribution function passes 9/10 between 2.061 and 2.062. *)
Theorem stable_three_halves_decile : stable_cdf 3 2 (2061/1000) < 9/10 < stable_cdf 3 2 (2062/1000).
Proof.
  split.
  - apply (decile_above 3 2 (2061/1000) (3/8) (9/4)); try lia; try lra.
    unfold phase, phase_near, phase_tail, sine_high, sine_low. cbn [INR Nat.pred].
    integral_intro (RInt (fun u => (1 + 1) * (sin (2061 / 1000 * u ^ 2) / u) * exp (- u ^ 3)) (3/8) (9/4))
      with (i_prec 30, i_fuel 400, i_degree 9, i_relwidth 14) as F.
    integral_intro (RInt (fun u => (1 + 1) * (u ^ 1 * (2061 / 1000 - (2061 / 1000) ^ 3 * (u ^ 2) ^ 2 / 6 + (2061 / 1000) ^ 5 * (u ^ 2) ^ 4 / 120)) * exp (- u ^ 3)) 0 (3/8))
      with (i_prec 30, i_fuel 400, i_degree 9, i_relwidth 14) as N.
    assert (T : (1 + 1) / ((1 + 1 + 1) * (9 / 4) ^ 3) * exp (- (9 / 4) ^ 3) < 1 / 1000000) by interval with (i_prec 30).
    assert (P : 31415926 / 10000000 < PI) by interval with (i_prec 40). lra.
  - apply (decile_below 3 2 (2062/1000) (3/8) (9/4)); try lia; try lra.
    unfold phase, phase_near, phase_tail, sine_low. cbn [INR Nat.pred].
    integral_intro (RInt (fun u => (1 + 1) * (sin (2062 / 1000 * u ^ 2) / u) * exp (- u ^ 3)) (3/8) (9/4))
      with (i_prec 30, i_fuel 400, i_degree 9, i_relwidth 14) as F.
    integral_intro (RInt (fun u => (1 + 1) * (u ^ 1 * (2062 / 1000 - (2062 / 1000) ^ 3 * (u ^ 2) ^ 2 / 6)) * exp (- u ^ 3)) 0 (3/8))
      with (i_prec 30, i_fuel 400, i_degree 9, i_relwidth 14) as N.
    assert (T : (1 + 1) / ((1 + 1 + 1) * (9 / 4) ^ 3) * exp (- (9 / 4) ^ 3) < 1 / 1000000) by interval with (i_prec 30).
    assert (P : PI < 31415927 / 10000000) by interval with (i_prec 40). lra.
Qed.

(** Upper tenth at index 2. *)
Definition gaussian_upper (x : R) : R := 1/2 + RInt (fun t => exp (- t ^ 2 / 4) / (2 * sqrt PI)) 0 x.

Theorem gaussian_decile_enclosure : gaussian_upper (181238/100000) < 9/10 < gaussian_upper (181239/100000).
Proof.
  unfold gaussian_upper. split.
  - assert (RInt (fun t => exp (- t ^ 2 / 4) / (2 * sqrt PI)) 0 (181238/100000) < 4/10)
      by integral with (i_prec 40, i_fuel 100, i_degree 8). lra.
  - assert (4/10 < RInt (fun t => exp (- t ^ 2 / 4) / (2 * sqrt PI)) 0 (181239/100000))
      by integral with (i_prec 40, i_fuel 100, i_degree 8). lra.
Qed.
